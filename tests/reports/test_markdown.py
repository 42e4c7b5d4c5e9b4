from reports.conftest import Write
from reports.made import LATE, PENDING, replace, report
from transparency_check.reports.cells import markdown


def test_tables_and_headings(write: Write) -> None:
    shown = write(report(LATE, PENDING), "markdown")
    assert "## Violations that are final (1)" in shown
    assert "### XK-MTG-001 Public notice" in shown
    assert "| kline<br>assembly-2026-11<br>\\#3f2a91c4d0b7 | 2026-11-18<br>late |" in shown


def test_what_comes_from_a_log_is_text(write: Write) -> None:
    shown = write(report(replace(LATE, case="a|b <script>*x* [y](z) `c`\n# d")), "markdown")
    assert "a\\|b &lt;script&gt;\\*x\\* \\[y\\](z) \\`c\\` \\# d" in shown


def test_no_text_begins_a_list() -> None:
    assert markdown("- a") == "\\- a"
    assert markdown("12. a") == "12\\. a"
    assert markdown("2026-11-18") == "2026-11-18"
