"""HTML by templates that take nothing for markup but their own: of documents, mails and pages."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from .errors import UsageError
from .harmless import printable
from .messages import text

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

# What the log of a build takes for a command: ::error::, ##[error].
_COMMAND = re.compile("#(?=#)|:(?=:)")


@cache
def environment(package: str, folder: str, extra: str) -> jinja2.Environment:
    """The templates in a folder of a package; what they show is harmless. Raises ``UsageError`` where jinja2
    is not installed, which comes with ``extra``.
    """
    try:
        import jinja2
    except ImportError:
        raise UsageError(text("error.document.missing", module="jinja2", form="HTML", extra=extra)) from None
    return jinja2.Environment(
        loader=jinja2.PackageLoader(package, folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_harmless,
    )


def _harmless(value: object) -> object:
    """Text that does nothing where it is shown: neither in a browser nor in the log of a build."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _marked_up(value)


# Most of what a page shows stands on others, too: labels, names of duties and municipalities.
@lru_cache(8192)
def _marked_up(value: str) -> Markup:
    from markupsafe import Markup, escape

    return Markup(_COMMAND.sub(lambda mark: f"&#{ord(mark[0])};", str(escape(printable(value)))))
