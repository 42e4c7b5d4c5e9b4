"""``python -m bench.same``: one process and Spark on the same log, byte for byte.

    python -m bench.same --events 10000000 --partitions 13,38,38:150000 --first-pack --shown all --write
    python -m bench.same --events 100000 --partitions 2,5:2000

Judges one log by all duties in one process, then on Spark in each of these numbers of parts, and compares
digests of the whole JSON report, all findings in it, and of the same as JSON Lines; with ``--shown all`` of
the JSON report alone, which takes half as long. ``5:2000`` has municipalities with more than 2,000 records
split by case. ``--first-pack`` takes the 25 duties of the first release, ``--select`` others. With
``--write`` what came of it goes into ``docs/scale.json`` and ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import sys

from .scale_page import figures_of
from .scaled import log_of, noted, run, write

FIRST_PACK = (
    "XK-MTG-001", "XK-MTG-002", "XK-MTG-005", "XK-MTG-013", "XK-MTG-022", "XK-MTG-023", "XK-MTG-024",
    "XK-FOI-001", "XK-FOI-002", "XK-FOI-004", "XK-FOI-005", "XK-FOI-006", "XK-CON-001", "XK-CON-006",
    "XK-CON-007", "XK-PAR-001", "XK-PAR-006", "XK-PAR-008", "XK-BUD-001", "XK-BUD-002", "XK-BUD-003",
    "XK-ACT-001", "XK-LAN-001", "XK-MCS-005", "XK-PRO-002",
)  # fmt: skip


def main() -> int:
    """Judge and compare; 1 where anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument(
        "--partitions", default="3,8,38", help="numbers of parts, comma between them; 5:2000 also splits"
    )
    parser.add_argument("--select", action="append", default=[], help="duties, otherwise all")
    parser.add_argument("--first-pack", action="store_true", help="the duties of the first release")
    parser.add_argument("--shown", choices=("all", "both"), default="both", help="JSON, or JSON Lines, too")
    parser.add_argument("--write", action="store_true", help="keep what came of it, and write the page")
    asked = parser.parse_args()
    log = log_of(asked.events)
    rules = [*asked.select, *(FIRST_PACK if asked.first_pack else ())]
    how = ["--shown", asked.shown, *(word for rule in rules for word in ("--select", rule))]
    runs = [{"partitions": None, "split_at": None} | run(log, *how)]
    _tell(runs[-1])
    for given in asked.partitions.split(","):
        number, _, most = given.partition(":")
        more = ["--split-at", most] if most else []
        made = run(log, "--partitions", number, *more, *how)
        runs.append({"partitions": int(number), "split_at": int(most) if most else None} | made)
        _tell(runs[-1])
    same = len({(told["report"], told["lines"]) for told in runs}) == 1
    sys.stdout.write("the same bytes\n" if same else "NOT the same bytes\n")
    if asked.write:
        write("same", noted("same") | {"rules": rules, "same": same, "runs": runs}, figures_of)
    return 0 if same else 1


def _tell(told: dict[str, object]) -> None:
    parts = "one process" if told["partitions"] is None else f"{told['partitions']} parts"
    number = f"{told['findings']} findings of {told['events']} events"
    sys.stdout.write(f"{parts}: {number}, {told['wall']} s, {told['report']}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
