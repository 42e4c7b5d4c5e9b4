"""An editable install: the packs are those of the checkout, as they are at this moment."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from install.environments import Environment, copy_of_the_checkout, install


class Editable(NamedTuple):
    checkout: Path
    environment: Environment


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Editable:
    folder = tmp_path_factory.mktemp("editable")
    checkout = copy_of_the_checkout(folder / "checkout", kept="XK-MTG-001")
    return Editable(checkout, install(folder / "environment", "-e", checkout))


def test_no_copy_of_anything_is_installed(editable: Editable) -> None:
    names = sorted(p.name for p in editable.environment.site_packages.glob("*transparency*"))
    assert [name for name in names if not name.endswith(".dist-info")] == ["_transparency_check.pth"]
    assert not (editable.checkout / "src" / "transparency_check" / "rules").exists()
    assert not (editable.checkout / "src" / "transparency_check" / "compiled").exists()


def test_the_rules_are_those_of_the_checkout(editable: Editable) -> None:
    asked = "from transparency_check.packs.find import bundled_rules; print(bundled_rules())"
    found = Path(editable.environment.python("-c", asked).strip())
    assert found.samefile(editable.checkout / "rules")


def test_an_edited_duty_is_seen_at_once(editable: Editable) -> None:
    run = editable.environment.program
    (duty,) = (editable.checkout / "rules").rglob("XK-MTG-001-*.yaml")
    before = duty.read_text("utf-8")
    # Twice, so that the first state is compiled into the cache and has every chance to be shown again.
    title = "Public notice of an ordinary assembly meeting"
    assert title in run("rules", "show", "XK-MTG-001")
    assert title in run("rules", "show", "XK-MTG-001")
    duty.write_text(before.replace(title, "A title of another kind"), encoding="utf-8")
    shown = run("rules", "show", "XK-MTG-001")
    assert "A title of another kind" in shown
    assert title not in shown
    duty.write_text(before, encoding="utf-8")
    assert title in run("rules", "show", "XK-MTG-001")
