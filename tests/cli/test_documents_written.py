"""Documents written by the commands: to a file, through a pipe, never to a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Run
from documents.test_documents import text_of
from transparency_check.documents import NAMES as FORMATS

LOG = "samples/klina/log.jsonl"
MOMENT = ("--as-of", "2026-11-20", "--select", "XK-MTG-001")


@pytest.mark.parametrize("name", FORMATS)
def test_a_check_as_a_document(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"report.{name}"
    result = run("check", LOG, *MOMENT, "-o", str(path))
    assert result.exit_code == 1
    data = path.read_bytes()
    assert "XKMTG001" in text_of(name, data)
    printed = run("check", LOG, *MOMENT, "--format", name)
    assert printed.stdout_bytes == data


def test_a_page_as_a_document(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "what-moves.pdf"
    run("compare", LOG, *MOMENT, "--against-reading", "XK-MTG-001=clear", "-o", str(path))
    assert "Whatmoves" in text_of("pdf", path.read_bytes())


@pytest.mark.parametrize("name", [*FORMATS, "md"])
def test_the_proof_of_one_finding_as_a_document(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"proof.{name}"
    assert run("explain", LOG, "a2d217d1", "--as-of", "2026-11-20", "-o", str(path)).exit_code == 0
    data = path.read_bytes()
    found = data.decode() if name == "md" else text_of(name, data)
    assert "workingdaysbefore" in "".join(found.split())


def test_a_document_that_is_no_text_is_not_written_to_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transparency_check.cli import showing

    monkeypatch.setattr(showing, "_on_terminal", lambda: True)
    result = run("check", LOG, *MOMENT, "--format", "pdf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--output report.pdf" in result.stderr
