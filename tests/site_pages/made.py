"""Sites that tests look at, built in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from transparency_check.cli import application

ROOT = Path(__file__).parents[2]
KLINA = str(ROOT / "samples" / "klina" / "log.jsonl")
COMMITMENTS = str(ROOT / "samples" / "commitments" / "log.jsonl")
CONFIGURATION = str(ROOT / "samples" / "commitments" / "transparency-check.toml")
# Several municipalities, own commitments, every outcome and shape, and what is undetermined.
LOGS = (KLINA, COMMITMENTS)
JUDGED = (
    "--config", CONFIGURATION, "--as-of", "2026-11-20", "--select", "MTG", "--select", "FOI",
    "--select", "PAR", "--select", "REV", "--select", "TC",
)  # fmt: skip
# The same in small: a browser looks at every table and not at every row.
SMALL = (
    "--config", CONFIGURATION, "--as-of", "2026-11-20", "--select", "XK-MTG-001", "--select", "XK-FOI-001",
    "--select", "KLO-MTG-001", "--select", "TC",
)  # fmt: skip
TAGS = ("en", "sq", "sr-Latn", "sr-Cyrl")


def build(output: Path, *args: str, logs: tuple[str, ...] = LOGS, judged: tuple[str, ...] = JUDGED) -> Result:
    """Build a site; its result has ``exit_code`` and ``stderr``."""
    result = CliRunner().invoke(
        application,
        ["site", "build", *logs, "--output", str(output), *judged, *args],
        prog_name="transparency-check",
    )
    assert "Traceback" not in result.output
    return result


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
