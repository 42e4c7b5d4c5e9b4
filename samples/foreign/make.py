"""Makes ``kuvendi.xes``: how a document system of a municipality could export the way of its meetings."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

# Folder, kind, planned for, and what happened: step, moment, who, and what else is said of it.
MEETINGS: list[tuple[str, str, str, list[tuple[str, str, str, dict[str, str]]]]] = [
    ("KK-2026/10", "ordinary", "2026-10-30T10:00:00", [
        ("Mbledhja u thirr", "2026-10-05T09:12:00", "Sekretaria", {}),
        ("Njoftimi u vendos", "2026-10-20T14:30:00", "Zyra për informim", {"kanali": "web;tabela", "gjuhet": "sq;sr"}),
        ("Rendi i dites u ngarkua", "2026-10-20T14:41:00", "Sekretaria", {}),
        ("Mbledhja u mbajt", "2026-10-30T10:00:00", "Kryesuesi", {}),
        ("Procesverbali u publikua", "2026-11-12T13:05:00", "Zyra për informim", {"kanali": "web"}),
        ("Dosja u arkivua", "2026-11-13T10:00:00", "Arkivi", {}),
    ]),
    ("KK-2026/11", "ordinary", "2026-11-27T10:00:00", [
        ("Mbledhja u thirr", "2026-11-13T09:40:00", "Sekretaria", {}),
        ("Njoftimi u vendos", "2026-11-23T15:10:00", "Zyra për informim", {"kanali": "web", "gjuhet": "sq"}),
        ("Mbledhja u mbajt", "2026-11-27T10:00:00", "Kryesuesi", {}),
    ]),
]  # fmt: skip
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value="pa dosje"/>
  </global>
  <global scope="event">
    <string key="concept:name" value="pa hap"/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
  </global>
  <classifier name="Hapi" keys="concept:name"/>
  <string key="concept:name" value="Kuvendi i Komunes, rrjedha e mbledhjeve"/>
"""


def made() -> str:
    """The log."""
    parts = [HEAD]
    for folder, kind, planned, steps in MEETINGS:
        parts.append("  <trace>\n")
        parts += [
            f"    <{tag} key={quoteattr(key)} value={quoteattr(value)}/>\n"
            for tag, key, value in (
                ("string", "concept:name", folder),
                ("string", "lloji", kind),
                ("date", "planifikuar", f"{planned}.000+01:00"),
            )
        ]
        for step, moment, who, more in steps:
            offset = "+02:00" if moment < "2026-10-25T03" else "+01:00"
            texts = {"concept:name": step, "org:resource": who, **more}
            parts.append("    <event>\n")
            parts += [f"      <string key={quoteattr(k)} value={quoteattr(v)}/>\n" for k, v in texts.items()]
            parts.append(f'      <date key="time:timestamp" value="{moment}.000{offset}"/>\n    </event>\n')
        parts.append("  </trace>\n")
    return "".join(parts) + "</log>\n"


if __name__ == "__main__":
    (Path(__file__).parent / "kuvendi.xes").write_text(made(), encoding="utf-8", newline="\n")
