"""Where a release is tried: the checkout, a folder for what is made, and clean environments."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Extras that people install to use the program; the others are for those who work on it.
EXTRAS = ("calendar", "documents", "postgresql", "remind", "serve", "site", "sql", "zstd")
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
# Settings of whoever releases, which would reach what is tried.
_SETTINGS = ("PYTHON", "TRANSPARENCY_CHECK_", "VIRTUAL_ENV", "XDG_CACHE_HOME")
_VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE | re.IGNORECASE)


class Refused(Exception):
    """A command ended with another exit code than it should; the text is its last lines."""


class NotDone(Exception):
    """What was promised could not be tried here; the text says why. It is never taken for passed."""


@dataclass
class Workbench:
    """``folder`` is emptied by nobody: what was made there is what is released."""

    folder: Path
    root: Path = ROOT
    wheels: list[Path] = field(default_factory=list)

    @property
    def version(self) -> str:
        """The version that this checkout has."""
        text = (self.root / "src/transparency_check/__init__.py").read_text(encoding="utf-8")
        found = _VERSION.search(text)
        if found is None:
            raise Refused("src/transparency_check/__init__.py names no __version__")
        return found.group(1)

    @property
    def wheel(self) -> Path:
        """What was built. Raises ``NotDone`` where nothing was."""
        if not self.wheels:
            raise NotDone("there is no wheel: see Build")
        return self.wheels[0]

    @cached_property
    def locked(self) -> Mapping[str, str]:
        """The version of each library in requirements.lock."""
        text = (self.root / "requirements.lock").read_text(encoding="utf-8")
        return dict(_LOCKED.findall(text))

    @cached_property
    def constraints(self) -> Path:
        """The versions of the lock without their hashes, which a wheel of this checkout would need too."""
        file = self.folder / "constraints.txt"
        file.write_text("".join(f"{n}=={v}\n" for n, v in self.locked.items()), encoding="utf-8")
        return file

    @cached_property
    def users(self) -> Path:
        """The Python of an environment as users have it: the wheel, all extras, versions of the lock."""
        wheel = f"{self.wheel}[{','.join(EXTRAS)}]"
        return self.environment(Path(sys.executable), "users", wheel, "-c", str(self.constraints))

    def environment(self, python: Path, name: str, *installed: str) -> Path:
        """A new virtual environment with what pip installs; its Python."""
        place = self.folder / "environments" / name
        self.run(python, "-m", "venv", "--clear", place)
        inside = place / _SCRIPTS / "python"
        self.run(inside, "-m", "pip", "install", "-q", "--disable-pip-version-check", *installed)
        return inside

    def run(
        self, *command: str | Path, codes: tuple[int, ...] = (0,), cwd: Path | None = None, **settings: str
    ) -> str:
        """What a command printed. It runs outside the checkout, which would otherwise be imported.

        Raises ``Refused`` where its exit code is none of ``codes``.
        """
        kept = {key: value for key, value in os.environ.items() if not key.startswith(_SETTINGS)}
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd or self.folder,
            env={**kept, "PYTHONIOENCODING": "utf-8", **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode not in codes:
            words = " ".join(Path(str(word)).name for word in command[:4])
            last = "\n".join((done.stderr.strip() or done.stdout.strip()).splitlines()[-6:])
            raise Refused(f"{words}: exit code {done.returncode}: {last}")
        return done.stdout
