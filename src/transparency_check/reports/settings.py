"""The settings of an office as people and programs read them, before anything is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..messages import known, text
from . import wording
from .cells import wrapped
from .json import setting_object
from .table import draw_table

if TYPE_CHECKING:
    from ..configuration.lay import Laid, Placed

_SETTING = 26


def effect(placed: Placed) -> str:
    """What a setting does, in one sentence."""
    setting = placed.setting
    if placed.idle:
        return text("effect.idle", why=placed.idle)
    own = f"effect.{setting.kind}.{setting.value}"
    code = own if known(own) else f"effect.{setting.kind}"
    said = text(code, subject=wording.setting_subject(setting), value=wording.setting_value(setting))
    return text("effect.remark", effect=said, remark=placed.remark) if placed.remark else said


def _line(placed: Placed) -> int:
    return int(placed.setting.place.rpartition(":")[2])


def settings_object(laid: Laid) -> dict[str, Any]:
    """The configuration for programs; ``file`` is null where there is none."""
    return {
        "file": laid.office.name if laid.office else None,
        "sha256": laid.office.sha256 if laid.office else None,
        "municipality": laid.municipality,
        "packs": [p.id for p in laid.rulebook.packs],
        "settings": [
            setting_object(p.setting) | {"line": _line(p), "effect": effect(p)} for p in laid.placed
        ],
    }


def settings_text(laid: Laid, width: int) -> str:
    """The configuration as a table, a line of the file a row."""
    if laid.office is None:
        return text("config.none") + "\n"
    head = text(
        "config.head",
        name=laid.office.name,
        municipality=laid.municipality or text("config.head.no_municipality"),
        packs=", ".join(p.id for p in laid.rulebook.packs),
    )
    columns = tuple(text(code) for code in ("config.line", "config.setting", "config.effect"))
    rest = width - len(columns[0]) - _SETTING - 4
    rows = [
        [
            str(_line(placed)),
            wrapped(
                (text(f"config.kind.{placed.setting.kind}"), wording.setting_subject(placed.setting)),
                _SETTING,
            ),
            wrapped((effect(placed), f"{wording.setting(placed.setting)}."), rest),
        ]
        for placed in laid.placed
    ]
    parts = [wrapped((head,), width)]
    if rows:
        parts.append(draw_table(columns, rows))
    return "\n\n".join([*parts, text("config.count", n=len(rows))]) + "\n"
