"""All pages of an application, by its own table of addresses: a new one is among them by being there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.routing import Route

from .made import SESSION, Made

# What is no page, and what needs more than an address.
FILES = ("/sheet.{form}", "/exports/report{ending}", "/exports/template.xlsx", "/calendar.ics")
CASE = {"municipality": SESSION["municipality"], "case": SESSION["case"]}
_BAD = {**SESSION, "id": "e3", "time": "31.31.2026"}


@dataclass(frozen=True)
class Pages:
    """The pages of a server of a register that holds ``SESSION`` and a row that was left out; ``more`` are
    queries to ask with, by address; an address without any is asked for as it is.
    """

    made: Made
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """The paths of all pages, below a language."""
        client = self.made.client("recorder")
        finding = client.get("/api/findings?rule=XK-MTG-001").json()["findings"][0]["id"]
        upload = _sent(self.made)
        case = f"?{urlencode(CASE)}"
        asked: dict[str, tuple[str, ...]] = {
            "/obligations": ("", "?rule=NONE", "?from=31.31.2026"),
            "/findings/{id_}": (f"/findings/{finding}",),
            "/calendar": ("", "?month=2026-11"),
            "/case": (case,),
            "/sheet": (case,),
            "/duties/{name}": ("/duties/XK-MTG-001",),
            "/plan": ("", "?what=session&municipality=kline&on=27.11.2026", "?what=session&on=31.31.2026"),
            "/record/{type_}": ("/record/notice.published", "/record/coverage.declared"),
            "/events": ("", "?id=e1"),
            "/events/correct": ("?id=e1",),
            "/events/retract": ("?id=e1",),
            "/events/left-out/none": ("?n=1",),
            "/import/look": (f"?upload={upload}",),
            "/import/done": ("?recorded=2&left_out=1",),
            **self.more,
        }
        found = []
        for address in addresses(self.made):
            if "{" in address:
                assert address in asked, f"tests/serving/addresses.py needs an example of {address}"
                found += asked[address]
            else:
                found += [address + query for query in asked.get(address, ("",))]
        return [*found, "/nothing", "/sign-in"]


def addresses(made: Made) -> list[str]:
    """The addresses of pages as the application has them, without the language."""
    routes = made.guard.app.routes  # type: ignore[attr-defined]
    found = [
        route.path.removeprefix("/{language}")
        for route in routes
        if isinstance(route, Route)
        and route.path.startswith("/{language}/")
        and "GET" in (route.methods or ())
    ]
    return [path for path in dict.fromkeys(found) if path not in (*FILES, "/sign-in")]


def _sent(made: Made) -> str:
    """Import a file without its bad row, and send it once more to be looked at: the key of that."""
    client = made.client("recorder")
    data = "".join(json.dumps(event) + "\n" for event in (SESSION, _BAD)).encode()
    for _ in range(2):
        answer = client.post("/en/import", files={"file": ("log.jsonl", data)}, data={"municipality": ""})
        key = answer.headers["location"].partition("upload=")[2].partition("&")[0]
        if not client.get("/en/events/left-out").text.count("log.jsonl"):
            client.post("/en/import/take", data={"upload": key, "skip_bad": "yes"})
    return key
