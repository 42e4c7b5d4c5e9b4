"""On which line of a JSON text a key or a list entry stands; ``json`` does not say."""

from __future__ import annotations

import json
import re

from ..configuration.places import Path

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def lines_of(text: str) -> tuple[dict[Path, int], list[Path]]:
    """The line, from 1, of every key and list entry of a text that is valid JSON; and the keys that stand
    twice, whose line is that of the later one.
    """
    places: dict[Path, int] = {}
    repeated: list[Path] = []
    path: list[str | int] = []
    # Of every open object or list, which of the two it is.
    within: list[str] = []
    line, at, awaits_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", at, token.start())
        at = token.start()
        said = token[0]
        if said in "}]":
            if within.pop() == "[":
                path.pop()
            awaits_key = False
        elif said == ":":
            continue
        elif said == ",":
            awaits_key = within[-1] == "{"
            if not awaits_key:
                path[-1] = int(path[-1]) + 1
        elif awaits_key:
            key = (*path, json.loads(said))
            repeated += [key] if key in places else []
            places[key] = line
            path.append(key[-1])
            awaits_key = False
            continue
        else:
            if within and within[-1] == "[":
                places[tuple(path)] = line
            if said in "{[":
                within.append(said)
                awaits_key = said == "{"
                path += [0] if said == "[" else []
                continue
        # A value has ended: an object's key with it.
        if said not in ",:" and within and within[-1] == "{" and path:
            path.pop()
    return places, repeated
