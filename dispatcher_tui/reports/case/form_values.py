"""What the record has for each field of a form: paths into a case, its acts, checklist, paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property

from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.printed_form import SATISFACTION, FormField, FormSigner
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.step_field import TIME
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.domain.words.terms import FeedbackBy, Satisfaction, SignedBy
from dispatcher_tui.present.case.act_words import act_fields, field_value
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.papers.posting_lines import day_and_time
from dispatcher_tui.present.signing import proof_words
from dispatcher_tui.present.terms import feedback_by_name, follow_up_name, satisfaction_name
from dispatcher_tui.reports.case.case_words import CaseWords


class FormValues:
    """The values of one form as its case stands; what was taken back does not count, and of a
    case that was opened again only what came since."""

    def __init__(
        self, case: CaseReport, number: str, typed: Mapping[str, str], closing: bool
    ) -> None:
        """``number`` stands on it, ``typed`` was typed into it by its fields; ``closing``: it is
        the case's closing paper."""
        self._number, self._typed, self._closing = number, typed, closing
        self.w = CaseWords(case)
        void = no_longer_counting(case.entries)
        entries = [each for each in case.entries if each.seq not in void]
        begins = [n for n, each in enumerate(entries) if isinstance(each.event, ev.Reopened)]
        self._entries = entries[begins[-1] :] if begins else entries

    # ---- what the entries say

    def _last(self, kind: type[ev.Event]) -> Entry | None:
        found = (each for each in reversed(self._entries) if isinstance(each.event, kind))
        return next(found, None)

    @cached_property
    def _written_off(self) -> ev.WrittenOff | None:
        entry = self._last(ev.WrittenOff)
        return entry.event if entry and isinstance(entry.event, ev.WrittenOff) else None

    @cached_property
    def _feedback(self) -> ev.FeedbackReceived | None:
        entry = self._last(ev.FeedbackReceived)
        return entry.event if entry and isinstance(entry.event, ev.FeedbackReceived) else None

    def _follow_ups(self) -> str:
        lines = (
            f"{self.w.time(each.occurred_at)}  {follow_up_name(each.event.outcome)}  "
            f"{each.event.note}".rstrip()
            for each in self._entries
            if isinstance(each.event, ev.FollowedUp)
        )
        return "\n".join(lines)

    def _reason(self) -> str:
        kinds = (ev.JudgedInvalid, ev.JudgedValid)
        found = (each.event for each in reversed(self._entries) if isinstance(each.event, kinds))
        return next((e.reason for e in found if isinstance(e, kinds)), "")

    def _satisfaction(self) -> str:
        asked = self.w.case.satisfaction
        return "" if asked is Satisfaction.NOT_ASKED else satisfaction_name(asked)

    def _valid(self) -> str:
        valid = self.w.case.valid
        return "" if valid is None else _("stands") if valid else _("does not stand")

    # ---- paths

    def _case(self) -> dict[str, Callable[[], str]]:
        w, case = self.w, self.w.case
        fen = self._written_off.compensation_fen if self._written_off else 0
        first = w.report.entries[0] if w.report.entries else None
        feedback, methods = self._feedback, case.methods
        assigned = case.assignee
        return {
            "number": lambda: case.number,
            "opened": lambda: w.time(case.opened_at),
            "received": lambda: w.time(case.received_at),
            "taken_by": lambda: person_of(first.actor) if first else "",
            "place": lambda: case.place,
            "caller": lambda: w.first_caller()[0],
            "phone": lambda: w.first_caller()[1],
            "content": lambda: case.verbatim,
            "category": w.category,
            "level": w.level,
            "channel": w.channel,
            "facts": w.facts,
            "rings": lambda: str(case.rings or ""),
            "assignee": w.responsible,
            "assignee_role": lambda: role_name(w.procedure, assigned.role) if assigned else "",
            "told": lambda: w.time(assigned.notified_at if assigned else None),
            "follow_ups": self._follow_ups,
            "promise": lambda: w.time(case.promises[-1].due if case.promises else None),
            "feedback": lambda: feedback.source if feedback else "",
            "feedback_by": lambda: feedback_by_name(feedback.by) if feedback else "",
            "satisfaction": self._satisfaction,
            "compensation": lambda: format_fen(fen) if fen else "",
            "valid": self._valid,
            "reason": self._reason,
            "method": lambda: methods[-1].text if methods else "",
            "written_off": lambda: w.time(case.written_off_at),
            "lessons": lambda: case.lessons,
            "tied_to": lambda: case.tied_to,
        }

    def _paper(self, name: str) -> str:
        slip, w = self.w.case.slip, self.w
        values: dict[str, Callable[[], str]] = {
            "number": lambda: self._number,
            "received": lambda: w.time(slip.received_at),
            "signed_by": lambda: slip.signed_by,
            "filed": lambda: " ".join(filter(None, (slip.binder, slip.page))),
            "charge": lambda: format_fen(slip.charge_fen) if slip.filed_at else "",
        }
        return values[name]()

    def _step(self, step: str, part: str) -> str:
        """An act of the procedure as it was last recorded, or rung about and reached."""
        for entry in reversed(self._entries):
            event = entry.event
            who, note, values = "", "", {}
            if isinstance(event, ev.StepRecorded) and event.step == step:
                who, note, values = event.person, event.note, event.values
            elif isinstance(event, ev.CallTried) and event.purpose == step:
                if not event.outcome.reached:
                    continue
                who = event.name
            else:
                continue
            at = self.w.time(entry.occurred_at)
            act, zone = self.w.procedure.step(step), self.w.zone
            fields = {f.id: f for f in act.fields} if act else {}
            one = {"at": at, "by": person_of(entry.actor), "who": who, "note": note}
            if part in fields:
                return field_value(fields[part], values.get(part, ""), entry.occurred_at, zone)
            said = act_fields(act.fields if act else (), values, entry.occurred_at, zone)
            return one[part] if part else "  ".join(filter(None, (*said, note, who, at)))
        return ""

    def of(self, source: str) -> str:
        """What the record has for a path; empty where there is nothing yet."""
        kind, _dot, rest = source.partition(".")
        name, _dot, part = rest.partition(".")
        if kind == "case":
            return self._case()[name]()
        if kind == "paper":
            return self._paper(name)
        if kind == "step":
            return self._step(name, part)
        if kind == "item":
            return self._written_off.items.get(name, "") if self._written_off else ""
        return ""

    def in_text(self, path: str) -> str:
        """What stands for a path in a paragraph: a time with its whole date, since nobody knows
        when it is read."""
        kind, _dot, rest = path.partition(".")
        if kind == "typed":
            return self._typed.get(rest, "")
        if kind == "step":
            step, _dot, name = rest.partition(".")
            act = self.w.procedure.step(step)
            timed = any(f.id == name and f.kind == TIME for f in (act.fields if act else ()))
            given = [f for f in self.w.case.filled if (f.step, f.field) == (step, name)]
            if timed and given:
                return day_and_time(datetime.fromisoformat(given[-1].value), self.w.zone)
        return self.of(path)

    def value(self, field: FormField) -> str:
        """What stands in a field: typed, of the record, to be ticked, or room for the hand."""
        said = self._typed.get(field.typed, "") if field.typed else ""
        paths = filter(None, (field.source, *field.also))
        said = said or next(filter(None, map(self.of, paths)), "")
        if said:
            return said
        boxes = [localized(each) for each in field.boxes]
        if field.source == SATISFACTION:
            boxes = [satisfaction_name(each) for each in Satisfaction.answers()]
        if boxes:
            return "   ".join(f"[  ] {each}" for each in boxes)
        return "\n" * max(0, field.ink - 1)

    # ---- signatures

    def _sign_off(self, subject: str) -> SignOff | None:
        case = self.w.case
        found = (
            each
            for each in reversed(case.sign_offs)
            if each.subject == subject and each.round == case.round and each.cancelled_at is None
        )
        return next(found, None)

    def _paper_signed(self) -> tuple[str, str]:
        slip = self.w.case.slip
        if not self._closing or slip.signed_at is None:
            return "", ""
        return slip.signed_by, proof_words(slip.ink, self.w.time(slip.signed_at))

    def signed(self, signer: FormSigner, place: str) -> tuple[str, str]:
        """Who has signed there, and in which way and when; what is said where nobody does.

        ``place`` is the subject of a signature in that place.
        """
        if signer.sign == "paper":
            return self._paper_signed()
        given = self._sign_off(signer.sign or place)
        if given is not None and given.signed_at is not None:
            return given.name, proof_words(given.ink, self.w.time(given.signed_at))
        if given is not None:
            words = _("agreed by phone {time}, the signature is owed")
            return given.name, words.format(time=self.w.time(given.at))
        by_phone = self._feedback is not None and self._feedback.by is FeedbackBy.PHONE
        if by_phone and not signer.role and SignedBy.PHONE in signer.ways:
            return "", _("by telephone: no signature")
        return "", ""
