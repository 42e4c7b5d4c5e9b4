"""Registers as a lawyer fills them in: the same ten events in Albanian and in Serbian in Cyrillic script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from transparency_check.spreadsheets.template import Cells

D, T = dt.date, lambda *parts: dt.datetime(*parts)  # noqa: DTZ001

_SESSION_SQ = {"body": "Kuvendi", "meeting_type": "seancë"}
_SESSION_SR = {"body": "скупштина", "meeting_type": "седница"}
_SEVEN = {"case": "K-07/26", "municipality": "Klinë"}
_EIGHT = {"case": "K-08/26", "municipality": "Klinë"}
_REQUEST = {"case": "Q-11/26", "municipality": "Klinë"}

ALBANIAN: Sequence[Cells] = (
    {
        **_SEVEN,
        "type": "Mbledhja u caktua",
        "time": D(2026, 9, 1),
        **_SESSION_SQ,
        "session_kind": "e rregullt",
        "planned_at": T(2026, 9, 24, 10, 0),
        "requested_by": "kryesuesi",
    },
    {
        **_SEVEN,
        "type": "U publikua njoftimi",
        "time": D(2026, 9, 4),
        "notice_kind": "mbledhje",
        "channel": "uebfaqja; tabela e shpalljeve",
        "languages": "shqip; serbisht",
    },
    {
        **_SEVEN,
        "type": "Mbledhja u mbajt",
        "time": T(2026, 9, 24, 10, 0),
        **_SESSION_SQ,
        "session_kind": "e rregullt",
        "open_to_public": "po",
    },
    {**_SEVEN, "type": "U miratua akti", "time": D(2026, 9, 24), "act_kind": "rregullore", "body": "kuvendi"},
    {
        **_EIGHT,
        "type": "Mbledhja u caktua",
        "time": D(2026, 10, 1),
        **_SESSION_SQ,
        "session_kind": "e rregullt",
        "planned_at": D(2026, 10, 15),
    },
    {
        **_EIGHT,
        "type": "U publikua njoftimi",
        "time": D(2026, 10, 12),
        "notice_kind": "mbledhje",
        "channel": "uebfaqja",
        "languages": "shqip",
    },
    {
        **_EIGHT,
        "type": "Mbledhja u mbajt",
        "time": D(2026, 10, 15),
        **_SESSION_SQ,
        "session_kind": "e rregullt",
    },
    {
        **_REQUEST,
        "type": "U pranua kërkesa për qasje",
        "time": D(2026, 9, 7),
        "channel": "posta elektronike",
        "oral": "jo",
    },
    {**_REQUEST, "type": "U regjistrua kërkesa", "time": D(2026, 9, 8)},
    {
        **_REQUEST,
        "type": "U dha vendimi për kërkesën",
        "time": D(2026, 9, 14),
        "outcome": "lejuar",
        "reasoned": "po",
    },
)

_PLACE = {"municipality": "Клина"}
CYRILLIC: Sequence[Cells] = (
    {
        **_SEVEN,
        **_PLACE,
        "type": "Састанак је заказан",
        "time": D(2026, 9, 1),
        **_SESSION_SR,
        "session_kind": "редовна",
        "planned_at": T(2026, 9, 24, 10, 0),
        "requested_by": "председавајући",
    },
    {
        **_SEVEN,
        **_PLACE,
        "type": "Објављено је обавештење",
        "time": D(2026, 9, 4),
        "notice_kind": "седница",
        "channel": "веб-страница; огласна табла",
        "languages": "албански; српски",
    },
    {
        **_SEVEN,
        **_PLACE,
        "type": "Састанак је одржан",
        "time": T(2026, 9, 24, 10, 0),
        **_SESSION_SR,
        "session_kind": "редовна",
        "open_to_public": "да",
    },
    {
        **_SEVEN,
        **_PLACE,
        "type": "Акт је усвојен",
        "time": D(2026, 9, 24),
        "act_kind": "уредба",
        "body": "скупштина",
    },
    {
        **_EIGHT,
        **_PLACE,
        "type": "Састанак је заказан",
        "time": D(2026, 10, 1),
        **_SESSION_SR,
        "session_kind": "редовна",
        "planned_at": D(2026, 10, 15),
    },
    {
        **_EIGHT,
        **_PLACE,
        "type": "Објављено је обавештење",
        "time": D(2026, 10, 12),
        "notice_kind": "седница",
        "channel": "веб-страница",
        "languages": "албански",
    },
    {
        **_EIGHT,
        **_PLACE,
        "type": "Састанак је одржан",
        "time": D(2026, 10, 15),
        **_SESSION_SR,
        "session_kind": "редовна",
    },
    {
        **_REQUEST,
        **_PLACE,
        "type": "Примљен је захтев за приступ",
        "time": D(2026, 9, 7),
        "channel": "електронска пошта",
        "oral": "не",
    },
    {**_REQUEST, **_PLACE, "type": "Захтев је регистрован", "time": D(2026, 9, 8)},
    {
        **_REQUEST,
        **_PLACE,
        "type": "Донета је одлука по захтеву",
        "time": D(2026, 9, 14),
        "outcome": "одобрено",
        "reasoned": "да",
    },
)

COVERED: Sequence[Cells] = (
    {
        "type": "U deklarua mbulimi i regjistrit",
        "time": D(2026, 9, 1),
        "municipality": "Klinë",
        "period": "2026-09-01/2026-12-31",
        "event_families": "mbledhjet; njoftimet; aktet",
    },
)
