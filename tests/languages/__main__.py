"""``make messages``: the sources brought up to date with the texts of the program, then compiled."""

from __future__ import annotations

from .catalogue import COMPILED, FOLDER, SOURCES, compiled, messages, place, read, source


def main() -> None:
    for language, name in SOURCES.items():
        (FOLDER / name).write_bytes(source(language, read(language).updated()))
    for folder in COMPILED:
        place(folder).parent.mkdir(parents=True, exist_ok=True)
        place(folder).write_bytes(compiled(folder))
    for language in SOURCES:
        found = read(language)
        missing = [m.name for m in messages() if not found.forms(m)]
        print(f"{language}: {len(messages()) - len(missing)} of {len(messages())} translated")
        for name in missing:
            print(f"  missing or stale: {name}")


if __name__ == "__main__":
    main()
