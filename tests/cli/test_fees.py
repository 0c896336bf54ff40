"""``fee``: a list from the file to the payments ticked off, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import Run
from tests.desk.fees.listed import back, unpaid, written

PLACES = ["1-1-0101", "1-1-0102", "2-1-0101"]


def test_a_list_goes_its_whole_way(run: Run, site: Path, tmp_path: Path) -> None:
    where = ("--site", site)
    of = ("--month", "2026-11")
    none = run("fee", "list", *where, "--json")
    assert none.json == []
    alone = run("fee", "import", "unpaid", tmp_path / "none.csv", *where)
    assert (alone.code, "site.toml" in alone.err) == (1, True)
    settings = site / "site.toml"
    text = settings.read_text("utf-8")
    line = next(each for each in text.splitlines() if each.startswith("procedure"))
    both = 'procedures = ["estate-dispatch", "fee-collection"]'
    settings.write_text(text.replace(line, both), "utf-8")
    units = "\n".join(["place,resident", *(f"{each},住户" for each in PLACES)])
    assert run("site", "import", written(tmp_path, "u.csv", units), *where, "--replace").code == 0
    file = written(tmp_path, "unpaid.csv", unpaid(PLACES))
    dry = run("fee", "import", "unpaid", file, *where, *of, "--dry-run")
    assert (dry.code, "new: 3" in dry.err) == (0, True)
    assert run("fee", "import", "unpaid", file, *where, *of).code == 0
    assert run("fee", "hand", "unpaid", "1栋", *where, *of).code == 2
    handed = run("fee", "hand", "unpaid", "1栋", "--to", "张伟", *where, *of, "--json").json
    assert (handed["lines"], handed["handed"]) == (3, 2)
    twice = run("--lang", "zh", "fee", "hand", "unpaid", "1栋", "--to", "张伟", *where, *of)
    assert (twice.code, "张伟" in twice.err) == (1, True)
    paid = written(tmp_path, "paid.csv", back([(PLACES[0], "已缴", ""), (PLACES[1], "拒缴", "")]))
    assert run("fee", "import", "unpaid", paid, *where, *of).code == 0
    again = run("--lang", "zh", "fee", "import", "unpaid", paid, *where, *of)
    assert (again.code, "第2行" in again.err.replace(" ", "")) == (1, True)
    assert run("fee", "mark", "unpaid", PLACES[2], *where, *of).code == 2
    marked = ("fee", "mark", "unpaid", PLACES[2], "--result", "paid", "--paid", "80.50")
    assert run(*marked, *where, *of, "--json").json["paid_fen"] == 8050
    (only,) = run("fee", "list", *where, "--json").json
    assert (only["back"], only["settled"], only["paid_fen"]) == (3, 1, 128050 + 8050)
    rows = run("fee", "show", "unpaid", *where, *of, "--json").json
    assert [each["result"] for each in rows] == ["paid", "refused", "paid"]
    printed = run("--lang", "zh", "fee", "show", "unpaid", *where, *of, "--area", "1栋").out
    assert ("1-1-0102" in printed, "1-1-0101" in printed) == (True, False)
    opened = run("fee", "open", "unpaid", PLACES[1], *where, *of, "--json").json
    assert (opened["place"], opened["category"]) == (PLACES[1], "arrears")
