"""What no output may replace: inputs, and what the next run would read as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .configuration.read import found_file, read_file
from .errors import TransparencyCheckError, UsageError
from .mapping.chosen import files_named
from .messages import text
from .readers.inputs import beside
from .waivers import FILE as WAIVERS

STANDARD = "-"


def refuse_input(
    output: str | None,
    logs: Sequence[str] = (),
    packs: Sequence[str] = (),
    config: str | None = None,
    no_config: bool = False,
    waivers: str | None = None,
    no_waivers: bool = False,
    baseline: str | None = None,
    no_baseline: bool = False,
    mapping: str | None = None,
) -> None:
    """Refuse an output that is one of the inputs - logs and what is declared about them, packs, the
    configuration, waivers, a baseline or mapping that was named - or stands where the next run would read it
    as one.
    """
    if output is None or output == STANDARD:
        return
    target = Path(output).resolve()
    for name in logs:
        if name == STANDARD:
            continue
        source = Path(name).resolve()
        if any(same_file(target, file) for file in (source, *beside(source))):
            raise UsageError(text("error.output.input", path=output))
        if source.is_dir() and source in target.parents:
            raise UsageError(text("error.output.folder", path=output, folder=name))
    for name in packs:
        folder = Path(name).resolve()
        if any(mark in name for mark in "/\\.") and folder in (target, *target.parents):
            raise UsageError(text("error.output.pack", path=output, folder=name))
    office = None if no_config else found_file() if config is None else Path(config)
    if office is not None and same_file(target, office.resolve()):
        raise UsageError(text("error.output.config", path=output))
    if office is not None and any(same_file(target, file.resolve()) for file in _mappings_of(office)):
        raise UsageError(text("error.output.mapping", path=output))
    accepted = None if no_waivers else found_file(name=WAIVERS) if waivers is None else Path(waivers)
    if accepted is not None and same_file(target, accepted.resolve()):
        raise UsageError(text("error.output.waivers", path=output))
    if baseline is not None and not no_baseline and same_file(target, Path(baseline).resolve()):
        raise UsageError(text("error.output.baseline", path=output))
    if mapping is not None and same_file(target, Path(mapping).resolve()):
        raise UsageError(text("error.output.mapping", path=output))


def _mappings_of(office: Path) -> tuple[Path, ...]:
    """The mappings that a configuration names. What is wrong with it is told where it is used."""
    try:
        return files_named(read_file(office))
    except TransparencyCheckError:
        return ()


def same_file(target: Path, file: Path) -> bool:
    """Whether two resolved paths are one file, by name or as links to it."""
    return target == file or (target.exists() and file.exists() and target.samefile(file))


def refuse_earlier(output: str | None, since: str | None) -> None:
    """Refuse an output that would replace the earlier report. Raises ``UsageError``."""
    if output is None or output == STANDARD or since is None:
        return
    if same_file(Path(output).resolve(), Path(since).resolve()):
        raise UsageError(text("error.output.since", path=output))
