"""The page on writing a duty is true: the file that its blocks make together is tested by its commands."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.test_mapping import commands_of, squeezed
from examples.own import EXAMPLES
from transparency_check.cli import application

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/writing-a-duty.md").read_text(encoding="utf-8")
PACK = EXAMPLES / "template/src/my_town/town"
DUTY = "".join(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))


def test_the_folder_of_the_page_is_that_of_the_template() -> None:
    blocks = re.findall(r"```yml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)
    assert [name for name, _ in blocks] == ["pack.yaml", "instruments.yaml"]
    for name, text in blocks:
        kept = [line for line in (PACK / name).read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        assert text.splitlines() == kept


def test_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copytree(PACK, "town", ignore=shutil.ignore_patterns("duties"))
    Path("samples/klina").mkdir(parents=True)
    shutil.copy(ROOT / "samples/klina/log.jsonl", "samples/klina/log.jsonl")
    ran = 0
    for command, shown in commands_of(PAGE):
        program, *arguments = shlex.split(command)
        assert program == "transparency-check"
        result = CliRunner().invoke(application, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        for line in shown:
            assert squeezed(line) in squeezed(result.output), f"{command}: {line}\n{result.output}"
        if arguments[:2] == ["rules", "new"]:
            # The author fills it in.
            (file,) = Path("town/duties/twn").iterdir()
            file.write_text(DUTY, encoding="utf-8")
        ran += 1
    assert ran == 6
