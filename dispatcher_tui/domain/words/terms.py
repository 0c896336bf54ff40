"""The field's vocabulary: the closed lists every room shares with the record."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Label(msgspec.Struct, frozen=True):
    """A text of the site's data in both languages of the desk."""

    zh: str
    en: str


class Stage(StrEnum):
    """Where a case stands; the values are those of the command line's contract."""

    OPEN = "open"
    NOTIFIED = "notified"
    ARRANGED = "arranged"
    WRITTEN_OFF = "written_off"
    FINAL = "final"
    INVALID = "invalid"

    @property
    def ended(self) -> bool:
        """True where nothing more is owed on the case."""
        return self in (Stage.FINAL, Stage.INVALID)

    @property
    def handled(self) -> bool:
        """True where the handling itself is over, paper or no paper."""
        return self.ended or self is Stage.WRITTEN_OFF


class Fact(StrEnum):
    """What the caller's words establish at intake, in the order of their digits."""

    NOW = "now"
    INJURY = "injury"
    FIRE = "fire"
    GROUP = "group"
    MEDIA = "media"
    AGAIN = "again"
    CLAIM = "claim"
    ORDER = "order"
    LOSS = "loss"
    UNMET = "unmet"


class Channel(StrEnum):
    """How the case reached the desk."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    BOX = "box"
    MEDIA = "media"
    SUPERIOR = "superior"
    PANEL = "panel"
    STAFF = "staff"
    ASSOCIATION = "association"
    PRESS = "press"


class CallOutcome(StrEnum):
    """What one try to reach a person came to, in the order of the digits on screen."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OFF = "off"
    RELAYED = "relayed"
    IN_PERSON = "in_person"

    @property
    def reached(self) -> bool:
        """True where the person is spoken to; a relayed word counts only when read back."""
        return self in (CallOutcome.REACHED, CallOutcome.IN_PERSON)

    @property
    def missed(self) -> bool:
        """True where nobody was found at all."""
        return self in (CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.OFF)


class FollowUpOutcome(StrEnum):
    """How a case stands when it is followed up, in the order of the digits on screen."""

    ARRANGED = "arranged"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANNOT = "cannot"
    UNREACHABLE = "unreachable"

    @property
    def in_hand(self) -> bool:
        """True where somebody is at work; P0-06 asks to tell the head where nobody is."""
        return self in (
            FollowUpOutcome.ARRANGED,
            FollowUpOutcome.IN_PROGRESS,
            FollowUpOutcome.COMPLETED,
        )


class DutyState(StrEnum):
    """State of a duty as read at one moment; late means that now is after the due time."""

    WAITING = "waiting"
    RUNNING = "running"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Satisfaction(StrEnum):
    """The complainant's own word on the result."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"
    NOT_ASKED = "not_asked"

    @classmethod
    def answers(cls) -> tuple[Satisfaction, ...]:
        """What can be answered, the best first: on the screen as on paper."""
        return (cls.SATISFIED, cls.FAIR, cls.DISSATISFIED)


class FeedbackBy(StrEnum):
    """How it was confirmed that the matter is done (P0-07)."""

    WORD = "word"
    PHONE = "phone"
    PAPER = "paper"


class Responder(StrEnum):
    """How far somebody who was called out has come, in the order of the digits on screen (E-03)."""

    ON_THE_WAY = "on_the_way"
    ON_SCENE = "on_scene"
    REPORTED_BACK = "reported_back"


class Absence(StrEnum):
    """Why somebody is not there for a while."""

    OFF = "off"
    LEAVE = "leave"
    TRAINING = "training"
    ILL = "ill"

    @property
    def away(self) -> bool:
        """Whether they are not simply at home: they come after everybody who is."""
        return self is not Absence.OFF


class SignedBy(StrEnum):
    """How somebody signed, in the order of the digits on screen: by their own PIN here; agreed by
    phone, with the signature owed; in ink on a paper, seen by the one who acts; by the seal of an
    office on a paper, seen likewise."""

    PIN = "pin"
    PHONE = "phone"
    INK = "ink"
    SEAL = "seal"

    @property
    def on_paper(self) -> bool:
        """Whether it stands on a paper, and the record has where, and who saw it."""
        return self in (SignedBy.INK, SignedBy.SEAL)


class ReviewOutcome(StrEnum):
    """How a case stands in a week's review, in the order of the digits on screen (P0-09)."""

    PROGRESS = "progress"
    ARRANGED = "arranged"
    CANNOT = "cannot"
    FINAL = "final"
    INVALID = "invalid"

    @property
    def ended(self) -> bool:
        """True where it stands so because nothing more is owed on the case."""
        return self in (ReviewOutcome.FINAL, ReviewOutcome.INVALID)


class NoteKind(StrEnum):
    """What a note is about. The values stand in adopted texts and in the files of action cards."""

    DOG = "dog"
    LIFE_SUPPORT = "life_support"
    DISPUTE = "dispute"
    SERVICE_STOPPED = "service_stopped"
    LIVES_ALONE = "lives_alone"
    OTHER = "other"
