"""``operator`` and ``init`` without a terminal: what is read from stdin, in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.watch.rescue_code import is_code
from tests.cli.support import Result, Run

CHEN, SUN, ZHAO = "陈志强", "孙明远", "赵丽娟"
CHENS, SUNS, NEW = "864257", "753186", "903517"


@pytest.fixture
def laid(run: Run, tmp_path: Path) -> tuple[Path, str]:
    """A new site and the code that ``init`` printed for the envelope."""
    folder = tmp_path / "site"
    done = run("init", "--site", folder, "--operator", "李建国", "--pin-stdin", stdin="471108\n")
    assert done.code == 0, done.err
    return folder, done.out.strip()


def act(run: Run, site: Path, *words: str, stdin: str = "") -> Result:
    return run("operator", *words, "--pin-stdin", "--site", site, stdin=stdin)


def test_the_leave_comes_first_and_then_the_new_pin(run: Run, laid: tuple[Path, str]) -> None:
    site, code = laid
    assert is_code(code)
    head = ("--role", "head")
    assert act(run, site, "add", CHEN, *head, stdin=f"{CHENS}\n").code == 2, "the new one lacks"
    assert act(run, site, "add", CHEN, *head, stdin=f"{CHENS}\n{code}\n").code == 2
    assert act(run, site, "add", CHEN, *head, stdin=f"471108\n{CHENS}\n").code == 1
    made = act(run, site, "add", CHEN, *head, stdin=f"{code}\n{CHENS}\n")
    assert made.code == 0, made.err
    fresh = made.out.strip()
    assert is_code(fresh)
    assert fresh != code

    assert act(run, site, "add", SUN, *head, stdin=f"{code}\n{SUNS}\n").code == 1, "it is spent"
    second = act(run, site, "add", SUN, *head, stdin=f"{CHENS}\n{SUNS}\n")
    assert (second.code, second.out) == (0, "")
    reset = ("reset-pin", CHEN)
    unnamed = act(run, site, *reset, stdin=f"{SUNS}\n{NEW}\n")
    assert unnamed.code == 2
    assert f"--by ({CHEN}, {SUN})" in unnamed.err or f"--by ({SUN}, {CHEN})" in unnamed.err
    assert act(run, site, *reset, "--by", SUN, stdin=f"{SUNS}\n{NEW}\n").code == 0

    assert act(run, site, "disable", SUN).code == 0, "another head is left"
    assert act(run, site, "disable", CHEN).code == 2
    assert act(run, site, "disable", CHEN, stdin=f"{CHENS}\n").code == 1, "that was the old PIN"
    code = act(run, site, "rescue-code", stdin=f"{NEW}\n").out.strip()
    assert act(run, site, "disable", CHEN, stdin=f"{fresh}\n").code == 1
    gone = act(run, site, "disable", CHEN, stdin=f"{code}\n")
    assert gone.code == 0
    assert is_code(gone.out.strip())
    assert run("verify", "--site", site).code == 0
    told = run("log", "--json", "--site", site).out
    for secret in (CHENS, SUNS, NEW, code, fresh, gone.out.strip()):
        assert secret not in told


def test_whoever_is_no_head_needs_one_line_alone(run: Run, laid: tuple[Path, str]) -> None:
    site, _code = laid
    added = act(run, site, "add", ZHAO, stdin=f"{SUNS}\n")
    assert (added.code, added.out, added.err) == (0, "", "")
    assert act(run, site, "reset-pin", ZHAO, stdin=f"{NEW}\n").code == 0
    assert act(run, site, "disable", ZHAO).code == 0


def test_without_a_terminal_nothing_is_asked(run: Run, laid: tuple[Path, str]) -> None:
    site, code = laid
    for words in (
        ("add", CHEN, "--role", "head"),
        ("rescue-code",),
    ):
        done = run("operator", *words, "--site", site, stdin=f"{code}\n{CHENS}\n")
        if words[0] == "rescue-code":
            assert (done.code, "--pin-stdin" in done.err) == (2, True)
        assert done.code == 2
        assert "--pin-stdin" in done.err
    assert len(run("operator", "list", "--json", "--site", site).json) == 1


@pytest.mark.parametrize(
    ("pin", "words"),
    [("75318", "6 to 12 digits"), ("123456", "Guessed first"), ("850612", "Guessed first")],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_pin_too_short_or_trivial_is_refused(
    run: Run, laid: tuple[Path, str], pin: str, words: str, lang: str
) -> None:
    site, _code = laid
    done = run("--lang", lang, "operator", "add", ZHAO, "--pin-stdin", "--site", site, stdin=pin)
    assert done.code == 2
    assert (words in done.err) is (lang == "en")
    refused = run("init", "--site", site / "x", "--operator", "x", "--pin-stdin", stdin=pin)
    assert (refused.code, (site / "x").exists()) == (2, False)


def test_a_site_may_allow_four(run: Run, laid: tuple[Path, str]) -> None:
    site, code = laid
    file = site / "site.toml"
    text = file.read_text("utf-8")
    assert "least = 6" in text
    for least, exit_code in ((3, 1), (13, 1), (4, 0)):
        file.write_text(text.replace("least = 6", f"least = {least}"), "utf-8", newline="\n")
        checked = run("site", "check", "--site", site)
        assert ("pin.least" in checked.out) is bool(exit_code)
    assert act(run, site, "add", ZHAO, stdin="802\n").code == 2
    assert act(run, site, "add", ZHAO, stdin="8024\n").code == 0
    assert act(run, site, "add", CHEN, "--role", "head", stdin=f"{code}\n8642\n").code == 0
    file.write_text(text, "utf-8", newline="\n")
    short = act(run, site, "reset-pin", CHEN, stdin=f"8642\n{NEW}\n")
    assert short.code == 0
    assert "new ones have 6 digits" in short.err


def test_who_makes_a_site_with_a_head_needs_no_leave(run: Run, tmp_path: Path) -> None:
    site = tmp_path / "new"
    asked = ("init", "--site", site, "--operator", CHEN, "--role", "head", "--pin-stdin")
    done = run(*asked, stdin=f"{CHENS}\n")
    assert done.code == 0
    assert is_code(done.out.strip())
    assert act(run, site, "add", SUN, "--role", "head", stdin=f"{CHENS}\n{SUNS}\n").code == 0


def test_the_help_says_the_order(run: Run) -> None:
    told = " ".join(run("operator", "add", "--help").out.split())
    assert "first a head's (or the rescue code), the new" in told
