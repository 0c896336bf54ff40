"""What a site edited is kept or replaced under the head's signature, and counts at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.desk.site.settling import (
    FileStanding,
    Settlement,
    asks,
    settle,
    standings,
    still_open,
)
from dispatcher_tui.desk.together import Signing, sign_owed_by_desk
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.paths import Paths
from dispatcher_tui.site import renewal
from dispatcher_tui.site.texts import Source, source_of
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.tx import Tx
from tests.desk.copies import (
    GAS,
    HEAD,
    LAYER,
    MINE,
    OLDER,
    PROCEDURE,
    adopted,
    by_pin,
    made,
    mine,
    opened,
    put,
    refused,
    shipped,
    signed,
)

# ---- settled by the head


@pytest.mark.parametrize("name", OLDER)
def test_kept_by_pin_it_is_settled_until_edited_again(paths: Paths, name: str) -> None:
    put(paths, name, mine(name))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        settle(desk, found, by_pin(desk))
        (event,) = signed(desk)
        level = desk.site.layer.level
        assert (event.subject, event.rule) == (found.subject, level.rule)
        assert (event.name, event.role, event.how) == (HEAD, "head", SignedBy.PIN)
        assert still_open(desk) == ()
        assert refused(desk, found, by_pin(desk)) == "already_agreed"
        assert read_text(paths.site / name) == mine(name)
    put(paths, name, mine(name) + MINE)
    with opened(paths) as desk:
        assert [each.name for each in still_open(desk)] == [name]


def test_shipped_anew_a_kept_file_is_open_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        settle(desk, still_open(desk)[0], by_pin(desk))
        assert still_open(desk) == ()
        before = renewal._shipped

        def anew(name: str) -> Source:
            found = before(name)
            return source_of(name, found.text + "# 新\n") if name == GAS else found

        monkeypatch.setattr(renewal, "_shipped", anew)
        assert [each.name for each in still_open(desk)] == [GAS]


@pytest.mark.parametrize("name", OLDER)
def test_taken_the_new_one_counts_at_once_and_the_old_stays_beside(paths: Paths, name: str) -> None:
    put(paths, name, mine(name))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        ref, count = desk.procedure_ref, len(adopted(desk))
        settle(desk, found, by_pin(desk, take=True))
        assert read_text(paths.site / name) == shipped(name)
        assert standings(desk) == ()
        assert desk.site.sources[name].text == shipped(name)
        assert (desk.procedure_ref != ref) is (name in (PROCEDURE, LAYER))
        assert len(adopted(desk)) - count == 1
        (kept,) = paths.site.rglob("*.old")
        assert read_text(kept) == mine(name)
        (event,) = signed(desk)
        assert (event.subject, event.remark) == (found.subject, "taken")
        assert Record(desk.store, desk.clock).verify(None).sound


def test_two_files_are_settled_one_by_one(paths: Paths) -> None:
    for name in (GAS, LAYER):
        put(paths, name, mine(name))
    with opened(paths) as desk:
        first, second = still_open(desk)
        settle(desk, first, by_pin(desk, take=True))
        assert still_open(desk) == (second,)
        settle(desk, second, by_pin(desk))
        assert [(each.name, bool(each.sign_off)) for each in standings(desk)] == [(LAYER, True)]


def test_agreed_by_phone_it_counts_and_the_signature_stays_owed(paths: Paths) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        settle(desk, found, Settlement(take=True, name=HEAD))
        assert read_text(paths.site / GAS) == shipped(GAS)
        (row,) = standings(desk)
        assert row == FileStanding(GAS, None, row.sign_off)
        assert row.sign_off is not None
        assert row.sign_off.owed
        (duty,) = [each for each in owed_by_desk(desk) if each.do == "sign"]
        assert (duty.pending, duty.rule) == (True, desk.site.layer.level.rule)
        ink = Ink("应急处置表 07", "2")
        sign_owed_by_desk(desk, row.sign_off.key, Signing(HEAD, role="head", ink=ink))
        assert standings(desk) == ()
        assert not [each for each in owed_by_desk(desk) if each.do == "sign" and each.pending]
        assert Record(desk.store, desk.clock).verify(None).sound


def test_in_ink_seen_by_the_one_who_acts(paths: Paths) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        ink = Ink("应急处置表 07", "2")
        settle(desk, still_open(desk)[0], Settlement(take=False, signing=Signing(HEAD, ink=ink)))
        (event,) = signed(desk)
        assert (event.how, event.paper, event.page) == (SignedBy.INK, "应急处置表 07", "2")
        assert still_open(desk) == ()


def test_another_role_does_not_settle_and_nothing_changes(paths: Paths) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        add_operator(desk, "李建国", "dispatcher", "246813")
        (found,) = still_open(desk)
        wrong = Settlement(take=True, signing=Signing("李建国", "246813"))
        assert refused(desk, found, wrong) == "wrong_role"
        nobody = Settlement(take=True, name=" ")
        assert refused(desk, found, nobody) == "name_missing"
        desk.scratch = True
        assert refused(desk, found, by_pin(desk, take=True)) == "file_in_drill"
        assert still_open(desk) == (found,)
    assert read_text(paths.site / GAS) == mine(GAS)
    assert not list(paths.site.rglob("*.old"))


def test_a_procedures_own_head_settles(tmp_path: Path) -> None:
    paths = made(tmp_path, "resident-station")
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        assert asks(desk).role == "property_manager"
        settle(desk, still_open(desk)[0], by_pin(desk))
        assert still_open(desk) == ()


def test_a_file_that_was_edited_since_it_was_compared_is_not_settled(paths: Paths) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        put(paths, GAS, mine(GAS) + MINE)
        for take in (False, True):
            assert refused(desk, found, by_pin(desk, take=take)) == "file_changed"
        (paths.site / GAS).unlink()
        assert refused(desk, found, by_pin(desk)) == "file_changed"
        assert signed(desk) == []


def test_a_file_that_cannot_be_written_stays_and_is_open(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        settlement = by_pin(desk, take=True)
        real = Path.replace

        def refuse(self: Path, target: Path) -> Path:
            if Path(target).name == Path(GAS).name:
                raise PermissionError(13, "read-only")
            return real(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", refuse)
            assert refused(desk, found, settlement) == "file_not_written"
        assert signed(desk) == []
        assert still_open(desk) == (found,)
    assert read_text(paths.site / GAS) == mine(GAS)
    assert not [*paths.site.rglob("*.old"), *paths.site.rglob("*.new")]


def test_where_the_record_cannot_be_written_the_sites_text_is_put_back(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(paths, GAS, mine(GAS))
    with opened(paths) as desk:
        (found,) = still_open(desk)
        settlement = by_pin(desk, take=True)
        real = Tx.append

        def full(*_args: object, **_more: object) -> object:
            raise StoreError("disk full")

        monkeypatch.setattr(Tx, "append", full)
        with pytest.raises(StoreError):
            settle(desk, found, settlement)
        monkeypatch.setattr(Tx, "append", real)
        assert still_open(desk) == (found,)
        assert signed(desk) == []
    assert read_text(paths.site / GAS) == mine(GAS)
    assert not list(paths.site.rglob("*.old"))
