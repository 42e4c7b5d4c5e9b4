"""A reminder as a mail: text and HTML in one, which programs choose from."""

from __future__ import annotations

import datetime as dt
import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ..documents.html import template
from . import EXTRA, plain_text
from .digest import Digest

# Readable as it is sent, and without characters that a server may not pass on.
_ENCODING = "quoted-printable"


def html(digest: Digest) -> str:
    """The HTML of a reminder. Raises ``UsageError`` where jinja2 is not installed."""
    made = template("mail.html.jinja", EXTRA).render(digest=digest)
    return made.encode("utf-8", "backslashreplace").decode()


def mail(digest: Digest, sender: Address, recipient: Address, now: dt.datetime) -> EmailMessage:
    """The mail to one recipient. Its id follows from what it says, from whom and to whom: the same, sent
    again after a failure, is known for the same.
    """
    plain, page = plain_text.render(digest), html(digest)
    said = (sender.addr_spec, recipient.addr_spec, digest.subject, plain, page)
    id_ = hashlib.sha256("\x00".join(said).encode("utf-8", "backslashreplace")).hexdigest()[:32]
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = recipient
    made["Subject"] = digest.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{id_}@{sender.domain}>"
    # No answer is wanted from programs that answer by themselves.
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(plain.encode("utf-8", "backslashreplace").decode(), cte=_ENCODING)
    made.add_alternative(page, subtype="html", cte=_ENCODING)
    # What begins with Content- is that of the last content that was set.
    made["Content-Language"] = digest.language
    made.set_boundary(f"=_{id_}")
    return made
