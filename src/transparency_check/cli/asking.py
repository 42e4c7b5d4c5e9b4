"""From options to an inquiry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..checking import DEFAULT_RULE_TIMEOUT, Ahead, Inquiry
from ..checking import memory as bytes_in
from ..waivers.file import waiver_file
from .office import office


def inquiry(
    logs: tuple[str, ...],
    *,
    packs: tuple[str, ...],
    as_of: str | None,
    known_at: str | None,
    input_format: str | None,
    no_cache: bool,
    config: str | None,
    no_config: bool,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    within: str | None = None,
    rule_timeout: int | None = None,
    memory: str | None = None,
    waivers: str | None = None,
    no_waivers: bool = False,
) -> Inquiry:
    """The inquiry that the options of a command amount to. Raises ``UsageError`` for a horizon that is
    none, ``ConfigurationError`` for a configuration that cannot be used.
    """
    return Inquiry(
        logs=logs,
        packs=packs,
        as_of=as_of,
        known_at=known_at,
        select=select,
        ignore=ignore,
        input_format=input_format,
        cache=not no_cache,
        ahead=None if within is None else Ahead.read(within),
        office=office(config, no_config),
        waivers=waiver_file(waivers, no_waivers),
        memory=None if memory is None else bytes_in(memory),
        rule_timeout=DEFAULT_RULE_TIMEOUT if rule_timeout is None else rule_timeout,
    )


def inputs(judged: Mapping[str, Any]) -> dict[str, Any]:
    """Of the options of a command those that name what it reads beside logs: what no output may replace."""
    names = ("packs", "config", "no_config", "waivers", "no_waivers")
    return {name: judged[name] for name in names if name in judged}


def selection(judged: Mapping[str, Any], **shown: tuple[str, ...] | str | None) -> dict[str, tuple[str, ...]]:
    """What was asked for, as reports echo it."""
    named = {"select": judged.get("select", ()), "ignore": judged.get("ignore", ())}
    for name, value in shown.items():
        named[{"first": "from", "last": "to"}.get(name, name)] = (
            (value,) if isinstance(value, str) else value or ()
        )
    return named
