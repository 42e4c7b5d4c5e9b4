"""The state of the source: its version, its changelog, its commit, its lock."""

from __future__ import annotations

import re
import shutil

from .pythons import installed
from .step import Failed
from .workbench import Workbench


def version(bench: Workbench) -> str:
    """The changelog has a heading for the version, nothing is left uncommitted, and no tag has the name."""
    number = bench.version
    changes = (bench.root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = re.search(rf"^## \[{re.escape(number)}\] - (\d{{4}}-\d\d-\d\d)$", changes, re.MULTILINE)
    if heading is None:
        raise Failed(f"CHANGELOG.md has no heading `## [{number}] - DAY`")
    left = bench.run("git", "status", "--porcelain", cwd=bench.root).splitlines()
    if left:
        raise Failed(f"not committed: {', '.join(line[3:] for line in left[:5])}")
    if bench.run("git", "tag", "--list", f"v{number}", cwd=bench.root).strip():
        raise Failed(f"there is a tag v{number} already")
    commit = bench.run("git", "rev-parse", "--short", "HEAD", cwd=bench.root).strip()
    return f"{number} of {heading.group(1)}, commit {commit}"


def lock(bench: Workbench) -> str:
    """The lock answers to pyproject.toml: to resolve it again, from its versions, changes nothing."""
    tools = bench.folder / "lock"
    tools.mkdir(exist_ok=True)
    for name in ("pyproject.toml", "requirements.lock", "README.md", "LICENSE", "hatch_build.py"):
        shutil.copy(bench.root / name, tools / name)
    package = tools / "src/transparency_check"
    package.mkdir(parents=True, exist_ok=True)
    shutil.copy(bench.root / "src/transparency_check/__init__.py", package)
    python = bench.environment(next(iter(installed().values())), "lock", "pip-tools")
    bench.run(
        python, "-m", "piptools", "compile", "-q", "--extra", "dev", "--strip-extras", "--generate-hashes",
        "--allow-unsafe", "--no-emit-options", "--output-file", "requirements.lock", "pyproject.toml",
        cwd=tools, CUSTOM_COMPILE_COMMAND="make lock",
    )  # fmt: skip
    if (tools / "requirements.lock").read_bytes() != (bench.root / "requirements.lock").read_bytes():
        raise Failed("requirements.lock is not what pyproject.toml asks for: make lock")
    return f"{len(bench.locked)} libraries, each with its hashes; nothing to renew"
