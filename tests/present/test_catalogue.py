"""Both languages are complete, and the compiled catalogue is the written one."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import read_mo

from tests.cli.support import environment
from tests.present.compile_catalogue import LOCALE, MO, PO, Text, compiled, main, read, written

PACKAGE = Path(__file__).resolve().parents[2] / "dispatcher_tui"
ENGLISH_ONLY = ("tui", "desk", "reports", "cli", "bootstrap.py")
CJK = re.compile("[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


def sources(*under: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module in these places of the package, with its name from the package on."""
    for name in under or (".",):
        place = PACKAGE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def asked(node: ast.AST) -> Text | None:
    """The text that a call asks to be translated, both forms of what is counted; None of others."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    given = [each.value for each in node.args if isinstance(each, ast.Constant)]
    if node.func.id == "ngettext" and len(given) == 2:
        return str(given[0]), str(given[1])
    return str(given[0]) if node.func.id in ("_", "_n") and given else None


def msgids() -> dict[Text, str]:
    """Every text the program asks to be translated, with a place where it does."""
    found: dict[Text, str] = {}
    for name, tree in sources():
        for node in ast.walk(tree):
            text = asked(node)
            if text is not None:
                assert isinstance(node, ast.Call)
                found[text] = f"{name}:{node.lineno}"
    return found


def forms(text: Text) -> tuple[str, ...]:
    """A text as the forms it has."""
    return (text,) if isinstance(text, str) else text


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every string of a module that is not a statement of its own, as docstrings are."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


def placeholders(text: str) -> list[tuple[str, str | None, str | None]]:
    """The named holes of a text with their formats; raises where it is no format at all."""
    return sorted((name, spec, conv) for _, name, spec, conv in Formatter().parse(text) if name)


def test_every_text_has_its_chinese() -> None:
    entries = read(PO)
    missing = {
        msgid: where for msgid, where in msgids().items() if not all(forms(entries.get(msgid, "")))
    }
    assert not missing


def test_what_is_counted_is_asked_for_in_one_way_only() -> None:
    texts = [form for msgid in read(PO) for form in forms(msgid)]
    assert len(texts) == len(set(texts))
    assert any(isinstance(msgid, tuple) for msgid in msgids())


def test_the_catalogue_is_in_babels_order() -> None:
    assert without_tool(PO.read_bytes()) == without_tool(written(read(PO)))


def without_tool(po: bytes) -> bytes:
    """A `.po` file without the line that names Babel's version."""
    return re.sub(rb'"Generated-By: [^"]*"\n', b"", po)


def said(mo: bytes) -> tuple[dict[str, object], dict[str, str]]:
    """What a compiled catalogue says, and its header without Babel's version."""
    catalogue = read_mo(io.BytesIO(mo))
    header = {name: text for name, text in catalogue.mime_headers if name != "Generated-By"}
    return {str(entry.id): entry.string for entry in catalogue if entry.id}, header


@pytest.fixture
def by_pybabel(tmp_path: Path) -> bytes:
    """What the documented command makes of the written catalogue."""
    shutil.copytree(LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    command = ["-m", "babel.messages.frontend", "-q", "compile", "-D", "dispatcher", "-l", "zh"]
    subprocess.run([sys.executable, *command, "-d", str(tmp_path / "locale")], check=True)
    return (tmp_path / "locale" / MO.relative_to(LOCALE)).read_bytes()


def test_the_compiled_catalogue_is_what_babel_makes_of_the_written_one(by_pybabel: bytes) -> None:
    assert by_pybabel == compiled(read(PO))
    assert said(MO.read_bytes()) == said(by_pybabel)
    versions = [dict(read_mo(io.BytesIO(mo)).mime_headers) for mo in (MO.read_bytes(), by_pybabel)]
    if versions[0] == versions[1]:
        assert MO.read_bytes() == by_pybabel


def test_gettext_reads_both_forms_and_knows_the_rule(by_pybabel: bytes) -> None:
    read_by = GNUTranslations(io.BytesIO(by_pybabel))
    for n in (0, 1, 2, 100):
        assert read_by.ngettext("{n} year", "{n} years", n) == "{n} 年"
    assert read_by.info()["plural-forms"] == "nplurals=1; plural=0;"


def test_the_program_never_imports_babel() -> None:
    script = (
        "import sys; from dispatcher_tui.present.i18n import _, ngettext, use; use('zh');"
        "import dispatcher_tui.cli.app, dispatcher_tui.cli.case_open, dispatcher_tui.tui.app;"
        "print(ngettext('{n} year', '{n} years', 1) + _('No'), 'babel' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.decode().endswith("False\n"), done.stdout


def test_placeholders_agree() -> None:
    for msgid, msgstr in read(PO).items():
        other = forms(msgid)[-1]
        for form in forms(msgstr):
            if "{" in other + form:
                assert placeholders(other) == placeholders(form), msgid
        holes = {hole[0] for hole in placeholders(forms(msgid)[0])}
        assert holes <= {hole[0] for hole in placeholders(other)}, msgid


def test_the_rooms_that_speak_hold_no_chinese() -> None:
    chinese = [
        f"{name}:{node.lineno}: {node.value!r}"
        for name, tree in sources(*ENGLISH_ONLY)
        for node in literals(tree)
        if CJK.search(str(node.value))
    ]
    assert not chinese


def test_a_module_with_chinese_would_be_found() -> None:
    tree = ast.parse('"""文档"""\nname = f"{1}值班"  # 注\ndef f():\n    "文"\n    return "x"\n')
    assert [node.value for node in literals(tree)] == ["值班", "x"]


def test_a_second_translation_is_refused(tmp_path: Path) -> None:
    before = PO.read_bytes(), MO.read_bytes()
    more = tmp_path / "more.po"
    more.write_text('msgid "{days} d"\nmsgstr "别的 {days}"\n', encoding="utf-8")
    assert main([str(more)]) == 1
    assert (PO.read_bytes(), MO.read_bytes()) == before


def test_no_word_is_kept_that_nobody_says() -> None:
    spoken = {literal.value for _name, tree in sources() for literal in literals(tree)}
    assert {form for msgid in read(PO) for form in forms(msgid)} - spoken == set()
