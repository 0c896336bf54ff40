"""What a case is opened with: one declaration, and the journal's own body beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_type_hints

import msgspec
import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.commands import OpenCase
from dispatcher_tui.domain.record.events import CaseOpened
from dispatcher_tui.domain.record.kinds import decode, encode
from dispatcher_tui.domain.record.opening import (
    BESIDE,
    CORRECTED,
    FIELDS,
    Opening,
    Told,
    Typed,
    carried,
)
from dispatcher_tui.domain.words.terms import Channel, Fact, Stage

AT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
STORED = (
    '{"case":"c1","shift_end":"2026-11-21T00:00:00Z","number":"261121-01","procedure":"p",'
    '"calendar":"k","received_at":"2026-11-20T19:30:00Z","level":"urgent","level_rule":"P0-00",'
    '"place":"3-2-1502","registered":true,"caller":"张丽","phone":"13900000001",'
    '"category":"leak","case_class":"repair","tags":["water"],"channel":"panel",'
    '"verbatim":"漏水","facts":["now","group"],"nature":"repair","tied_to":"261120-02",'
    '"panel":"B2"}'
)
"""The body of an opening in which everything is told, as it stands in a journal."""


def test_the_bytes_of_an_opening_are_those_that_were_always_stored() -> None:
    event = decode("case_opened", STORED)
    assert isinstance(event, CaseOpened)
    assert (event.place, event.channel, event.panel) == ("3-2-1502", Channel.PANEL, "B2")
    assert encode(event).decode() == STORED


def test_an_opening_in_which_nothing_is_told_keeps_its_defaults_out_of_the_journal() -> None:
    event = CaseOpened(
        case="c1", number="1", procedure="p", calendar="k", received_at=AT, level="x", level_rule=""
    )
    assert encode(event).decode() == (
        '{"case":"c1","number":"1","procedure":"p","calendar":"k",'
        '"received_at":"2026-11-20T19:30:00Z","level":"x","level_rule":""}'
    )


@pytest.mark.parametrize("name", Opening.__struct_fields__)
def test_the_journal_keeps_every_field_of_an_opening(name: str) -> None:
    kept = {field.name: field for field in msgspec.structs.fields(CaseOpened)}
    told = {field.name: field for field in msgspec.structs.fields(Opening)}
    assert kept[name].default == told[name].default
    assert get_type_hints(CaseOpened)[name] == get_type_hints(Opening)[name]


def test_every_field_reaches_the_case_as_it_was_told() -> None:
    event = decode("case_opened", STORED)
    case = fold([Entry(seq=1, occurred_at=AT, recorded_at=AT, actor="A", cosigner="", event=event)])
    assert carried(case, Opening) == carried(event, Opening)
    assert all(value != getattr(Opening(), name) for name, value in carried(case, Opening).items())
    assert case.stage is Stage.OPEN
    assert case.caller is not None
    assert (case.caller.name, case.caller.phone) == ("张丽", "13900000001")


def test_what_is_told_is_declared_and_stands_in_every_record_of_its_way() -> None:
    assert {*Told.__struct_fields__} <= {field.name for field in FIELDS}
    for field in FIELDS:
        assert field.on_form in Intake.__struct_fields__
        assert field.name in OpenCase.__struct_fields__
        assert field.name in CaseOpened.__struct_fields__
    apart = {"caller", "phone"}
    assert {field.name for field in FIELDS} - apart <= {*Case.__struct_fields__}
    kinds = get_type_hints(Intake)
    texts = [field for field in FIELDS if field.typed in (Typed.LINE, Typed.WORDS)]
    assert all(kinds[field.on_form] is str for field in texts)
    many = [field.on_form for field in FIELDS if field.typed is Typed.CHOICES]
    assert [kinds[name] for name in many] == [tuple[Fact, ...]]


def test_where_each_field_goes() -> None:
    assert CORRECTED == ("place", "caller", "phone", "category", "verbatim")
    assert BESIDE == ("panel",)
    options = ["place", "caller", "phone", "category", "channel", "said", "fact", "panel"]
    assert [field.as_option for field in FIELDS] == options
