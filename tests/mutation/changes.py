"""Small changes of Python and SQL source, one at a time."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "transparency_check"
AREAS = {
    "legal time": ("times.py", "calendars/*.py"),
    "engine": ("engine/*.py", "database/*.py"),
    "sql": ("engine/sql/*.sql",),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One changed place. ``start`` and ``end`` are offsets in the text of the file; ``path`` is relative to
    the package. ``within`` is the first line of the function (decorators included) or the name of the block
    ``-- [if X]`` that it stands in; empty outside of them.
    """

    path: str
    within: str
    line: int
    before: str
    after: str
    start: int
    end: int

    def applied(self, text: str) -> str:
        """The text of the file with the change."""
        return text[: self.start] + self.after + text[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.before!r} -> {self.after!r}"


def changes(area: str) -> Iterator[Change]:
    """All changes of an area, in the order of files and lines."""
    for pattern in AREAS[area]:
        for file in sorted(PACKAGE.glob(pattern)):
            yield from changes_of(file.relative_to(PACKAGE).as_posix())


def changes_of(path: str) -> Iterator[Change]:
    """All changes of a file of the package."""
    text = (PACKAGE / path).read_text(encoding="utf-8")
    for start, end, after, within in in_sql(text) if path.endswith(".sql") else in_python(text):
        line = text.count("\n", 0, start) + 1
        yield Change(path, within, line, text[start:end], after, start, end)


# -- SQL --------------------------------------------------------------------------------------------------

# Words and signs with what takes their place; the longer ones first. None: leave alone.
_SQL = [
    (r"IS NOT DISTINCT FROM", "="), (r"IS DISTINCT FROM", "<>"), (r"IS NOT NULL", "IS NULL"),
    (r"IS NULL", "IS NOT NULL"), (r"IS NOT TRUE", "IS TRUE"), (r"NULLS LAST", "NULLS FIRST"),
    (r"NOT EXISTS", "EXISTS"), (r"(?<!NOT )EXISTS", "NOT EXISTS"), (r"NOT IN\b", "IN"),
    (r"\bNOT (?=[a-z(])", ""),
    (r"LEFT JOIN", "JOIN"), (r"ANTI JOIN", "SEMI JOIN"), (r"SEMI JOIN", "ANTI JOIN"),
    # Every row that names a form, a selector or an obligation has one: looking it up leaves nothing out.
    (r"(?<!LEFT )JOIN (?:form f USING \(form\)|selector s USING \(selector\)|ob o USING \(o\))", None),
    (r"(?<!LEFT )(?<!ANTI )(?<!SEMI )(?<!CROSS )\bJOIN(?= \w+ \w+ (?:USING|ON)\b)", "LEFT JOIN"),
    (r"\bAND\b", "OR"), (r"\bOR\b(?! REPLACE)", "AND"), (r"UNION ALL", None), (r"\bUNION\b", None),
    (r"<=", "<"), (r">=", ">"), (r"<>", "="), (r"<", "<="), (r"(?<![-=])>", ">="),
    (r"(?<![<>:!])=(?!>)", "<>"),
    (r"\bmin\(", "max("), (r"\bmax\(", "min("), (r"\barg_min\(", "arg_max("), (r"\bmax_by\(", "min_by("),
    (r"\bbool_or\(", "bool_and("), (r"\bbool_and\(", "bool_or("), (r"\bgreatest\(", "least("),
    (r"\bleast\(", "greatest("), (r"\blead\(", "lag("), (r"\blag\(", "lead("), (r"\bTRUE\b", "FALSE"),
    (r"\bFALSE\b", "TRUE"), (r"\bDISTINCT (?!FROM)", ""), (r" DESC\b", ""),
    (r"(?<=THEN )(?:1|2|4|5|8|16|31)\b", "0"), (r"(?<=ELSE )(?:1|2|4|5|8|16|31)\b", "0"), (r"\| ", "& "),
]  # fmt: skip
_SQL_WORDS = re.compile("|".join(f"(?P<w{n}>{pattern})" for n, (pattern, _) in enumerate(_SQL)))
# A string says 'missing_field', a comment says anything; BETWEEN has an AND of its own.
_SQL_SKIPPED = re.compile(r"'[^']*'|--[^\n]*|BETWEEN (?:[^\n]|\n(?! *(?:WHERE|GROUP)))*?\bAND\b")


_SQL_EDGE = re.compile(r"^ *-- \[(?:if (\w+)|end)\]$", re.MULTILINE)


def _blocks(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and name of each block, those inside before the one that they stand in."""
    open_ = []
    for edge in _SQL_EDGE.finditer(text):
        if edge[1]:
            open_.append((edge.start(), edge[1]))
        else:
            begin, name = open_.pop()
            yield begin, edge.end(), name


def in_sql(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Begin, end, what takes its place, and the block it stands in."""
    skipped = [match.span() for match in _SQL_SKIPPED.finditer(text)]
    blocks = [*_blocks(text)]
    for match in _SQL_WORDS.finditer(text):
        after = _SQL[int(str(match.lastgroup)[1:])][1]
        if after is None or any(a <= match.start() < b for a, b in skipped):
            continue
        within = next((name for a, b, name in blocks if a <= match.start() < b), "")
        yield match.start(), match.end(), after, within


# -- Python -----------------------------------------------------------------------------------------------

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


def in_python(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Begin, end, what takes its place, and the first line of the function it stands in."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    raw = text.encode()

    def offset(line: int, column: int) -> int:
        return len(raw[: starts[line - 1] + column].decode())

    for node, changed, within in _changed_nodes(ast.parse(text)):
        assert node.end_lineno is not None and node.end_col_offset is not None
        start, end = offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)
        yield start, end, f"({ast.unparse(changed)})", within


def _changed_nodes(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, str]]:
    """Expressions, each with one that takes its place and with the first line of its function."""
    waiting: list[tuple[ast.AST, str]] = [(tree, "")]
    while waiting:
        node, within = waiting.pop()
        if isinstance(node, ast.expr) and not isinstance(node, ast.JoinedStr):
            for changed in _instead(node):
                # A part of the node that takes its place stays where it is, as it is changed, too.
                yield node, ast.copy_location(copy.copy(changed), node), within
        waiting.extend(reversed(list(_parts(node, within))))


def _parts(node: ast.AST, within: str) -> Iterator[tuple[ast.AST, str]]:
    """What is looked through below a node; annotations and messages of errors are no code."""
    match node:
        case ast.AnnAssign(value=value):
            if value is not None:
                yield value, within
        case ast.Raise() | ast.JoinedStr() | ast.Assert() | ast.Import() | ast.ImportFrom():
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.keyword(arg="strict"):
            # Of `zip`: it guards against lists of different length, which no input makes.
            return
        case ast.FunctionDef(body=body, decorator_list=decorators):
            # Decorators say what is remembered of a function and how much: speed.
            first = min([node.lineno, *(d.lineno for d in decorators)])
            for part in body:
                yield part, str(first)
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield default, within
        case ast.ClassDef(body=body):
            # Those of classes say how instances are stored and that they are not changed.
            for part in body:
                yield part, within
        case _:
            for part in ast.iter_child_nodes(node):
                yield part, within


def _instead(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            yield ast.Compare(left, [_COMPARED[type(op)]()], comparators)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            yield ast.BinOp(left, _COUNTED[type(op)](), right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case _:
            pass
