"""What a notebook shows: well-formed, without scripts, what fails first, and no text of a log acts in it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from api.test_evaluate import COVERED, LATER, SESSION, judged
from safety.dangers import BY_ENDING, dangers
from safety.payloads import hostile
from safety.test_reports import TOGETHER, reported
from transparency_check.api.notebook import html
from transparency_check.reports.outline import Outline, outline


def shown(page: str) -> ET.Element:
    """The elements, as XML reads them: a browser would mend what is not well-formed."""
    return ET.fromstring(page.replace("<br>", "<br/>").replace(" open>", ' open="">'))


def titles(page: str) -> list[tuple[str, bool]]:
    """The sections, and whether they are unfolded."""
    return [
        ("".join(details.find("summary").itertext()), "open" in details.attrib)  # type: ignore[union-attr]
        for details in shown(page).iter("details")
    ]


def test_what_fails_stands_first_and_is_unfolded() -> None:
    page = judged(records=[COVERED, SESSION, LATER])._repr_html_()
    found = titles(page)
    assert found[-1][0] == "Packs: kosovo 0.1.0"
    assert found[0] == ("Violations that are final (1)", True)
    assert ("Pending, by last working day to act (1)", False) in found
    assert "november" in page and "XK-MTG-001 Public notice" in page


def test_what_comes_next_and_a_proof_are_shown_too() -> None:
    found = judged(language="sq")
    page = found.upcoming()._repr_html_()
    assert "december" in page and "november" not in page
    assert page.startswith("<div") and page.endswith("</div>") and "Vlerësuar" in page
    assert not re.search(r"<script|<link|<img|url\(|@import|https?://", page)
    proof = found.explain(found[0])._repr_html_()
    assert [unfolded for _, unfolded in titles(proof)] == [True, True]


def test_no_text_of_a_log_acts_in_it() -> None:
    texts = hostile()
    for start in range(0, len(texts), TOGETHER * 7):
        report, options = reported(texts[start : start + TOGETHER])
        page = html(outline(report, options))
        shown(page)
        assert dangers(page, BY_ENDING[".html"]) == []


def test_an_empty_page() -> None:
    assert "Nothing" in html(Outline("Nothing", (), ()))
