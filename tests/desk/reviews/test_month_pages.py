"""How long the Monthly Summary is on paper: four pages at most before its appendices."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.reviews.months import month_report
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.present.i18n import _, use
from dispatcher_tui.reports.pdf.to_pdf import pdf
from dispatcher_tui.reports.registry import document_of
from tests.desk.alarms import AT
from tests.desk.on_watch import open_desk
from tests.reports.readback import FONTS, pages_of, squeezed

MOST = 4


@pytest.mark.rule("P0-10")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cases", [0, 120])
def test_a_leader_reads_four_pages_and_signs_the_first(
    tmp_path: Path, lang: Literal["zh", "en"], cases: int
) -> None:
    desk = open_desk(tmp_path, AT)
    kinds, ways = [each.id for each in desk.site.categories], list(Channel)[:4]
    for n in range(cases):
        place = f"{n % 12 + 1}-1-0{n % 9 + 1}02"
        form = Intake(category=kinds[n % len(kinds)], channel=ways[n % 4], place=place, said="漏水")
        desk.open_case(form)
    use(lang)
    paper = document_of(month_report(desk, "2026-11"))
    desk.store.close()
    pages = pages_of(pdf(paper, FONTS))
    first = squeezed(_("Appendix {letter}: {text}").format(letter="A", text="")).rstrip(":：")
    begins = next(n for n, page in enumerate(pages) if first in page)
    assert 0 < begins <= MOST
    assert len(paper.signatures) == 2
    assert all(squeezed(each.part) in pages[0] for each in paper.signatures)
