"""On which line of a TOML file a key or a list entry stands; ``tomllib`` does not say."""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def line_of(places: dict[Path, int], path: Path) -> int:
    """The line of a path, else of the nearest part of it that stands in the file."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)


def places(text: str) -> dict[Path, int]:
    """The line, from 1, of every key and list entry of a document that ``tomllib`` has accepted."""
    return _Scan(text.replace("\r\n", "\n")).places


class _Scan:
    """One pass over the text; what is valid TOML needs no other checks."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.places: dict[Path, int] = {}
        # How many tables each `[[list]]` has so far.
        self.lengths: dict[Path, int] = {}
        table: Path = ()
        while self._more():
            if self.text.startswith("[[", self.at):
                self.at += 2
                table = self._list_entry(self._keys())
                self.at += 2
            elif self.text[self.at] == "[":
                self.at += 1
                table = self._within(self._keys())
                self._note(table)
                self.at += 1
            else:
                self._pair(table)

    def _more(self) -> bool:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _note(self, path: Path) -> None:
        line = self.text.count("\n", 0, self.at) + 1
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], line)

    def _keys(self) -> Path:
        """A dotted key, up to what follows it."""
        keys: list[str] = []
        while found := _KEY.match(self.text, self.at):
            self.at = found.end()
            raw = found[1]
            keys.append(tomllib.loads(f"k = {raw}")["k"] if raw[0] in "\"'" else raw)
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return tuple(keys)

    def _within(self, keys: Path) -> Path:
        """The path of a table's keys: below a list of tables they mean its last entry."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.lengths:
                path = (*path, self.lengths[path] - 1)
        return path

    def _list_entry(self, keys: Path) -> Path:
        path = (*self._within(keys[:-1]), keys[-1])
        number = self.lengths.get(path, 0)
        self.lengths[path] = number + 1
        self._note((*path, number))
        return (*path, number)

    def _pair(self, table: Path) -> None:
        self._more()
        start = self.at
        path = (*table, *self._keys())
        after, self.at = self.at, start
        self._note(path)
        self.at = after + 1
        self._value(path)

    def _value(self, path: Path) -> None:
        self._more()
        opening = self.text[self.at]
        if opening in "[{":
            self._items(path, opening)
            return
        found = (_STRING if opening in "\"'" else _SCALAR).match(self.text, self.at)
        assert found is not None
        self.at = found.end()

    def _items(self, path: Path, opening: str) -> None:
        self.at += 1
        number = 0
        while self._more() and self.text[self.at] not in "]}":
            if opening == "[":
                self._note((*path, number))
                self._value((*path, number))
                number += 1
            else:
                self._pair(path)
            self._more()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1
