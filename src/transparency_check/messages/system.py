"""What the operating system says of a file, in the language that is spoken."""

from __future__ import annotations

import errno

from . import later, phrase

# As the C library of Linux says it. What is rarer is said as the system does.
_REASONS = {
    errno.ENOENT: later("No such file or directory"),
    errno.EACCES: later("Permission denied"),
    errno.EPERM: later("Operation not permitted"),
    errno.EISDIR: later("Is a directory"),
    errno.ENOTDIR: later("Not a directory"),
    errno.ENOSPC: later("No space left on device"),
    errno.EDQUOT: later("Disk quota exceeded"),
    errno.EFBIG: later("File too large"),
    errno.EROFS: later("Read-only file system"),
    errno.EIO: later("Input/output error"),
    errno.EBUSY: later("Device or resource busy"),
    errno.ENAMETOOLONG: later("File name too long"),
    errno.ELOOP: later("Too many levels of symbolic links"),
}


def reason(error: OSError) -> str:
    """Why something could not be read or written, in a few words."""
    said = error.strerror or str(error)
    known = _REASONS.get(error.errno or 0)
    return phrase(known) if known == said else said
