"""From options to an inquiry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..as_of import Ahead
from ..checking import DEFAULT_RULE_TIMEOUT, Inquiry
from ..checking import memory as bytes_in
from ..waivers import FILE as WAIVERS
from .office import office

if TYPE_CHECKING:
    from ..baseline.file import BaselineFile
    from ..configuration.read import OfficeFile
    from ..mapping.read import MappingFile
    from ..waivers.file import WaiverFile


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
    baseline: str | None = None,
    no_baseline: bool = True,
    mapping: str | None = None,
) -> Inquiry:
    """The inquiry that the options of a command amount to. Raises ``UsageError`` for a horizon that is
    none, ``ConfigurationError`` for a configuration that cannot be used.
    """
    configured = office(config, no_config)
    return Inquiry(
        logs=logs,
        packs=packs,
        as_of=as_of,
        known_at=known_at,
        select=select,
        ignore=ignore,
        input_format=input_format,
        mapping=mapping_file(mapping),
        cache=not no_cache,
        ahead=None if within is None else Ahead.read(within),
        office=configured,
        waivers=_waivers(waivers, no_waivers),
        baseline=None if no_baseline and baseline is None else _baseline(baseline, no_baseline, configured),
        memory=None if memory is None else bytes_in(memory),
        rule_timeout=DEFAULT_RULE_TIMEOUT if rule_timeout is None else rule_timeout,
    )


def mapping_file(given: str | None) -> MappingFile | None:
    """The mapping that an option names. Raises ``UsageError`` and ``ConfigurationError``."""
    if given is None:
        return None
    from ..mapping.read import read_file

    return read_file(Path(given), given)


def _waivers(given: str | None, none: bool) -> WaiverFile | None:
    from ..configuration.read import found_file

    if given is None and (none or found_file(name=WAIVERS) is None):
        # What reads them costs something to load, and most offices have none.
        return None
    from ..waivers.file import waiver_file

    return waiver_file(given, none)


def _baseline(given: str | None, none: bool, configured: OfficeFile | None) -> BaselineFile | None:
    from ..baseline.found import baseline_file

    return baseline_file(given, none, configured)


def inputs(judged: Mapping[str, Any]) -> dict[str, Any]:
    """Of the options of a command those that name what it reads beside logs: what no output may replace."""
    names = ("packs", "config", "no_config", "waivers", "no_waivers", "baseline", "no_baseline", "mapping")
    return {name: judged[name] for name in names if name in judged}


def selection(judged: Mapping[str, Any], **shown: tuple[str, ...] | str | None) -> dict[str, tuple[str, ...]]:
    """What was asked for, as reports echo it."""
    named = {"select": judged.get("select", ()), "ignore": judged.get("ignore", ())}
    for name, value in shown.items():
        named[{"first": "from", "last": "to"}.get(name, name)] = (
            (value,) if isinstance(value, str) else value or ()
        )
    return named
