"""Who enters what into which register, and when."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from .worded import option

if TYPE_CHECKING:
    from ..configuration.read import OfficeFile
    from ..events import Normaliser
    from ..packs.model import Rulebook
    from ..plugins import Registry

# The register of a folder, where no other one is named.
FILE = "register.db"
register_option = option("--register", default=FILE, metavar="metavar.register", help="help.register.which")
by_option = option("--by", required=True, metavar="metavar.text", help="help.register.by")


class Words(NamedTuple):
    """By what events are read: the duties' vocabulary, and the municipality of rows that name none."""

    registry: Registry
    rulebook: Rulebook
    normaliser: Normaliser
    zone: ZoneInfo
    defaults: dict[str, str]
    office: OfficeFile | None


def words(
    packs: tuple[str, ...], no_plugins: bool, no_cache: bool, config: str | None, no_config: bool
) -> Words:
    """The words of the packs, as the office applies them."""
    from ..checking import office_law
    from ..events import Normaliser
    from ..plugins import load_registry
    from .office import office

    registry = load_registry(plugins=not no_plugins)
    laid = office_law(packs, registry, not no_cache, office(config, no_config))
    book = laid.rulebook
    zone = ZoneInfo(book.zone)
    normaliser = Normaliser(book.vocabulary, book.municipalities, zone)
    defaults = {} if laid.municipality is None else {"municipality": laid.municipality}
    return Words(registry, book, normaliser, zone, defaults, laid.office)


def now(zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    """The moment it is: nothing but the command line reads a clock."""
    return dt.datetime.now(zone)


def opened(register: str, **how: Any) -> Any:
    """The register that is named; that it came to a newer version is said."""
    from ..harmless import plain
    from ..messages import text
    from ..readers.location import located
    from ..register.libraries import sqlalchemy
    from ..terminal import remark

    sqlalchemy()
    from ..register.store import Register

    found = Register(located(register), **how)
    for version in found.upgraded:
        remark(plain(text("register.upgraded", name=found.location.shown, version=version)))
    return found
