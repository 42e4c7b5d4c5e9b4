"""Puts the compiled packs into the wheel: an installed program reads no YAML, not even the first time.

An editable install gets none: there the packs change, and the program compiles them when they have.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledPacks(BuildHookInterface[Any]):
    """Compiles the packs under ``rules/`` with the code of the same checkout.

    A pack that has a defect, or a library that the compiler lacks, stops the build: a wheel that works only
    half would be found out by its users.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory(prefix="transparency-check-")
        # A process of its own: the checkout's code must be imported, not that of an installed version, and
        # the build's process must not keep it. Bytecode would be left in the checkout.
        search = [str(Path(self.root, "src")), *filter(None, [os.environ.get("PYTHONPATH")])]
        made = subprocess.run(
            [sys.executable, "-B", "-m", "transparency_check.packs.compile", self.folder.name],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(search)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if made.returncode != 0:
            raise RuntimeError(f"The packs under rules/ could not be compiled:\n{made.stderr}")
        if not any(Path(self.folder.name).iterdir()):
            raise RuntimeError(
                "There is no pack under rules/: build from a whole checkout or source archive."
            )
        build_data["force_include"][self.folder.name] = "transparency_check/compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
