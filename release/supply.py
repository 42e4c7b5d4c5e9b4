"""What others wrote and users install with it: known weaknesses, licences, a bill of materials."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .step import Failed
from .workbench import NotDone, Workbench

ALLOWED = Path(__file__).with_name("licences.toml")
# Of the environment itself, not of the program.
_TOOLS = ("pip", "setuptools", "wheel")


def audit(bench: Workbench) -> str:
    """No library of the lock has a known weakness. What the service does not know was not looked at."""
    python = bench.environment(Path(sys.executable), "audit", "pip-audit")
    told = bench.run(
        python, "-m", "pip_audit", "--requirement", bench.root / "requirements.lock", "--no-deps",
        "--disable-pip", "--format", "json", "--progress-spinner", "off",
        codes=(0, 1),
    )  # fmt: skip
    return audited(json.loads(told)["dependencies"])


def audited(libraries: Iterable[Mapping[str, Any]]) -> str:
    """What an audit says: pip-audit ends well, too, where it could look at nothing."""
    libraries = list(libraries)
    weak = [f"{one['name']} {one['version']}: {w['id']}" for one in libraries for w in one.get("vulns", ())]
    if weak:
        raise Failed("; ".join(weak))
    unseen = [one["name"] for one in libraries if "skip_reason" in one]
    if unseen or not libraries:
        raise NotDone(
            f"{len(unseen)} of {len(libraries)} libraries were unknown to the service that was reached; "
            "run it where https://pypi.org/pypi answers"
        )
    return f"{len(libraries)} libraries, no known weakness"


def licences(bench: Workbench) -> str:
    """Each library has a licence of the list."""
    python = bench.environment(Path(sys.executable), "licences", "pip-licenses")
    told = bench.run(
        python, "-m", "piplicenses", f"--python={bench.users}", "--from=all", "--format=json", "--with-system"
    )
    return licensed(json.loads(told), tomllib.loads(ALLOWED.read_text(encoding="utf-8")))


def licensed(libraries: Iterable[Mapping[str, str]], allowed: Mapping[str, Any]) -> str:
    """A library is judged by its expression, else its classifiers, else its own words; by none of them if
    somebody has read its licence and wrote down what it is.
    """
    unknown, seen = [], 0
    for library in libraries:
        if library["Name"].lower() in _TOOLS:
            continue
        seen += 1
        said = [library[f"License-{kind}"] for kind in ("Expression", "Classifier", "Metadata")]
        named = next((text for text in said if text not in ("UNKNOWN", "")), "UNKNOWN")
        parts = [part.strip(" ()") for part in named.replace(" AND ", ";").split(";")]
        read = allowed["read"].get(library["Name"].lower())
        if read is None and not all(_one_of(part, allowed["licences"]) for part in parts):
            unknown.append(f"{library['Name']} {library['Version']}: {' '.join(named.split())[:60]}")
    if unknown:
        raise Failed(
            f"licences that release/licences.toml does not name: {'; '.join(sorted(unknown))}. "
            "Whoever has read one writes it there"
        )
    return f"{seen} libraries that users install, each under a licence of the list"


def _one_of(part: str, allowed: Iterable[str]) -> bool:
    """Of what may be chosen, one is enough."""
    known = {name.strip(" ()") for name in allowed}
    return any(choice.strip(" ()") in known for choice in part.split(" OR "))


def materials(bench: Workbench) -> str:
    """A bill of materials in CycloneDX, valid, with every library that users install."""
    python = bench.environment(Path(sys.executable), "materials", "cyclonedx-bom[validation]")
    bill = bench.folder / f"transparency_check-{bench.version}.cdx.json"
    bench.run(
        python, "-m", "cyclonedx_py", "environment", bench.users,
        "--pyproject", bench.root / "pyproject.toml", "--output-reproducible", "--validate",
        "--of", "JSON", "-o", bill,
    )  # fmt: skip
    named = _names(json.loads(bill.read_text(encoding="utf-8"))["components"])
    listed = json.loads(bench.run(bench.users, "-m", "pip", "list", "--format", "json"))
    installed = _names(listed) - {"transparency-check", *_TOOLS}
    if missing := installed - named:
        raise Failed(f"not in the bill: {', '.join(sorted(missing))}")
    return f"{bill.name}: {len(installed)} libraries, valid"


def _names(libraries: Iterable[Mapping[str, str]]) -> set[str]:
    return {library["name"].lower().replace("_", "-") for library in libraries}
