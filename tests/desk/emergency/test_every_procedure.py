"""An emergency is one under every procedure: each kind, by F9, by intake and by ``case open``.

Level, duties, tree, held post and closing are looked at under all procedures a site can have.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.adoption import adopt_people, adopt_site
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.case.take_in import take_in
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import (
    open_emergency,
    read_emergency,
    refuse_while_held,
)
from dispatcher_tui.desk.papers.case_reports import case_report, slip_report
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import write_off_items
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    DutyState,
    Fact,
    FeedbackBy,
    Stage,
)
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.load import load
from dispatcher_tui.site.scaffold import procedures_to_begin_with, scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.store import Store
from tests.domain.support import local
from tests.tui.support import SetClock

PROCEDURES = tuple(sorted(procedures_to_begin_with()))
NIGHT = local("2026-11-18 03:00")
OWED = {"E-02", "E-03", "E-05"}
KINDS = tuple(sorted(path.stem for path in (data_dir() / "emergency").glob("*.toml")))

BY_FACT = {"fire": Fact.FIRE, "government_order": Fact.ORDER}
"""Kinds that a fact alone makes, whatever the class."""


@pytest.fixture(scope="module", params=PROCEDURES)
def desk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk under one procedure, with somebody for every role of its emergencies."""
    folder = tmp_path_factory.mktemp(request.param)
    scaffold(folder / "site", name="翠湖花园", procedure=request.param, zone="Asia/Shanghai")
    site, path = load(folder / "site"), folder / "desk.sqlite3"
    Store.create(path, site="翠湖花园", desk="desk-1", ballast=0).close()
    store = Store.open(path, ballast=0)
    desk = Desk(store, SetClock(NIGHT), site, "李建国")
    adopt_site(desk, site)
    text = read_text(data_dir() / "demo" / "roster.csv")
    people = parse_roster(text)
    vacant = sorted(set(site.procedure.roles) - {person.role for person in people})
    first = text.splitlines()[1].split(",")[4:]
    spare = [f"spare-{role},备{n},{role},,{','.join(first)}" for n, role in enumerate(vacant)]
    text = "\n".join([*text.splitlines(), *spare]).replace(",linxiuying,", ",,") + "\n"
    adopt_people(desk, parse_roster(text), text)
    yield desk
    store.close()


def head_of(desk: Desk) -> str:
    """The role that signs for an emergency here."""
    return desk.site.layer.office(desk.site.written, "head")


def scene_people(desk: Desk) -> set[str]:
    """The roster's ids of everybody who goes to a scene."""
    scenes = desk.site.layer.scenes

    def goes(person: Person) -> bool:
        return any(
            person.group in scene.groups
            or person.role in scene.roles
            or not set(person.skills).isdisjoint(scene.skills)
            for scene in scenes
        )

    return {person.id for person in desk.store.people() if goes(person)}


def is_whole(desk: Desk, case: Case, kind: str) -> None:
    """Everything an emergency is: level, duties, tree to the scene, the post, the signature."""
    rules = desk.rules_of(case)
    assert (case.level, case.level_rule, case.emergency_kind) == ("emergency", "E-01", kind)
    record = desk.record(case.id)
    running = {d.rule for d in record.duties if state(d, NIGHT) is DutyState.RUNNING}
    assert running >= OWED
    assert holds_post(case, rules.procedure)
    with pytest.raises(Refusal, match="post_held"):
        refuse_while_held(desk)

    found = read_emergency(desk, case.id)
    assert found.next_call is not None
    assert {t.person for t in found.targets if t.phones} & scene_people(desk)
    rungs = {rung.role for rung in rules.procedure.ladders[0].rungs}
    assert head_of(desk) in rungs <= {t.role for t in found.targets}
    asked = [item for item in write_off_items(rules.procedure, case) if item.rule == "E-09"]
    assert [(item.kind, item.role, item.required) for item in asked] == [
        ("signature", head_of(desk), True)
    ]
    with pytest.raises(Refusal):
        desk.perform(case.id, cmd.WriteOff(by=FeedbackBy.PHONE, source="高磊"))


def through(desk: Desk, case: Case) -> None:
    """It is stood down, and what follows is owed under this procedure too (E-06, E-07)."""
    person = next(p for p in desk.store.people() if p.id in scene_people(desk))
    desk.perform(
        case.id,
        cmd.TryCall(
            person=person.id, name=person.name, role=person.role, outcome=CallOutcome.REACHED
        ),
    )
    down = cmd.StandDown(note="高磊: 已处置", why="只试了一个人")
    done = desk.perform(case.id, down)
    assert {d.rule for d in done.duties if d.pending} >= {"E-06", "E-07"}
    assert not holds_post(done.case, desk.rules_of(done.case).procedure)
    assert done.case.stage is not Stage.WRITTEN_OFF


@pytest.mark.rule("E-01")
@pytest.mark.rule("E-02")
@pytest.mark.rule("E-03")
@pytest.mark.rule("E-05")
@pytest.mark.rule("E-09")
@pytest.mark.parametrize("kind", KINDS)
def test_by_f9(desk: Desk, kind: str) -> None:
    case_id = open_emergency(desk, kind, place="3-2-1502")
    is_whole(desk, desk.record(case_id).case, kind)
    through(desk, desk.record(case_id).case)


def form_of(desk: Desk, kind: str) -> Intake | None:
    """What a caller's words come to for a kind; None for one that no class and no fact names."""
    card = next(card for card in desk.site.cards if card.id == kind)
    category = next(iter(card.categories), "")
    facts = (BY_FACT[kind],) if kind in BY_FACT else (Fact.NOW,)
    channel = next(iter(card.channels), Channel.PHONE)
    classes = {c.id: c for c in desk.site.categories}
    tags = classes[category].tags if category else ()
    if kind not in BY_FACT and not {"fire", "danger", "accident"}.intersection(tags):
        return None
    return Intake(
        kind=IntakeKind.OTHER,
        place="3-2-1502",
        said="快来人",
        category=category,
        facts=facts,
        channel=channel,
    )


UNNAMED = {"power_failure"}
"""The kind that F9 alone opens: no class of it is a danger by itself."""


@pytest.mark.rule("E-01")
@pytest.mark.rule("E-04")
@pytest.mark.parametrize("kind", KINDS)
def test_by_intake(desk: Desk, kind: str) -> None:
    form = form_of(desk, kind)
    assert (form is None) == (kind in UNNAMED)
    if form is not None:
        done = desk.open_case(form)
        is_whole(desk, done.case, kind)
        through(desk, done.case)


@pytest.mark.rule("E-01")
@pytest.mark.rule("E-04")
@pytest.mark.parametrize("kind", sorted(set(KINDS) - UNNAMED))
def test_by_case_open(desk: Desk, kind: str) -> None:
    form = form_of(desk, kind)
    assert form is not None
    done = take_in(desk, replace(form, place="5-1-0301", panel=kind)).done
    assert done is not None
    is_whole(desk, done.case, kind)
    through(desk, done.case)


@pytest.mark.rule("E-01")
def test_what_happened_last_week_is_none(desk: Desk) -> None:
    for facts, category in (((Fact.INJURY,), ""), ((), "person_hurt"), ((), "traffic_accident")):
        said = Intake(said="上周在门口摔的", category=category, facts=facts, place="3-2-1502")
        case = desk.open_case(said).case
        procedure = desk.rules_of(case).procedure
        assert not procedure.level(case.level).emergency
        assert not holds_post(case, procedure)
        assert not [d for d in desk.record(case.id).duties if d.rule.startswith("E-")]


@pytest.mark.rule("E-09")
def test_it_is_written_off_with_the_signature_of_whoever_is_head_here(desk: Desk) -> None:
    case = desk.record(open_emergency(desk, "fire", place="3-2-1502")).case
    procedure = desk.rules_of(case).procedure
    item = next(item for item in procedure.write_off if item.rule == "E-09")
    assert item.role == head_of(desk)
    assert procedure.roles[item.role]
    with pytest.raises(Refusal):
        desk.perform(case.id, cmd.AgreeByPhone(subject=item.id, name=" "))
    done = desk.perform(case.id, cmd.AgreeByPhone(subject=item.id, name="陈志强"))
    assert done.case.stage is case.stage
    assert [d.rule for d in done.duties if d.clock == "signature" and d.pending] == ["E-09"]


@pytest.mark.rule("E-04")
@pytest.mark.rule("E-09")
def test_it_is_closed_by_a_paper_that_makes_sense_for_one(desk: Desk) -> None:
    case = desk.record(open_emergency(desk, "fire", place="3-2-1502")).case
    through(desk, case)
    procedure = desk.rules_of(case).procedure
    asked = write_off_items(procedure, case)
    steps = (item.step for item in asked if item.kind == "step")
    for step in ("handling_followed", "aftermath_over", *steps):
        desk.perform(case.id, cmd.RecordStep(step=step, person="高磊", note="好了"))
    items = {item.id: "电线老化" for item in asked if item.kind in ("text", "check")}
    off = cmd.WriteOff(by=FeedbackBy.PHONE, source="高磊", items=items)
    desk.perform(case.id, replace(off, signed={head_of(desk): "陈志强"}), cosigner="陈志强")
    with pytest.raises(Refusal):
        desk.perform(case.id, cmd.CloseFinal())
    paper = desk.rules_of(case).procedure.closing_paper
    assert not paper.outside
    number = desk.issue_slip(case.id).case.slip.number
    printed = slip_report(case_report(desk, case.id)).form
    assert (printed.id, printed.rule) == (paper.form, paper.rule)
    desk.perform(case.id, cmd.ReceivePaper(number=number))
    desk.perform(case.id, cmd.SignPaper(signer="李建国", role=paper.signer), cosigner="李建国")
    desk.perform(case.id, cmd.FilePaper(binder="2026-11", page="7"))
    assert desk.perform(case.id, cmd.CloseFinal()).case.stage is Stage.FINAL
    assert Record(desk.store, SetClock(NIGHT)).verify(None).sound


@pytest.mark.rule("E-08")
def test_a_leaders_order_is_a_case_under_the_sites_own_procedure(desk: Desk) -> None:
    from dispatcher_tui.desk.emergency.orders import issue_order

    fire = open_emergency(desk, "fire", place="3-2-1502")
    order = issue_order(desk, fire, "陈志强", "封锁东门")
    assert order.case.tied_to == desk.record(fire).case.number
    assert not holds_post(order.case, desk.rules_of(order.case).procedure)
    assert order.case.category == "leader_order"
    assert [d for d in order.duties if d.pending and d.due]
