"""``baseline``: the violations that are known already, so that runs fail for new ones only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import PluginError, UsageError
from ..harmless import plain
from ..messages import text
from ..messages.figures import day
from ..terminal import tell
from . import options
from .application import CommandGroup
from .worded import option

if TYPE_CHECKING:
    from ..checking import Answer, Inquiry
    from ..model import Report

_file = option("--baseline", type=click.Path(), metavar="metavar.file", help="help.baseline.file")


@click.group("baseline", cls=CommandGroup, short_help="short.baseline", help="help.baseline")
def baseline() -> None:
    pass


@baseline.command("create", help="help.baseline.create help.log", epilog="help.exit.baseline")
@options.logs
@_file
@option("--force", is_flag=True, help="help.baseline.force")
@option("--undetermined", is_flag=True, help="help.baseline.undetermined")
@options.judged
def create(
    logs: tuple[str, ...],
    baseline: str | None,
    force: bool,
    undetermined: bool,
    no_plugins: bool,
    **judged: Any,
) -> int:
    from ..baseline.writing import taken_in, written
    from . import asking

    inquiry = asking.inquiry(logs, **judged)
    target = _target(baseline, inquiry, logs, judged)
    if Path(target).exists() and not force:
        raise UsageError(text("error.baseline.exists", path=target))
    found = _judged(inquiry, no_plugins)
    entries = taken_in(tuple(found.report.findings), undetermined, found.as_of.day.isoformat())
    _write(target, written(entries, found.report.packs, undetermined))
    code = "baseline.created.undetermined" if undetermined else "baseline.created"
    tell(plain(text(code, path=target, n=len(entries), as_of=day(found.as_of.day.isoformat()))))
    return 0


@baseline.command("update", help="help.baseline.update help.log", epilog="help.exit.baseline")
@options.logs
@_file
@option("--add", is_flag=True, help="help.baseline.add")
@options.judged
def update(logs: tuple[str, ...], baseline: str | None, add: bool, no_plugins: bool, **judged: Any) -> int:
    from dataclasses import replace

    from ..baseline.file import read_file
    from ..baseline.writing import updated, written
    from . import asking

    inquiry = asking.inquiry(logs, **judged)
    target = _target(baseline, inquiry, logs, judged)
    file = read_file(Path(target), target)
    found = _judged(replace(inquiry, baseline=file), no_plugins)
    use = found.report.baseline
    assert use is not None
    today = found.as_of.day.isoformat()
    after = updated(tuple(found.report.findings), file, use, today, add)
    # Entries that nobody looked at were judged by the packs of before.
    packs = file.packs if use.unseen else found.report.packs
    _write(target, written(after.entries, packs, file.undetermined))
    tell(
        plain(
            text(
                "baseline.updated",
                path=target,
                n=len(after.entries),
                resolved=after.resolved,
                waived=after.waived,
                added=after.added,
            )
        )
    )
    if after.left:
        tell(text("baseline.left", n=after.left))
    return 0


@baseline.command("show", help="help.baseline.show", epilog="help.exit.baseline")
@_file
@options.config
@options.no_config
@options.page_format
@options.output
def show(
    baseline: str | None,
    config: str | None,
    no_config: bool,
    format_name: str | None,
    output: str | None,
) -> int:
    from ..baseline import FILE
    from ..baseline.file import read_file
    from ..baseline.found import baseline_path
    from ..reports.baseline_page import baseline_object, outline
    from . import outlet, showing
    from .office import office

    target = baseline_path(baseline, office(config, no_config)) or FILE
    outlet.refuse_input(output, config=config, no_config=no_config, baseline=target)
    file = read_file(Path(target), target)
    showing.write_page(lambda: outline(file), lambda: baseline_object(file), format_name, output)
    return 0


def _target(given: str | None, inquiry: Inquiry, logs: tuple[str, ...], judged: dict[str, Any]) -> str:
    """The file that is written. Raises ``UsageError`` where it is one that is read as something else."""
    from ..baseline import FILE
    from ..baseline.found import baseline_path
    from . import asking, outlet

    target = baseline_path(given, inquiry.office) or FILE
    outlet.refuse_input(target, logs, **asking.inputs(judged))
    return target


def _judged(inquiry: Inquiry, no_plugins: bool) -> Answer:
    """The answer, where all was read and judged. Raises ``UsageError`` and ``PluginError`` elsewhere."""
    from ..checking import answer
    from ..plugins import load_registry
    from . import observing

    with observing.observed() as observer:
        found = answer(inquiry, load_registry(plugins=not no_plugins), watch=observer)
    _refuse_half(found.report)
    return found


def _refuse_half(report: Report) -> None:
    errors = [problem for problem in report.problems if problem.severity == "error"]
    if errors:
        first = errors[0]
        raise UsageError(
            text("error.baseline.errors", n=len(errors), place=first.place, message=first.message)
        )
    for failure in report.rule_errors:
        raise PluginError(
            text("error.baseline.rule", rule=failure.rule, plugin=failure.plugin, message=failure.message)
        )


def _write(target: str, content: str) -> None:
    from . import outlet

    outlet.put(target, lambda stream: stream.write(content))
