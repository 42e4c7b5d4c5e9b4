"""Pages that are asked for by a script of theirs: a part of the answer takes the place of a part of the page.

What is answered is the whole page, as always; only that nothing is sent while there is nothing new, and that
the browser is sent to what is no such page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import Response

from .parts import watch_id

if TYPE_CHECKING:
    from starlette.requests import Request

    from .state import Seen

# What an address may hold beside letters and digits: nothing that ends a line of a head.
_IN_PATH, _IN_QUERY = "/:@!$&'()*+,;=-._~", "/?:@!$&'()*+,;=%-._~"


def partly(headers: Mapping[str, str]) -> bool:
    """Whether a script asks."""
    return headers.get("hx-request") == "true"


def nothing_new(headers: Mapping[str, str], seen: Seen) -> Response | None:
    """The answer to a page that waits for the next judgement, as long as there is none."""
    waits = partly(headers) and headers.get("hx-trigger") == watch_id(seen.snapshot.number)
    return Response(status_code=204) if waits and seen.behind and seen.failure is None else None


def wholly(request: Request, response: Response) -> Response:
    """An answer that is no page of the same kind: a script has the browser go to its address."""
    if partly(request.headers) and response.status_code not in (200, 204):
        # As they came: a query may be bytes that are no text.
        path, query = request.scope["path"], request.scope.get("query_string", b"").decode("latin-1")
        asked = f"?{quote(query, safe=_IN_QUERY)}" if query else ""
        response.headers["hx-redirect"] = quote(path, safe=_IN_PATH) + asked
    return response


def sign_in_anew(headers: Mapping[str, str]) -> Response | None:
    """What a script is told where somebody has to sign in: that the browser loads the whole page."""
    return Response(status_code=204, headers={"hx-refresh": "true"}) if partly(headers) else None
