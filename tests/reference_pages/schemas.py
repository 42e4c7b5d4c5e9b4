"""A JSON Schema as a page: a row for each key, its parts below it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .tables import code, table

Schema = dict[str, Any]
# How the patterns and formats that the schemas use are said.
_NOT_EMPTY = "text, not empty"
_FORMATS = {"date": "day (YYYY-MM-DD)"}
_PATTERNS = {
    r"\S": _NOT_EMPTY,
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "day (YYYY-MM-DD)",
    "^[0-9a-f]{64}$": "SHA-256",
}


def schema_page(title: str, lead: str, schema: Schema) -> str:
    """The page of one schema: a section for the whole, then one for each part that has keys of its own."""
    parts = _Parts(schema)
    bold = "Keys in bold are always there, where what they belong to is.\n"
    sections = [f"# {title}\n", f"{lead}\n", bold, "## The whole\n", parts.keys(schema)]
    told: set[str] = set()
    while waiting := [name for name in parts.named if name not in told]:
        for name in waiting:
            told.add(name)
            found = schema["$defs"][name]
            sections.append(f"## {_heading(name)}\n")
            if says := found.get("description"):
                sections.append(f"{' '.join(says.replace('``', '`').split())}\n")
            sections.append(parts.keys(found))
    return "\n".join(sections)


def _heading(name: str) -> str:
    return name.replace("_", " ")


class _Parts:
    """The rows of a schema, and which parts they name, in the order in which they first do."""

    def __init__(self, whole: Schema) -> None:
        self._defs: dict[str, Schema] = whole.get("$defs", {})
        self.named: dict[str, None] = {}

    def keys(self, schema: Schema) -> str:
        return table(("key", "what it holds", "remark"), self._rows(schema, ""))

    def _rows(self, schema: Schema, before: str) -> Iterator[tuple[str, str, str]]:
        needed = schema.get("required", ())
        for name, part in schema.get("properties", {}).items():
            path = f"{before}{name}"
            shown = code(path)
            yield (f"**{shown}**" if name in needed else shown, self.kind(part), self._remark(part))
            yield from self._below(part, path)
        more = schema.get("additionalProperties")
        if isinstance(more, dict):
            path = f"{before}NAME"
            yield (code(path), self.kind(more), self._remark(more))
            yield from self._below(more, path)

    def _below(self, schema: Schema, path: str) -> Iterator[tuple[str, str, str]]:
        """The keys of an object, of the elements of a list, of the alternative that is one."""
        if schema.get("properties") or isinstance(schema.get("additionalProperties"), dict):
            yield from self._rows(schema, f"{path}.")
        elif "items" in schema and "$ref" not in schema["items"]:
            yield from self._below(schema["items"], f"{path}[]")
        else:
            for way in schema.get("anyOf", ()):
                yield from self._below(way, path)

    def _remark(self, schema: Schema) -> str:
        says = schema.get("description")
        return "" if says is None else str(says)

    @staticmethod
    def _is_part(schema: Schema) -> bool:
        return bool(schema.get("properties"))

    def kind(self, schema: Schema) -> str:
        """What a value may be, in words."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if not self._is_part(found := self._defs[name]):
                says = str(found.get("description", "")).rstrip(".")
                return f"{says[:1].lower()}{says[1:]}" if says else self.kind(found)
            self.named.setdefault(name)
            return f"[{_heading(name)}](#{_heading(name).lower().replace(' ', '-')})"
        if ways := schema.get("anyOf"):
            return " or ".join(dict.fromkeys(self.kind(way) for way in ways))
        if "const" in schema:
            return code(_value(schema["const"]))
        if values := schema.get("enum"):
            return ", ".join(code(_value(value)) for value in values)
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return " or ".join(self._one(kind, schema) for kind in kinds)

    def _one(self, kind: str, schema: Schema) -> str:
        if kind == "array":
            return f"list of {self.kind(schema['items'])}" if "items" in schema else "list"
        if kind == "string":
            if pattern := schema.get("pattern"):
                return _PATTERNS.get(pattern, f"text as {code(pattern)}")
            if "format" in schema:
                return _FORMATS[schema["format"]]
            return _NOT_EMPTY if schema.get("minLength") else "text"
        if kind in ("integer", "number"):
            words = "whole number" if kind == "integer" else "number"
            limits = [f"{word} {schema[key]}" for key, word in _LIMITS if key in schema]
            return ", ".join([words, *limits])
        return {"boolean": "true or false", "object": "object", "null": "null"}[kind]


_LIMITS = (("minimum", "from"), ("maximum", "to"))


def _value(value: object) -> str:
    return {None: "null", True: "true", False: "false"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]
