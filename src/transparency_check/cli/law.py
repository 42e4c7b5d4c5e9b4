"""From options to the law as an office applies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .office import office

if TYPE_CHECKING:
    from ..configuration.lay import Laid
    from ..packs.model import Rulebook


def office_rules(
    packs: tuple[str, ...],
    no_plugins: bool,
    no_cache: bool,
    config: str | None,
    no_config: bool,
    every_pack: bool = False,
) -> tuple[Rulebook, Laid]:
    """The duties of the packs and of plugins, with the office's configuration laid over them.

    Without ``packs``, those that the configuration names; else the default one, or with ``every_pack`` all
    bundled ones.
    """
    from ..checking import office_law
    from ..packs.find import bundled_names
    from ..plugins import load_registry
    from ..python_rules.statement import with_rules

    registry = load_registry(plugins=not no_plugins)
    file = office(config, no_config)
    if every_pack and not packs and (file is None or file.content.packs is None):
        packs = tuple(bundled_names())
    laid = office_law(packs, registry, not no_cache, file)
    return with_rules(laid.rulebook, registry), laid
