"""``python -m transparency_check.json_schemas [FOLDER]``: write the generated schemas, into docs/schemas."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..packs.schema import text
from ..schema_files import folder
from .generated import generated


def main(arguments: Sequence[str]) -> int:
    """Write them into a folder."""
    target = Path(arguments[0]) if arguments else folder()
    target.mkdir(parents=True, exist_ok=True)
    for name, schema in generated().items():
        (target / f"{name}.json").write_text(text(schema), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
