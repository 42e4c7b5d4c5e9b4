"""Virtual environments that hold the program and, without any network, what it needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What a build reads of a checkout.
SOURCES = ("LICENSE", "README.md", "hatch_build.py", "pyproject.toml", "rules", "src")
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"
_SETTINGS = ("PIP_", "PYTHON", "TRANSPARENCY_CHECK_", "VIRTUAL_ENV", "XDG_")


@dataclass(frozen=True)
class Environment:
    """A virtual environment with the program installed, and an empty folder to work in, not a checkout."""

    folder: Path

    @property
    def desk(self) -> Path:
        return self.folder / "desk"

    @property
    def cache(self) -> Path:
        """The folder for the user's caches."""
        return self.folder / "cache"

    @property
    def site_packages(self) -> Path:
        return Path(self.python("-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])").strip())

    def program(self, *arguments: str, status: int = 0) -> str:
        """What ``transparency-check`` prints; it must end with this exit status."""
        return run([self.folder / "venv" / _SCRIPTS / "transparency-check", *arguments], self, status)

    def python(self, *arguments: str) -> str:
        """What the environment's Python prints."""
        return run([self.folder / "venv" / _SCRIPTS / "python", *arguments], self)


def run(command: list[str | Path], where: Environment, status: int = 0) -> str:
    """Run a command at the environment's desk, with none of the settings of the person who tests."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith(_SETTINGS)}
    settings |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONIOENCODING": "utf-8",
        "XDG_CACHE_HOME": str(where.cache),
    }
    done = subprocess.run(
        command,
        cwd=where.desk,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == status, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def install(folder: Path, *what: str | Path) -> Environment:
    """Make an environment and let pip install there what is named; libraries come from the one that tests."""
    made = Environment(folder)
    made.desk.mkdir(parents=True)
    # To put a pip of its own into it takes longer than all the rest.
    run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], made)
    python = folder / "venv" / _SCRIPTS / "python"
    # Folders that a .pth file adds are searched last, and .pth files inside them are not read: the program
    # that is installed for these tests, editable or not, cannot be taken for the one installed here.
    libraries = [p for p in sys.path if p and any(Path(p).glob("*.dist-info"))]
    (made.site_packages / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    # The settings of the tests do not reach it, so that what refuses the network is put into it.
    shutil.copy(ROOT / "tests" / "no_network" / "sitecustomize.py", made.site_packages)
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    run([sys.executable, "-m", "pip", "--python", python, "install", "-q", *offline, *what], made)
    return made


def copy_of_the_checkout(folder: Path, *, kept: str | None = None, packs: tuple[str, ...] = ()) -> Path:
    """A checkout of its own, to change.

    ``kept`` is the id of the only duty of Kosovo's pack that it keeps, ``packs`` are the other packs that it
    keeps then: to compile all of them takes as long as all else that a build does.
    """
    folder.mkdir(parents=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    if kept is not None:
        for pack in (folder / "rules").iterdir():
            if pack.name not in ("kosovo", *packs):
                shutil.rmtree(pack)
        for duty in (folder / "rules" / "kosovo" / "duties").rglob("*.yaml"):
            if not duty.name.startswith(kept):
                duty.unlink()
    return folder


def build(checkout: Path, into: Path, *, status: int = 0, kinds: tuple[str, ...] = ("wheel",)) -> str:
    """Build with the installed hatchling. Returns what it says when it fails, else nothing."""
    targets = [argument for kind in kinds for argument in ("-t", kind)]
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(into), *targets],
        cwd=checkout,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == status, f"{done.stdout}\n{done.stderr}"
    return done.stderr
