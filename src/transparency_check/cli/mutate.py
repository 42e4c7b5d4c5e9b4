"""``rules mutate``: whether the examples of the duties would notice a change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..harmless import plain
from ..messages import text
from . import options
from .worded import command

if TYPE_CHECKING:
    from ..trials.mutation import DutyMutants, Mutation


@command("mutate", help="help.rules.mutate", epilog="help.exit.mutate")
@options.select
@options.ignore
@options.law
@options.short_format
@options.output
def mutate_rules(
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    packs: tuple[str, ...],
    no_plugins: bool,
    no_cache: bool,
    format_name: str,
    output: str | None,
) -> int:
    from ..checking import load_rules
    from ..json_text import dumped
    from ..plugins import load_registry
    from ..report import EXIT_NOTHING, EXIT_VIOLATIONS
    from ..selecting import chooser
    from ..trials.mutation import mutate
    from .outlet import deliver, refuse_input

    refuse_input(output, packs=packs, no_config=True)
    rulebook = load_rules(packs, load_registry(plugins=not no_plugins), not no_cache)
    wanted = chooser(select, ignore, rulebook)
    results = mutate([d for d in rulebook.duties if wanted(d.id)], rulebook)
    shown = dumped([_object(r) for r in results]) + "\n" if format_name == "json" else _page(results)
    deliver(lambda stream: stream.write(shown), output)
    if not results:
        return EXIT_NOTHING
    return EXIT_VIOLATIONS if any(r.failing for r in results) else 0


def _object(result: DutyMutants) -> dict[str, object]:
    return {
        "rule": result.rule,
        "mutants": result.mutants,
        "killed": result.killed,
        "explained": result.explained,
        "share": round((result.killed + result.explained) / result.mutants, 4) if result.mutants else None,
        "survivors": [
            {"example": m.example, "subject": m.subject, "was": m.was, "becomes": m.becomes, "reason": reason}
            for m, reason in result.survivors
        ],
        "failing": result.failing,
    }


def _page(results: list[DutyMutants]) -> str:
    from ..reports.table import draw_table

    if not results:
        return text("rules.test.none") + "\n"
    columns = tuple(
        text(f"rules.mutate.{name}") for name in ("duty", "mutants", "killed", "explained", "share")
    )
    rows = [
        [
            r.rule,
            *(str(n) for n in (r.mutants, r.killed, r.explained)),
            _share(r.killed + r.explained, r.mutants),
        ]
        for r in results
    ]
    out = [draw_table(columns, rows, apart=False).rstrip("\n")]
    reasons: Counter[str] = Counter()
    for result in results:
        out += [plain(text("rules.mutate.failing", rule=result.rule, name=name)) for name in result.failing]
        out += [
            plain(_line(result.rule, mutation)) for mutation, reason in result.survivors if reason is None
        ]
        reasons.update(reason for _, reason in result.survivors if reason is not None)
    out += [text(f"rules.mutate.because.{reason}", n=n) for reason, n in sorted(reasons.items())]
    killed, mutants = sum(r.killed for r in results), sum(r.mutants for r in results)
    counted = killed + sum(reasons.values())
    out.append(
        text(
            "rules.mutate.summary",
            killed=killed,
            mutants=mutants,
            explained=sum(reasons.values()),
            share=_share(counted, mutants),
        )
    )
    return "\n".join(out) + "\n"


def _share(killed: int, mutants: int) -> str:
    return text("percent", n=100 * killed / mutants) if mutants else "-"


def _line(rule: str, mutation: Mutation) -> str:
    values: dict[str, Any] = {
        "rule": rule,
        "subject": mutation.subject,
        "was": mutation.was,
        "becomes": mutation.becomes,
    }
    if mutation.example is None:
        return text("rules.mutate.number", **values)
    if mutation.becomes is None:
        return text("rules.mutate.dropped", name=mutation.example, **values)
    return text("rules.mutate.shifted", name=mutation.example, **values)
