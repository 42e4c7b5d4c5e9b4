"""``python -m serving.pictures [FOLDER] [--all]``: pictures of the pages, into docs/pictures/serve.

Those that the documentation keeps; ``--all``: of every page on both screens, light and dark, too.
"""

from __future__ import annotations

import json
import socket
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from site_pages.browser import DESKTOP, PHONE, missing
from transparency_check.readers.location import located
from transparency_check.register.store import create

from .browsing import Listening, chromium, listening, signed_in
from .made import PEOPLE, Clock, serving, settled

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
KLINA = ROOT / "samples" / "klina" / "log.jsonl"
REGISTER = "regjistri.db"
FOLDER = ROOT / "docs" / "pictures" / "serve"
SIZES = {"phone": PHONE, "desktop": DESKTOP}
# Pictures of pages that are longer show how they begin.
HIGHEST = {"phone": 1000, "desktop": 760}
# The documentation shows them smaller than a screen does.
SCALE = {"phone": 1, "desktop": 0.625}
# The session of the sample that was not announced in time, and is still to come.
CASE = {"municipality": "kline", "case": "seanca-2026-11"}
OTHER = {"municipality": "kline", "case": "seanca-2026-12"}
NOTICE = "/record/notice.published"


class Look(NamedTuple):
    """How a page is looked at."""

    language: str
    size: str
    scheme: str


class Picture(NamedTuple):
    """A picture: its name, the address below a language, and how it is looked at."""

    name: str
    path: str
    look: Look

    @property
    def file(self) -> str:
        return f"{self.name}-{'-'.join(self.look)}.png"


FIRST = Look("sq", "desktop", "light")
SMALL = Look("sr-Latn", "phone", "dark")
# Those that are kept of a phone.
ON_PHONE = ("overview", "finding", "form", "calendar")
ALL = (FIRST, Look("sr-Cyrl", "desktop", "dark"), Look("sq", "phone", "light"), SMALL)


@contextmanager
def office(folder: Path) -> Iterator[Listening]:
    """The register of the sample, with a row that was left out, on the day for which the sample is told; it
    is named as whoever starts the server beside it would name it.
    """
    bad = {"type": "notice.published", "time": "31.11.2026", "notice_kind": "meeting", **OTHER}
    PEOPLE["recorder"] = "Besa Gashi"
    with chdir(folder), socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        create(located(REGISTER), str(uuid.UUID(int=1)), Clock().now)
        port = found.getsockname()[1]
        with serving(folder, REGISTER, day=20, port=port) as made, listening(made, found) as there:
            imported(there, "letra.jsonl", json.dumps(bad).encode() + b"\n")
            imported(there, KLINA.name, KLINA.read_bytes())
            settled(made)
            yield there


def imported(there: Listening, name: str, data: bytes) -> None:
    """Import a file as an officer does, leaving out what cannot be read."""
    client = there.made.client("recorder")
    answer = client.post("/sq/import", files={"file": (name, data)}, data={"municipality": ""})
    key = answer.headers["location"].partition("upload=")[2].partition("&")[0]
    answer = client.post("/sq/import/take", data={"upload": key, "skip_bad": "yes"})
    assert "/import/done" in answer.headers["location"], name


def pages(there: Listening) -> dict[str, str]:
    """Names of pages with their addresses below a language."""
    client = there.made.client("recorder")
    asked = {"rule": "XK-MTG-001", **CASE}
    found = client.get("/api/findings", params=asked).json()["findings"]
    case, finding = urlencode(CASE), found[0]["id"]
    data = "\n".join([*KLINA.read_text("utf-8").splitlines()[:6], json.dumps({"type": "party.held"}), ""])
    answer = client.post("/en/import", files={"file": ("regjistri.jsonl", data.encode())}, data={})
    look = answer.headers["location"].partition("?")[2]
    plan = urlencode({"what": "session", "municipality": "kline", "on": "27.11.2026"})
    return {
        "overview": "/",
        "obligations": "/obligations",
        "finding": f"/findings/{finding}",
        "calendar": "/calendar?month=2026-11",
        "cases": "/cases",
        "case": f"/case?{case}",
        "sheet": f"/sheet?{case}",
        "plan": "/plan",
        "planned": f"/plan?{plan}#plan-1",
        "duties": "/duties",
        "duty": "/duties/XK-MTG-001",
        "record": "/record",
        "form": f"{NOTICE}?{case}",
        "refused": f"{NOTICE}?{case}#refused",
        "events": "/events",
        "event": "/events?id=MK-2026-163",
        "correct": "/events/correct?id=MK-2026-163",
        "retract": "/events/retract?id=MK-2026-163",
        "left-out": "/events/left-out",
        "no-event": "/events/left-out/none?n=1",
        "import": "/import",
        "preview": f"/import/look?{look}",
        "imported": "/import/done?recorded=168&corrections=1&left_out=1",
        "waivers": "/waivers",
        "exports": "/exports",
        "about": "/about",
        "missing": "/findings/0123456789abcdef",
    }


def take(page: Page, there: Listening, picture: Picture, target: Path) -> None:
    """Take one."""
    path, _, mark = picture.path.partition("#")
    page.goto(f"{there.address}/{picture.look.language}{path}")
    if mark == "refused":
        page.fill("#field-time", "31.11.2026")
        page.click("main button[type=submit]")
        page.wait_for_selector("[role=alert]")
    hide_key(page)
    width = SIZES[picture.look.size]["width"]
    top = 0
    if page.locator(f"[id='{mark}']").count():
        # Of what a form brings about, not the form again.
        top = int(page.locator(f"[id='{mark}']").bounding_box()["y"]) - 40  # type: ignore[index]
    height = page.evaluate("document.documentElement.scrollHeight") - top
    page.screenshot(
        path=target / picture.file,
        full_page=True,
        animations="disabled",
        clip={"x": 0, "y": top, "width": width, "height": min(height, HIGHEST[picture.look.size])},
    )


def hide_key(page: Page) -> None:
    """In place of what is another one each time, what a picture can show."""
    page.evaluate(
        """() => {
            for (const code of document.querySelectorAll(".copied code"))
                code.textContent = code.textContent.replace(/:\\d+\\/(?=[a-z])/, ":8765/")
                    .replace(/key=.*/, "key=...");
        }"""
    )


def main(arguments: Sequence[str]) -> int:
    """Take them."""
    if lacking := missing():
        print(lacking, file=sys.stderr)
        return 2
    every = "--all" in arguments
    named = [a for a in arguments if a != "--all"]
    target = (Path(named[0]) if named else FOLDER).absolute()
    target.mkdir(parents=True, exist_ok=True)
    number = 0
    with tempfile.TemporaryDirectory() as folder, office(Path(folder)) as there, chromium() as launched:
        found = pages(there)
        for look in ALL if every else (FIRST, SMALL):
            page = signed_in(
                launched, there.address, look.language, viewport=SIZES[look.size], color_scheme=look.scheme,
                reduced_motion="reduce", device_scale_factor=1 if every else SCALE[look.size],
            )  # fmt: skip
            for name, path in found.items():
                if every or look == FIRST or name in ON_PHONE:
                    take(page, there, Picture(name, path, look), target)
                    number += 1
            page.context.close()
        for look in ALL if every else (FIRST,):
            context = launched.new_context(
                viewport=SIZES[look.size], color_scheme=look.scheme,
                device_scale_factor=1 if every else SCALE[look.size],
            )  # fmt: skip
            take(context.new_page(), there, Picture("sign-in", "/sign-in", look), target)
            context.close()
            number += 1
    print(f"{number} pictures in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
