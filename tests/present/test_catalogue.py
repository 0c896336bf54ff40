"""Both languages are complete, and the compiled catalogue is the written one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from tests.present.compile_catalogue import MO, PO, compiled, main, read, written

PACKAGE = Path(__file__).resolve().parents[2] / "dispatcher_tui"
ENGLISH_ONLY = ("tui", "desk", "reports", "cli.py", "bootstrap.py")
CJK = re.compile("[\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


def sources(*under: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module in these places of the package, with its name from the package on."""
    for name in under or (".",):
        place = PACKAGE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.exists():
                yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def msgids() -> dict[str, str]:
    """Every text the program asks to be translated, with a place where it does."""
    found = {}
    for name, tree in sources():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            first = node.args[0] if node.args else None
            if node.func.id == "_" and isinstance(first, ast.Constant):
                found[str(first.value)] = f"{name}:{node.lineno}"
    return found


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
    missing = {msgid: where for msgid, where in msgids().items() if not entries.get(msgid)}
    assert not missing


def test_the_compiled_catalogue_is_the_written_one() -> None:
    entries = read(PO)
    assert MO.read_bytes() == compiled(entries)
    assert PO.read_bytes() == written(entries)


def test_placeholders_agree() -> None:
    for msgid, msgstr in read(PO).items():
        if "{" in msgid + msgstr:
            assert placeholders(msgid) == placeholders(msgstr), msgid


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
    said = {literal.value for _name, tree in sources() for literal in literals(tree)}
    assert set(read(PO)) - said == set()
