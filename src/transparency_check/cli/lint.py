"""``rules lint``: what is wrong with a pack beyond what keeps it from loading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..harmless import plain
from ..messages import text
from . import options
from .worded import command

if TYPE_CHECKING:
    from ..model import Problem


@command("lint", help="help.rules.lint", epilog="help.exit.lint")
@options.pack
@options.select
@options.short_format
@options.output
def lint_rules(packs: tuple[str, ...], select: tuple[str, ...], format_name: str, output: str | None) -> int:
    from ..checking import DEFAULT_PACKS
    from ..json_text import dumped
    from ..packs.lint import lint_pack
    from ..packs.problems import PackError
    from ..report import EXIT_USAGE, EXIT_VIOLATIONS
    from ..selecting import chooser
    from .outlet import deliver, refuse_input

    refuse_input(output, packs=packs, no_config=True)
    found: list[Problem] = []
    unusable = False
    for pack in packs or DEFAULT_PACKS:
        try:
            found += lint_pack(pack, (lambda book: chooser(select, (), book)) if select else None)
        except PackError as error:
            found += error.problems
            unusable = True
    if format_name == "json":
        shown = dumped([_object(p) for p in found]) + "\n"
    else:
        shown = "".join(plain(_line(p)) + "\n" for p in found) + _summary(found) + "\n"
    deliver(lambda stream: stream.write(shown), output)
    if unusable:
        return EXIT_USAGE
    return EXIT_VIOLATIONS if any(p.severity == "error" for p in found) else 0


def _object(problem: Problem) -> dict[str, object]:
    return {
        "severity": problem.severity,
        "code": problem.code,
        "place": problem.place,
        "message": problem.message,
        "values": {
            key: value if isinstance(value, int) else str(value) for key, value in problem.values.items()
        },
    }


def _line(problem: Problem) -> str:
    severity = text(f"problem.{problem.severity}")
    return text(
        "rules.lint.line", place=problem.place, severity=severity, code=problem.code, message=problem.message
    )


def _summary(found: list[Problem]) -> str:
    errors = sum(p.severity == "error" for p in found)
    if not found:
        return text("rules.lint.none")
    return text(
        "rules.lint.summary",
        errors=text("rules.lint.errors", n=errors),
        warnings=text("rules.lint.warnings", n=len(found) - errors),
    )
