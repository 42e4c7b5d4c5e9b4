"""What is tried, by which command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the table: what is promised, and the command that tries it.

    ``arguments`` follow the interpreter, in the folder ``tests``; the last line that the command writes is
    the figure, and its exit code is 0 where the promise was kept. ``quick`` are added for a short run.
    """

    name: str
    promise: str
    arguments: tuple[str, ...]
    quick: tuple[str, ...] = ()


def _tests(*paths: str) -> tuple[str, ...]:
    return ("-m", "pytest", "-q", "-p", "no:cacheprovider", *paths)


PARTS = (
    Part(
        "Two evaluators",
        "Engine and reference evaluator, written by two authors from the semantics alone, give the "
        "same outcomes, due dates and reasons on random packs and logs.",
        ("-m", "reference.differential"),
        ("--obligations", "20000"),
    ),
    Part(
        "Laws of behaviour",
        "Order of rows, split of files and other cases change nothing; a later as-of makes only the "
        "transitions of semantics 4.22; spoiling or deleting never creates a `fulfilled`.",
        ("-m", "properties.laws", "--cases", "300"),
        ("--cases", "20"),
    ),
    Part(
        "Deadlines",
        "Every day of 2009-2040 by every period of the packs under every calendar counts as a naive "
        "counter counts.",
        ("calendars/exhaustive.py",),
        ("--stride", "40"),
    ),
    Part(
        "Bad input",
        "Broken logs and packs are told line by line, never a traceback, and nothing of them is "
        "judged wrongly.",
        _tests("bad_input", "readers", "packs/test_defects.py"),
    ),
    Part(
        "A case with a million events",
        "Size alone is no defect.",
        ("-m", "bad_input.million"),
        ("--events", "20000"),
    ),
    Part(
        "Fuzzing",
        "No input makes a reader or the pack loader raise, hang for a second, or end the program.",
        ("-m", "fuzz.campaign", "--executions", "100000", "--minutes", "8"),
        ("--executions", "200", "--minutes", "1"),
    ),
    Part(
        "Output",
        "No text of a log, pack, name or plugin acts where it is shown: spreadsheets, HTML, "
        "terminals, workflow commands.",
        _tests("safety"),
    ),
    Part(
        "Faults",
        "A full disk, a broken pipe or a kill leaves the old file or the new one; clock, zone, locale"
        " and hash seed change no byte.",
        _tests("faults"),
    ),
    Part(
        "Register",
        "No acknowledged record is lost, and nothing is there in part, at any kill of what records, imports, "
        "migrates, copies or makes a register; the chain is whole after it.",
        ("-m", "register.kills", "--points", "500"),
        ("--points", "100"),
    ),
    Part(
        "Register on a server",
        "The same of registers in PostgreSQL, at any kill of the program that uses them.",
        ("-m", "register.kills", "--points", "500", "--postgresql"),
        ("--points", "30", "--step", "9"),
    ),
    Part(
        "Plugins",
        "A plugin or rule that raises, hangs, prints or lies is named and left out; the others are judged.",
        _tests("test_plugins.py", "test_python_rules.py", "test_rule_processes.py"),
    ),
    Part(
        "Mutation",
        "A small change of legal time, engine or SQL is noticed by a case of the tests.",
        ("-m", "mutation"),
        ("--sample", "20", "--seconds", "10"),
    ),
)
