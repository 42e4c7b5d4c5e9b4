"""``log.jsonl.meta.yaml``: what an office declares about the log beside it - values for all rows, what the
log covers, and what its words mean.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..messages import phrase, system
from ..messages.problems import problem, shown, why
from ..model import Problem
from .inputs import SIDECARS, beside, display_name
from .names import nearest
from .strict_json import JsonFault, StrictJson

# Columns that may be declared once for all rows that do not state them.
DEFAULTS = ("municipality", "case", "source")
_KEYS = (*DEFAULTS, "coverage", "columns", "values")
_ENTRY_KEYS = ("municipality", "period", "event_families", "source", "note")
_MAX_BYTES = 200_000
# Deeper than any declaration; the parser takes minutes over depth without end.
_MAX_DEPTH = 20
_BLOCK_DEPTH = re.compile(rf"(?:[-?:] ){{{_MAX_DEPTH}}}")


class Declaration(NamedTuple):
    """One entry of ``coverage``, as it stands there; ``place`` is that of the sidecar."""

    place: str
    values: dict[str, Any]


class Said(NamedTuple):
    """What a word is said to mean: a name, or None for a column that is left out."""

    place: str
    meant: str | None


class Sidecar(NamedTuple):
    """``defaults`` by column, declarations of coverage, problems; ``columns`` says what headers mean,
    ``values`` what words mean in a column, with the place where that begins. ``name`` and ``sha256`` are
    empty where there is no file.
    """

    name: str
    sha256: str
    defaults: dict[str, str]
    coverage: list[Declaration]
    problems: list[Problem]
    columns: Mapping[str, Said] = {}
    values: Mapping[str, tuple[str, Mapping[str, Said]]] = {}


def read_sidecar(log: Path) -> Sidecar:
    """The declarations beside a log: ``log.jsonl.meta.yaml``, ``log.meta.yaml``, or the same with
    ``.json``. Never raises.
    """
    files = [path for path in beside(log) if path.is_file()]
    if not files:
        return Sidecar("", "", {}, [], [])
    name = display_name(files[0])
    if len(files) > 1:
        second = display_name(files[1])
        told = problem("sidecar_twice", name, name=display_name(log), first=name, second=second)
        return Sidecar("", "", {}, [], [told])
    try:
        data = files[0].read_bytes()
    except OSError as error:
        fault = f"{system.reason(error)}."
        return Sidecar("", "", {}, [], [problem("sidecar_syntax", name, why=fault)])
    content, found = _load(data, name)
    problems = [found] if found else []
    defaults: dict[str, str] = {}
    coverage: list[Declaration] = []
    columns: dict[str, Said] = {}
    values: dict[str, tuple[str, Mapping[str, Said]]] = {}
    if isinstance(content, dict):
        _read(content, name, defaults, coverage, problems)
        columns |= _said(content, "columns", name, problems, may_be_none=True)
        for column, place in _mapped(content, "values", name, problems):
            values[column] = place, _said(content["values"], column, name, problems)
    elif not problems:
        problems.append(problem("sidecar_syntax", name, why=why("mapping")))
    digest = hashlib.sha256(data).hexdigest()
    return Sidecar(name, digest, defaults, coverage, problems, columns, values)


def alone(folder: Path, logs: set[Path]) -> Iterator[Problem]:
    """A warning for each sidecar in a folder (and below) that stands beside none of its logs."""
    known = {path for log in logs for path in beside(log)}
    for ending in SIDECARS:
        for path in sorted(folder.rglob(f"*{ending}")):
            if path not in known:
                yield problem("sidecar_alone", display_name(path))


def _load(data: bytes, name: str) -> tuple[object, Problem | None]:
    if len(data) > _MAX_BYTES:
        return None, problem(
            "sidecar_syntax", name, why=phrase("it is larger than {most} KB.", most=_MAX_BYTES // 1000)
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, problem(
            "sidecar_syntax", name, why=phrase("it is not UTF-8 at byte {byte}.", byte=error.start + 1)
        )
    if name.casefold().endswith(".json"):
        try:
            return StrictJson().document(text), None
        except JsonFault as fault:
            return None, problem("sidecar_syntax", name, why=_json_why(fault))
    return _load_yaml(text, name)


def _json_why(fault: JsonFault) -> str:
    told = problem(
        fault.code, "", **{k: shown(v) if k in ("key", "value") else v for k, v in fault.values.items()}
    )
    return told.message.split(". ")[0] + "."


def _load_yaml(text: str, name: str) -> tuple[object, Problem | None]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

    if _deep(text):
        return None, problem(
            "sidecar_syntax", name, why=phrase("it is nested more than {most} deep.", most=_MAX_DEPTH)
        )
    # The round-trip loader knows on which line a key stands, and refuses a key that stands twice.
    loader = YAML(typ="rt", pure=True)
    try:
        with warnings.catch_warnings():
            # It would say so on the terminal, and take the second one.
            warnings.simplefilter("error", ReusedAnchorWarning)
            return loader.load(text), None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}" if mark is not None else name
        return None, problem(
            "sidecar_syntax", place, why=f"{str(error.problem or error.context).splitlines()[0]}."
        )
    except ReusedAnchorWarning:
        return None, problem("sidecar_syntax", name, why=phrase("an anchor (&) stands in it twice."))
    except (YAMLError, ValueError, RecursionError) as error:
        fault = (str(error).splitlines() or [type(error).__name__])[0]
        return None, problem("sidecar_syntax", name, why=f"{fault}.")
    except (AssertionError, LookupError, NotImplementedError, TypeError):
        # What the loader stumbles over: directives of other versions, lists as keys, comments in odd places.
        return None, problem("sidecar_syntax", name, why=phrase("it is no YAML that this program can read."))


def _deep(text: str) -> bool:
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > _MAX_DEPTH:
            return True
    return _BLOCK_DEPTH.search(text) is not None


def _place(container: Any, key: str | int, name: str) -> str:
    """``file:line`` of a key or item, where the format knows lines."""
    lines = getattr(container, "lc", None)
    try:
        return f"{name}:{lines.data[key][0] + 1}" if lines is not None else name
    except (KeyError, TypeError, AttributeError):
        return name


def _read(
    content: dict[Any, Any],
    name: str,
    defaults: dict[str, str],
    coverage: list[Declaration],
    problems: list[Problem],
) -> None:
    for key, value in content.items():
        place = _place(content, key, name)
        if key not in _KEYS:
            problems.append(_unknown(key, _KEYS, place))
        elif key in ("columns", "values"):
            continue
        elif key == "coverage":
            _read_coverage(value, place, name, coverage, problems)
        elif isinstance(value, str) and value.strip():
            defaults[key] = str(value)
        elif value is not None:
            problems.append(
                problem("sidecar_value", place, key=key, value=shown(_plain(value)), why=why("text"))
            )


def _mapped(content: Any, key: str, name: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The keys of a mapping under a key, which are text, with their places."""
    found = content.get(key)
    if found is None:
        return
    if not isinstance(found, dict):
        at, value = _place(content, key, name), shown(_plain(found))
        problems.append(problem("sidecar_value", at, key=shown(key), value=value, why=why("mapping")))
        return
    for word in found:
        at = _place(found, word, name)
        if isinstance(word, str) and word.strip():
            yield str(word), at
        else:
            value = shown(_plain(word))
            problems.append(problem("sidecar_value", at, key=shown(key), value=value, why=why("text")))


def _said(
    content: Any, key: str, name: str, problems: list[Problem], *, may_be_none: bool = False
) -> dict[str, Said]:
    """What stands under a key: what each of some words means."""
    said: dict[str, Said] = {}
    for word, place in _mapped(content, key, name, problems):
        meant = content[key][word]
        if isinstance(meant, bool):
            meant = "true" if meant else "false"
        if isinstance(meant, str) or (meant is None and may_be_none):
            said[word] = Said(place, None if meant is None else str(meant))
        else:
            value = shown(_plain(meant))
            problems.append(problem("sidecar_value", place, key=shown(word), value=value, why=why("text")))
    return said


def _read_coverage(
    value: object, place: str, name: str, coverage: list[Declaration], problems: list[Problem]
) -> None:
    if not isinstance(value, list):
        problems.append(
            problem(
                "sidecar_value", place, key="coverage", value=shown(_plain(value)), why=why("coverage_list")
            )
        )
        return
    for index, entry in enumerate(value):
        at = _place(value, index, name)
        if not isinstance(entry, dict):
            problems.append(
                problem(
                    "sidecar_value", at, key="coverage", value=shown(_plain(entry)), why=why("coverage_list")
                )
            )
            continue
        unknown = [key for key in entry if key not in _ENTRY_KEYS]
        problems += [_unknown(key, _ENTRY_KEYS, _place(entry, key, name)) for key in unknown]
        if not unknown:
            coverage.append(
                Declaration(at, {key: _plain(part) for key, part in entry.items() if part is not None})
            )


def _unknown(key: object, known: tuple[str, ...], place: str) -> Problem:
    return problem(
        "sidecar_key", place, key=shown(str(key)), nearest=nearest(str(key), known), known=", ".join(known)
    )


def _plain(value: object) -> object:
    """A value of the loader as an ordinary one, one list deep: aliases could make more depth endless."""
    if isinstance(value, list):
        return ["[...]" if isinstance(part, list | dict) else _scalar(part) for part in value]
    return "{...}" if isinstance(value, dict) else _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value
