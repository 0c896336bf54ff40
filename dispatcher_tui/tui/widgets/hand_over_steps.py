"""The steps of a hand-over that ask something: the sound test, the questions, the signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from enum import IntEnum

from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.watch.hand_over import FrozenSheet, HandOverSignature
from dispatcher_tui.domain.record.sheet import CheckAnswer
from dispatcher_tui.domain.watch.check_questions import answered, right
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.watch.sheet_check import lines_about
from dispatcher_tui.present.watch.sheet_lines import SheetSection, option_texts, question_text
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import PickList
from dispatcher_tui.tui.widgets.pin import Signature
from dispatcher_tui.tui.widgets.row import Row

HEARD, NOT_HEARD, AGAIN = 1, 2, 3


class HandOverStep(IntEnum):
    """The steps in their order."""

    READ = 1
    SOUND = 2
    QUESTIONS = 3
    REMARKS = 4
    SIGN = 5
    PRINT = 6


def step_name(step: HandOverStep) -> str:
    """What a step is called in the heading."""
    names = {
        HandOverStep.READ: _("read the sheet"),
        HandOverStep.SOUND: _("sound test"),
        HandOverStep.QUESTIONS: _("three questions"),
        HandOverStep.REMARKS: _("remarks"),
        HandOverStep.SIGN: _("signatures"),
        HandOverStep.PRINT: _("print"),
    }
    return names[step]


class SoundStep(Vertical):
    """The alarm sounds; ``heard`` is what came of it, None while nobody said; ``keys`` say how."""

    DEFAULT_CSS = """
    SoundStep #not_heard { display: none; }
    SoundStep .why { padding: 0 0 1 1; }
    """

    def __init__(self, play: Callable[[], None], keys: str) -> None:
        super().__init__(id="step-sound", classes="step")
        self._play, self._keys = play, keys
        self.heard: bool | None = None
        self._remark = Field(id="sound-remark")

    def compose(self) -> ComposeResult:
        """The question, and room for what is wrong."""
        yield Lines(
            _("Three sounds: ordinary, nobody told, emergency. Was each heard?"), classes="why"
        )
        yield Lines(self._keys)
        yield Row(_("What is wrong with it"), self._remark, id="not_heard")

    @property
    def remark(self) -> str:
        """What is wrong with the sound."""
        return self._remark.value

    def begin(self) -> None:
        """Sound it, unless it was answered already."""
        if self.heard is None:
            self._play()
        elif not self.heard:
            self._remark.focus()

    def digit(self, number: int) -> bool:
        """What came of it; True where that is all there is to say."""
        if number == AGAIN:
            self._play()
        elif number in (HEARD, NOT_HEARD):
            self.heard = number == HEARD
            self.query_one("#not_heard").display = not self.heard
            if not self.heard:
                self._remark.focus()
        return number == HEARD

    def missing(self) -> str:
        """What is still to be said; empty where nothing is."""
        if self.heard is None:
            return _("Was it heard? 1 yes, 2 no.")
        if not self.heard and not self.remark.strip():
            self._remark.focus()
            return _("Write what is wrong with the sound.")
        return ""


class CheckStep(Vertical):
    """The three questions, one at a time; a wrong answer shows what the sheet says."""

    DEFAULT_CSS = """
    CheckStep .why { padding: 0 0 1 1; }
    CheckStep #question { padding: 0 0 1 1; }
    CheckStep #said { color: $desk-warnt; }
    """

    def __init__(self) -> None:
        super().__init__(id="step-questions", classes="step")
        self._drawn: FrozenSheet | None = None
        self._texts: tuple[str, ...] = ()
        self._tries = 1
        self.answers: list[CheckAnswer] = []

    def compose(self) -> ComposeResult:
        """The question that is open, and what the sheet says to it."""
        yield Lines(_("For the incoming person, by digit:"), classes="why")
        yield Lines("", id="question")
        yield Lines("", id="said")

    def take(self, drawn: FrozenSheet, zone: tzinfo, names: Glossary) -> None:
        """Ask about another sheet; what was answered about the one before is void."""
        self._drawn, self._tries, self.answers = drawn, 1, []
        self._texts = tuple(
            "\n".join([question_text(each, names), "", *_listed(option_texts(each, at, zone))])
            for each in drawn.questions
            for at in (drawn.sheet.at,)
        )
        self.show()

    @property
    def done(self) -> bool:
        """Whether all three were answered."""
        return self._drawn is not None and len(self.answers) == len(self._drawn.questions)

    def show(self) -> None:
        """The question that is open, if one is."""
        number = len(self.answers)
        text = _("All three were answered: Enter goes on.")
        if not self.done and self._texts:
            text = f"{number + 1}/{len(self._texts)}  {self._texts[number]}"
        self.query_one("#question", Lines).show(text)
        self.query_one("#said", Lines).show("")

    def digit(self, number: int, parts: Sequence[SheetSection]) -> None:
        """An answer to the question that is open; ``parts`` are the sheet's."""
        if self._drawn is None or self.done:
            return
        question = self._drawn.questions[len(self.answers)]
        if number > len(question.options):
            return
        if not right(question, number):
            self._tries += 1
            said = [_("Not right. The sheet says:"), *lines_about(question, parts)]
            self.query_one("#said", Lines).show("\n".join(said))
            return
        self.answers.append(answered(question, self._tries))
        self._tries = 1
        self.show()


def _listed(options: Sequence[str]) -> list[str]:
    return [f"     {digit} {option}" for digit, option in enumerate(options, 1)]


class SignStep(Vertical):
    """Two names, two PINs; a PIN is never kept longer than the desk needs to look at it."""

    DEFAULT_CSS = """
    SignStep .why { padding: 0 0 1 1; }
    SignStep Signature { padding: 0 0 1 0; }
    SignStep #signatures { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="step-sign", classes="step")

    def compose(self) -> ComposeResult:
        """Room for the signatures; they stand once it is known who may sign."""
        yield Lines(_("Both sign with their own PIN; then F10."), classes="why")
        yield Vertical(id="signatures")

    async def put_up(self, known: Sequence[Signer], outgoing: str) -> None:
        """The outgoing name stands there; anybody else may be the incoming one."""
        others = [each for each in known if each.name != outgoing]
        place = self.query_one("#signatures")
        await place.remove_children()
        await place.mount(
            Signature(_("Handed over by"), known, name=outgoing, id="outgoing"),
            Signature(_("Taken over by"), others, id="incoming"),
        )
        place.query_one("#incoming").query_one(PickList).display = len(others) > 1

    @property
    def _both(self) -> list[Signature]:
        return list(self.query(Signature))

    @property
    def given(self) -> tuple[HandOverSignature, HandOverSignature] | None:
        """Who leaves and who comes, as they signed; None while a name or a PIN is missing."""
        both = [HandOverSignature(s.signer, s.pin) for s in self._both if s.signing is not None]
        return (both[0], both[1]) if len(both) == 2 else None

    def focus_missing(self) -> None:
        """Put the focus on the first thing that is missing."""
        for signature in self._both:
            if signature.signing is None:
                signature.focus_missing()
                return

    def wrong(self, name: str) -> None:
        """Somebody's PIN cannot stand: it is asked for again, the other one's stays."""
        for signature in self._both[::-1]:
            if signature.signer == name:
                signature.forget()
                signature.focus_missing()
                return

    def forget(self) -> None:
        """Take both PINs out of their fields."""
        for signature in self._both:
            signature.forget()
