"""Who rings a service back says from where, and the place as it is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.words.address import Address
from dispatcher_tui.present.emergency.outside_script import CallingFrom
from dispatcher_tui.present.emergency.over_lines import call_back_words
from dispatcher_tui.present.i18n import use
from tests.domain.support import bare_case

AT = datetime(2026, 11, 30, 3, tzinfo=UTC)
CASE = bare_case(
    AT,
    number="261130-01",
    place="3-2-1502",
)
HERE = CallingFrom("翠湖花园", Address("示例市", "翠湖区", "翠柏路288号"))


@pytest.mark.rule("E-03")
def test_the_brigade_hears_estate_address_and_the_place_as_it_is_said() -> None:
    use("zh")
    over = replace(CASE, stood_down_at=AT)
    ours, outside = call_back_words(over, HERE, ours=True, outside=["火警"])
    assert ours == "照念：调度台：3栋2单元1502的事已结束，不用再来；已到现场的请报回。"
    assert outside == (
        "对火警说：示例市翠湖区翠柏路288号，翠湖花园。3栋2单元1502的事已结束，不用来了，请复述。"
    )
    (moved,) = call_back_words(CASE, HERE, ours=False, outside=["火警"])
    assert "翠湖花园。地点改为3栋2单元1502" in moved
    (only,) = call_back_words(over, HERE, ours=True, outside=[])
    assert "翠湖花园" not in only
    use("en")
    (english,) = call_back_words(over, HERE, ours=False, outside=["fire brigade"])
    assert "翠湖花园" in english
    assert "building 3, unit 2, room 1502" in english
