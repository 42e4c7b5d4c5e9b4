"""Where packs are: the bundled ones by name, others by their folder.

In a checkout of the repository the folder ``rules/`` beside ``src/`` is the bundled one; a copy that an
installation left inside the package would be stale and is never looked at. In an installed wheel it is
``transparency_check/rules``.
"""

from __future__ import annotations

import importlib.resources
import re
from dataclasses import dataclass
from pathlib import Path

from transparency_check.messages import phrase
from transparency_check.packs.problems import PackError, defect, did_you_mean, no_pack

_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Location:
    """The folder of a pack, and how messages call it."""

    folder: Path
    shown: str


def package_folder() -> Path:
    """The folder of the installed package (or of the checkout's)."""
    return Path(str(importlib.resources.files("transparency_check")))


def repository_of(package: Path) -> Path | None:
    """The checkout that the package's folder belongs to, or None for an installed package."""
    repository = package.parent.parent
    is_checkout = (
        package.parent.name == "src"
        and (repository / "pyproject.toml").is_file()
        and (repository / "rules").is_dir()
    )
    return repository if is_checkout else None


def bundled_rules(package: Path | None = None) -> Path:
    """The folder that holds the bundled packs. ``package`` is the package's folder (default: this one's)."""
    package = package or package_folder()
    repository = repository_of(package)
    return repository / "rules" if repository else package / "rules"


def bundled_names(rules: Path | None = None) -> list[str]:
    """The names of the bundled packs, sorted."""
    rules = rules or bundled_rules()
    if not rules.is_dir():
        return []
    return sorted(p.parent.name for p in rules.glob("*/pack.yaml") if _NAME.fullmatch(p.parent.name))


def locate(reference: str, *, beside: Path | None = None, rules: Path | None = None) -> Location:
    """Find a pack by its name or folder.

    A plain name (``kosovo``) is a bundled pack, so that a folder that happens to lie around changes no
    verdict; a folder is written with a separator (``./kosovo``, ``my/packs/kosovo``). ``beside`` is the
    folder of the pack that asks for its base: there a name is first looked for next to it. Raises PackError
    where there is no such pack.
    """
    rules = rules or bundled_rules()
    if not _NAME.fullmatch(reference):
        folder = Path(reference).expanduser()
        if not (folder / "pack.yaml").is_file():
            raise PackError([no_pack(folder, reference)])
        return Location(folder, folder.as_posix())
    if beside is not None:
        sibling = beside.resolve().parent / reference
        if (sibling / "pack.yaml").is_file() and sibling.parent != rules.resolve():
            return Location(sibling, (beside.parent / reference).as_posix())
    if (rules / reference / "pack.yaml").is_file():
        return Location(rules / reference, reference)
    hint = did_you_mean(reference, bundled_names(rules))
    if (Path(reference) / "pack.yaml").is_file():
        hint = phrase(" For the folder of that name write `./{reference}`.", reference=reference)
    raise PackError(
        [
            defect(
                "unknown-pack",
                reference,
                phrase("There is no bundled pack `{reference}`.{hint}", reference=reference, hint=hint),
            )
        ]
    )
