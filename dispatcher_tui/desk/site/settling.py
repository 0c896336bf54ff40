"""The files that the site edited: each against the shipped one, until the head has settled it.

What is signed for is this very text of the site against this very one of ours; edited again, or
shipped anew, a file is open again.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from dispatcher_tui.desk.adoption import adopt_site, recorded
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.together import Agreed, Signing, agreed, cosigner, sign
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.site.layer import ignored
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.renewal import (
    SUBJECT,
    EditedFile,
    edited,
    name_in,
    put_back,
    take_shipped,
    unsettled,
)
from dispatcher_tui.site.texts import PROCEDURES, source_of
from dispatcher_tui.site.toml_text import read_text

KEPT, TAKEN = "kept", "taken"
"""What the record says was decided, in the remark of the signature."""


class FileStanding(msgspec.Struct, frozen=True):
    """How a file stands: what it differs by, and who has settled it.

    ``found`` is None where it is as shipped again and only a signature is owed; ``sign_off`` is
    None while it is open.
    """

    name: str
    found: EditedFile | None
    sign_off: SignOff | None = None


class Settlement(msgspec.Struct, frozen=True):
    """What the head decides: ``take`` the shipped text, or keep the site's.

    ``signing`` by PIN or in ink, else ``name`` agreed by phone.
    """

    take: bool
    signing: Signing | None = None
    name: str = ""


class Asks(msgspec.Struct, frozen=True):
    """Who settles a file: the role under the procedure in force, and the rule that asks for it."""

    role: str
    rule: str


def asks(desk: Desk) -> Asks:
    """Who settles a file here: whoever decides in emergencies."""
    site = desk.site
    return Asks(site.layer.office(site.written, HEAD), site.layer.level.rule)


def standings(desk: Desk) -> tuple[FileStanding, ...]:
    """Every file that the site edited, the open ones first, then signatures that are still owed."""
    signed = [s for s in desk.post.sign_offs if s.subject.startswith(SUBJECT)]
    last = {s.subject: s for s in signed}
    found = [
        FileStanding(each.name, each, last.get(each.subject)) for each in edited(desk.site.sources)
    ]
    found.sort(key=lambda each: each.sign_off is not None)
    told = {each.sign_off.key for each in found if each.sign_off is not None}
    owed = (s for s in signed if s.owed and s.key not in told)
    return (*found, *(FileStanding(name_in(s.subject), None, s) for s in owed))


def still_open(desk: Desk) -> tuple[EditedFile, ...]:
    """The files that the site edited and that nobody has settled."""
    return unsettled(edited(desk.site.sources), (s.subject for s in desk.post.sign_offs))


class Said(msgspec.Struct, frozen=True):
    """What is said of the files at each sign-in.

    ``open`` files are edited and not settled; of the ``procedure``'s file so many entries on
    emergencies are ``set_aside``, because the layer rules them.
    """

    open: int
    procedure: str
    set_aside: int


def said_at_sign_in(site: SiteData, post: Post) -> Said:
    """The same for a site as it was read and a post as it was folded: any thread may ask."""
    found = unsettled(edited(site.sources), (s.subject for s in post.sign_offs))
    aside = ignored(site.written, site.layer)
    return Said(len(found), f"{PROCEDURES}/{site.written.id}.toml", len(aside))


def settle(desk: Desk, found: EditedFile, settlement: Settlement) -> Entry:
    """The head has decided about a file; the shipped text counts at once where it is taken.

    The site's text stays beside it. Cases that are open stay with what they were opened under.

    Raises:
        Refusal: it is settled, or not as it was compared any more; the signature is none; the
            shipped text cannot be put there, or does not go with the site's other files.
            Nothing was changed.
        Failure: the file of the record could not be written; nothing was changed.
    """
    if desk.scratch:
        raise Refusal("file_in_drill", asks(desk).rule)
    known = {s.subject for s in desk.post.sign_offs}
    if found.subject in known and not settlement.take:
        raise Refusal("already_agreed", asks(desk).rule)
    _refuse_changed(desk, found)
    event, by = _signature(desk, found, settlement)
    site = _take(desk, found) if settlement.take else None
    try:
        entry = desk.store.transact(lambda tx: desk.note_in(tx, event, cosigner=by)[0])
    except Failure:
        if site is not None:
            put_back(desk.site.folder, found)
        raise
    if site is not None:
        adopt_site(desk, site)
    return entry


def _signature(desk: Desk, found: EditedFile, settlement: Settlement) -> tuple[DeskSigned, str]:
    asked, remark = asks(desk), TAKEN if settlement.take else KEPT
    if settlement.signing is None:
        word = Agreed(found.subject, asked.rule, asked.role, settlement.name, remark)
        return agreed(desk, word), ""
    given = sign(desk, msgspec.structs.replace(settlement.signing, role=asked.role))
    return given.under(found.subject, asked.rule, remark=remark), cosigner(desk, given)


def _refuse_changed(desk: Desk, found: EditedFile) -> None:
    """What is settled is what was compared: the file as it lies there must be that very text."""
    with suppress(SiteError):
        now = source_of(found.name, read_text(desk.site.folder / found.name, found.name))
        if now.sha256 == found.ours.sha256:
            return
    raise Refusal("file_changed", asks(desk).rule, file=found.name)


def _take(desk: Desk, found: EditedFile) -> SiteData:
    """Put the shipped text in its place; the site as it is then read."""
    folder, rule = desk.site.folder, asks(desk).rule
    if not take_shipped(folder, found):
        raise Refusal("file_not_written", rule, file=found.name)
    wrong: list[SiteProblem] = []
    try:
        site = load(folder, lazy=True, record=recorded(desk.store))
        before = desk.site.problems()
        wrong += [each for each in site.problems() if each not in before]
    except SiteError as error:
        wrong += error.problems
    else:
        if not wrong:
            return site
    put_back(folder, found)
    raise Refusal("file_unfit", rule, file=wrong[0].file, key=wrong[0].key)
