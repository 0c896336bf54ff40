"""A signature that a case asks a role for: of its checklist, or under the head's decision."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.domain.duties.closing import agreement
from dispatcher_tui.domain.procedure import Item
from dispatcher_tui.domain.record.sign_off import ways_of
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.tui.widgets.signing_form import (
    SignatureAsked,
    SigningForm,
    given_words,
    owed_words,
    who_signs,
)


class ItemSignature(SigningForm):
    """One signature of a case as the record stands; ``key`` as for every signature's form."""

    def __init__(self, item: Item, file: CaseFile, actor: str, now: datetime, key: str) -> None:
        case, who, zone = file.case, file.signatories, file.rules.calendar.tz
        self.item = item
        self.owed = agreement(case, item.id)
        mine = [s for s in case.sign_offs if s.subject == item.id and s.round == case.round]
        given = next((s for s in reversed(mine) if s.signed_at is not None), None)
        # The one who agreed signs as a rule; another holder of the role may.
        agreed = self.owed.name if self.owed is not None else ""
        able = any(s.name == agreed and s.role == item.role for s in who.signers)
        super().__init__(
            SignatureAsked(
                label=localized(item.label),
                role=item.role,
                role_name=role_name(who.procedure, item.role),
                rule=item.rule,
                ways=ways_of(by_phone=item.by_phone, seal=item.seal),
                item=True,
            ),
            who_signs(who, item.role, actor),
            key,
            name=agreed if able else "",
            watch=actor,
            agreed=agreed,
            owed=owed_words(self.owed, now, zone) if self.owed is not None else "",
            given=given_words(given, now, zone) if given is not None else "",
        )
