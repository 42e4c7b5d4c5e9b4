"""Seeded random packs: duties drawn at random over every shape and attribute of the pack model, laid over the
vocabulary of the trial pack, with random calendars, municipalities and versions.

Each duty passes the program's own checker of packs; what does not is drawn again. The generator knows what
usually makes a duty valid, so that few are thrown away.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from transparency_check.packs.check_duty import DutyCheck, Known
from transparency_check.packs.load import DutyFile
from transparency_check.packs.merge import rulebook as joined
from transparency_check.packs.model import (
    CalendarRow,
    CalendarTrigger,
    Duty,
    EventType,
    Municipality,
    ObligationSelector,
    Pack,
    PeriodUnit,
    Rulebook,
    Text,
    Unit,
    Vocabulary,
)
from transparency_check.packs.yaml_source import read_yaml

from .random_conditions import Conditions, carried

Json = dict[str, Any]
DAY = dt.timedelta(days=1)
# Day and hour numbers are spread so that some deadlines cross a change of the clock, a month, a feast.
NUMBERS: dict[str, tuple[int, ...]] = {
    "hour": (0, 1, 12, 24, 48, 72, 168),
    "calendar-day": (0, 1, 2, 5, 7, 10, 15, 30, 60),
    "working-day": (0, 1, 2, 3, 5, 7, 10, 22),
    "week": (0, 1, 2, 4),
    "month": (0, 1, 2, 3),
    "year": (0, 1),
}
RULES = (
    "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=1",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=15",
    "FREQ=YEARLY;BYMONTH=6;BYDAY=1MO",
    "FREQ=YEARLY",
    "FREQ=MONTHLY;BYMONTHDAY=10",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
    "FREQ=DAILY;INTERVAL=10",
    "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3",
    "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=31;COUNT=1",
    "FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20260430",
)
ZONES = ("Europe/Belgrade",) * 6 + ("UTC", "Asia/Beirut", "Atlantic/Azores", "America/Havana")


def _givers(name: str, events: Mapping[str, EventType]) -> set[str]:
    """The types that values of an event may come from, over any number of steps."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        inherits = events[waiting.pop()].inherits
        fresh = set(inherits.from_ if inherits else ()) - found
        found |= fresh
        waiting.extend(fresh)
    return found


def random_pack(rng: random.Random, base: Rulebook, duties: int = 16) -> Rulebook:
    """A rulebook of a random pack with about ``duties`` duties, and often a local pack that builds on it.

    ``base`` gives the vocabulary and the instruments.
    """
    return PackMaker(rng, base).make(duties)


def write_pack(folder: Path, book: Rulebook) -> list[Path]:
    """Write a rulebook as the folders of its packs, so that the program can load it; returns the folders."""
    folders = []
    for info in book.packs:
        first = info is book.packs[0]
        home = folder / info.id
        home.mkdir(parents=True)
        _write(home / "pack.yaml", info.model_dump(mode="json", by_alias=True, exclude_unset=True))
        instruments = [i.model_dump(mode="json", by_alias=True, exclude_unset=True) for i in book.instruments]
        _write(home / "instruments.yaml", instruments if first else [])
        if first:
            _write(home / "events.yaml", _plain_vocabulary(book))
            _write_tables(home, book)
        for duty in book.duties:
            if book.pack_of[duty.id] == info.id:
                file = home / "duties" / duty.area / f"{duty.id}.yaml"
                file.parent.mkdir(parents=True, exist_ok=True)
                _write(file, duty.model_dump(mode="json", by_alias=True, exclude_unset=True))
        folders.append(home)
    return folders


def _plain_vocabulary(book: Rulebook) -> Json:
    """The vocabulary as a file states it: the attribute of attestations is a list of text there."""
    whole: Json = book.vocabulary.model_dump(mode="json", by_alias=True, exclude_unset=True)
    name = book.vocabulary.attestation
    if name is not None:
        whole["attributes"][name] = {"type": "list of text"}
    return whole


def _write(file: Path, content: Any) -> None:
    # JSON is YAML, and no value of it can be read as anything else.
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_tables(home: Path, book: Rulebook) -> None:
    lines = ["date,name_en,name_sq,name_sr,kind,off,status,source"]
    lines += [
        f"{r.date},{r.name.en},{r.name.sq},{r.name.sr},{r.kind},{r.off},{r.status},{r.source}"
        for r in book.calendar
    ]
    (home / "calendar.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["id,name_sq,name_sr,name_en,official_languages,in_use_languages,confidence,source,note,from,to"]
    lines += [
        f"{m.id},{','.join(m.names)},{';'.join(m.official_languages)},,verified,invented,,"
        f"{m.from_ or ''},{m.to or ''}"
        for m in book.municipalities
    ]
    (home / "municipalities.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def duties_named(duty: Duty) -> set[str]:
    """The other duties that a duty is triggered by, replaces or gives way to."""
    found = {duty.replaces} if duty.replaces else set()
    found |= {exception.instead for exception in duty.unless if exception.instead}
    for trigger in (duty.trigger, *(reading.trigger for reading in duty.readings)):
        for source in trigger.alternatives if trigger else []:
            if isinstance(source, ObligationSelector):
                found.add(source.obligation)
    return found


def checked(told: Json, known: Known) -> Duty | None:
    """The duty that a file with this content would hold; None where the program's checker refuses it."""
    source = read_yaml("duty.yaml", json.dumps(told).encode())
    try:
        duty = Duty.model_validate(source.data, strict=True)
    except ValidationError:
        return None
    file = DutyFile(duty, f"duties/{duty.area}/{duty.id}.yaml", source)
    return None if DutyCheck(file, known).run() else duty


class PackMaker:
    """Makes one pack. Lists of what may follow are drawn in a fixed order, so a seed gives one pack."""

    def __init__(self, rng: random.Random, base: Rulebook) -> None:
        self.rng = rng
        self.base = base
        self.vocabulary = self._vocabulary(base.vocabulary)
        self.events = sorted(self.vocabulary.events)
        self.center = dt.date(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 364))
        self.municipalities = self._municipalities()
        self.names = sorted({m.id for m in self.municipalities})
        self.made: list[Duty] = []
        self.thrown = 0

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def make(self, number: int) -> Rulebook:
        shapes = ("event",) * 7 + ("content", "duration", "count", "calendar", "standing")
        for n in range(1, number + 1):
            self._duty(n, self.rng.choice(shapes))
        info = self.base.packs[0].model_copy(
            update={
                "id": "drawn",
                "zone": self.rng.choice(ZONES),
                "calendar": self._range(),
                "areas": {"RND": Text(en="Drawn", sq="Drawn", sr="Drawn")},
            }
        )
        local = info.model_copy(update={"id": "local", "extends": "drawn", "zone": None, "calendar": None})
        away = self._local() if self.chance(0.5) else set()
        general = Pack(
            info=info,
            sha256="",
            instruments=self.base.instruments,
            vocabulary=self.vocabulary,
            municipalities=self.municipalities,
            calendar=self._calendar(),
            duties=[d for d in self.made if d.id not in away],
        )
        packs = [general]
        if away:
            packs.append(Pack(info=local, sha256="", duties=[d for d in self.made if d.id in away]))
        return joined(packs)

    def _local(self) -> set[str]:
        """Duties that stand in a local pack: of some municipalities only, and none that the others name."""
        local: set[str] = set()
        named: set[str] = set()
        for duty in reversed(self.made):
            if duty.municipalities and duty.id not in named:
                local.add(duty.id)
            else:
                named |= duties_named(duty)
        return local

    # -- what duties stand on

    def _vocabulary(self, base: Vocabulary) -> Vocabulary:
        """The base's, now and then without coverage, outage or attestation, with other defaults and other
        inheritance.
        """
        rng, changed = self.rng, {}
        for name in ("coverage", "outage"):
            if self.chance(0.08):
                changed[name] = None
        attributes = dict(base.attributes)
        for name, attribute in base.attributes.items():
            if attribute.type in ("choice", "flag", "integer", "text") and self.chance(0.08):
                value = {
                    "choice": rng.choice(attribute.values or [""]),
                    "flag": self.chance(0.5),
                    "integer": rng.choice((0, 5)),
                    "text": "none",
                }[attribute.type]
                attributes[name] = attribute.model_copy(update={"absent": value})
        events = dict(base.events)
        for name, event in base.events.items():
            if event.attributes and event.inherits is None and self.chance(0.12):
                sources = sorted(
                    other
                    for other, source in events.items()
                    if set(source.attributes) & set(event.attributes)
                    and (other == name or name not in _givers(other, events))
                )
                some = rng.sample(event.attributes, rng.randint(1, len(event.attributes)))
                inherits = {"from": rng.sample(sources, min(2, len(sources))), "attributes": some}
                events[name] = type(event).model_validate(
                    event.model_dump(by_alias=True, exclude_unset=True) | {"inherits": inherits}
                )
        # `period` and the attributes of coverage keep their meaning: what a log says of itself stays true.
        attributes |= {n: base.attributes[n] for n in ("period", "event_families")}
        return base.model_copy(update={**changed, "attributes": attributes, "events": events})

    def _municipalities(self) -> list[Municipality]:
        rng, found = self.rng, []
        for n in range(1, rng.choice((2, 4, 6)) + 1):
            name = f"m{n}"
            languages = sorted(rng.sample(("sq", "sr", "tr", "en"), rng.choice((1, 2, 2, 3))))
            spans: list[Json] = [{}]
            if self.chance(0.3):
                turn = self.center + dt.timedelta(days=rng.randint(-40, 40))
                spans = [{"to": turn}, {"from": turn + DAY}]
                # A table need not say what was spoken before some day.
                spans = spans[1:] if self.chance(0.3) else spans
            for number, span in enumerate(spans):
                spoken = languages if number == 0 else sorted({*languages, rng.choice(("tr", "sr"))})
                found.append(
                    Municipality.model_validate(
                        {
                            "id": name,
                            "title": {"sq": f"{name} a", "sr": f"{name} b", "en": f"{name} c"},
                            "names": [f"{name} a", f"{name} b", f"{name} c"],
                            "official_languages": spoken,
                            "confidence": "verified",
                            "source": "invented",
                            **span,
                        }
                    )
                )
        return found

    def _calendar(self) -> list[CalendarRow]:
        rng = self.rng
        days = {
            self.center + dt.timedelta(days=rng.randint(-60, 60)): None
            for _ in range(rng.choice((3, 12, 25)))
        }
        rows = []
        for day in days:
            for _ in range(rng.choice((1, 1, 1, 2))):
                off = rng.choice(("yes", "yes", "yes", "no", "uncertain", "working"))
                status = rng.choice(("official", "official", "estimated")) if off == "yes" else "official"
                rows.append((day, off, status))
        rows += [(r.date, r.off, r.status) for r in self.base.calendar if r.date not in days]
        return [
            CalendarRow(
                date=day,
                name=Text(en="Day", sq="Day", sr="Day"),
                kind="fixed",
                off=off,
                status=status,
                source="invented",
            )
            for day, off, status in sorted(set(rows))
        ]

    def _range(self) -> Any:
        span = self.base.calendar_range
        if self.chance(0.8):
            return span
        narrow = {"from_": self.center - dt.timedelta(days=self.rng.choice((30, 200)))}
        narrow["to"] = self.center + dt.timedelta(days=self.rng.choice((20, 90)))
        return span.model_copy(update=narrow)

    # -- duties

    def _duty(self, n: int, shape: str) -> None:
        """One valid duty; drawn again until the checker has nothing against it."""
        for _ in range(20):
            identity = f"RN-RND-{n:03}"
            self.conditions = Conditions(self.rng, self.vocabulary, self.names, identity)
            told = self._draw(identity, shape)
            duty = self._checked(told)
            if duty is not None:
                self.made.append(duty)
                return
            self.thrown += 1

    def _checked(self, told: Json) -> Duty | None:
        names = Known(
            self.vocabulary,
            [i.id for i in self.base.instruments],
            self.names,
            {d.id: d for d in self.made},
            (),
            ("RND",),
        )
        return checked(told, names)

    def _draw(self, identity: str, shape: str) -> Json:
        rng = self.rng
        binds = rng.choice(("municipality",) * 8 + ("authority", "nobody"))
        told: Json = {
            "id": identity,
            "title": {"en": "Drawn", "sq": "Drawn", "sr": "Drawn"},
            "area": "RND",
            "bearer": "somebody",
            "severity": "advisory" if binds != "municipality" or self.chance(0.3) else "violation",
        }
        if binds != "municipality":
            told["binds"] = binds
        if self.chance(0.1):
            told["commitment"] = True
        told |= self._shapes()[shape]()
        if self.chance(0.2):
            told["municipalities"] = sorted(rng.sample(self.names, rng.randint(1, len(self.names))))
        told["versions"] = self._versions(told)
        if "day" in told.get("count", {}).get("per", "") or "DAILY" in told.get("calendar", {}).get(
            "rrule", ""
        ):
            first = self.center - dt.timedelta(days=rng.randint(0, 25))
            told["versions"] = [told["versions"][0] | {"from": str(first), "to": str(first + 30 * DAY)}]
        if shape in ("event", "duration", "calendar", "standing", "count") and self.chance(0.3):
            told["readings"] = self._readings(told)
        replaced = [d for d in self.made if d.shape == shape and d.replaces is None]
        if replaced and self.chance(0.15):
            self._in_place_of(told, rng.choice(replaced))
        return told

    def _shapes(self) -> dict[str, Callable[[], Json]]:
        return {
            "event": self._event,
            "content": self._content,
            "duration": self._duration,
            "count": self._count,
            "calendar": self._calendar_duty,
            "standing": self._standing,
        }

    def _in_place_of(self, told: Json, general: Duty) -> None:
        """A local duty like the general one, owed sooner or later."""
        told |= {"replaces": general.id}
        told.setdefault("municipalities", sorted(self.rng.sample(self.names, 1)))
        like = general.model_dump(mode="json", by_alias=True, exclude_unset=True)
        for key in (
            "trigger",
            "count",
            "calendar",
            "correlate",
            "open_for",
            "must",
            "requires",
            "deadline",
            "judged",
        ):
            if key in like:
                told[key] = like[key]
            else:
                told.pop(key, None)
        for key in ("deadline", "open_for"):
            if key in told and self.chance(0.8):
                told[key] = {
                    **told[key],
                    "n": self.rng.choice(NUMBERS[told[key].get("unit", "calendar-day")]),
                }
        told["versions"] = [{"instrument": self._instrument(), "confidence": "verified"}]
        told.pop("readings", None)

    def _instrument(self) -> str:
        return self.rng.choice([i.id for i in self.base.instruments])

    def _versions(self, told: Json) -> list[Json]:
        rng = self.rng
        number = rng.choice((1, 1, 1, 2, 3))
        turns = sorted(self.center + dt.timedelta(days=rng.randint(-50, 50)) for _ in range(number - 1))
        counted = next((told[k] for k in ("deadline", "open_for", "count") if k in told), None)
        asked = "at_least" if counted is not None and "at_least" in counted else "n"
        unknown = counted is not None and self.chance(0.1)
        if unknown and counted is not None:
            counted[asked] = "unknown"
        found: list[Json] = []
        for n in range(number):
            one: Json = {
                "instrument": self._instrument(),
                "confidence": rng.choice(("verified", "secondary", "unverified")),
            }
            if n > 0:
                # Now and then a day or a month without law between two versions.
                one["from"] = (turns[n - 1] + DAY * rng.choice((1, 1, 1, 2, 30))).isoformat()
            elif self.chance(0.5):
                one["from"] = (self.center - dt.timedelta(days=rng.choice((0, 20, 400, 2000)))).isoformat()
            if n < number - 1:
                one["to"] = turns[n].isoformat()
            elif self.chance(0.15):
                one["to"] = (self.center + dt.timedelta(days=rng.choice((30, 60, 400)))).isoformat()
            if counted is not None and (unknown or self.chance(0.3)):
                unit = counted.get("unit", "calendar-day")
                if "at_least" in counted:
                    one["n"] = rng.choice((0, 1, 2, 3))
                else:
                    if unit != "hour" and self.chance(0.3):
                        unit = one["unit"] = rng.choice([u for u in get_args(Unit) if u != "hour"])
                    one["n"] = rng.choice(NUMBERS[unit])
            if one["confidence"] == "unverified" and self.chance(0.5):
                one["presumption"] = {"text": "kept", "decided_by": "the authors"}
            found.append(one)
        if unknown and self.chance(0.5):
            # Without a number under every version the duty is listed, not judged.
            found[0].pop("n", None)
            found[0].pop("unit", None)
        return found

    def _selector(self, share: float = 0.6) -> Json:
        event = self.rng.choice(self.events)
        return self._where({"event": event}, [event], share)

    def _where(self, told: Json, events: Sequence[str], share: float = 0.6) -> Json:
        if self.chance(share):
            where = self.conditions.draw(events)
            if where:
                told["where"] = where
        return told

    def _named(self) -> Any:
        """An event type, or a selector: both may stand for modifiers."""
        chosen = self._selector(0.5)
        return chosen if "where" in chosen else chosen["event"]

    def _earlier(self) -> list[str]:
        return [d.id for d in self.made]

    def _trigger(self, planned: bool = False) -> Json:
        rng = self.rng
        luck = rng.random()
        told: Json
        if luck < 0.12 and self._earlier() and not planned:
            told = {"obligation": rng.choice(self._earlier())}
            if self.chance(0.6):
                told["outcome"] = rng.sample(("late", "violated", "fulfilled"), rng.randint(1, 3))
        elif luck < 0.3 and not planned:
            told = {"any_of": [self._selector() for _ in range(rng.randint(1, 3))]}
            if self._earlier() and self.chance(0.3):
                told["any_of"].append({"obligation": rng.choice(self._earlier())})
                if self.chance(0.6):
                    told["any_of"][-1]["outcome"] = rng.sample(
                        ("late", "violated", "fulfilled"), rng.randint(1, 2)
                    )
            elif self.chance(0.4):
                told["take"] = rng.choice(("first", "last"))
        else:
            told = self._selector()
            if planned:
                told = self._where(
                    {"event": "meeting.scheduled"}, ["meeting.scheduled", "meeting.rescheduled"]
                )
            if self.chance(0.6 if planned else 0.4):
                told["take"] = rng.choice(("first", "last", "last"))
            if told.get("take") == "last" and self.chance(0.75 if planned else 0.3):
                moving = "meeting.rescheduled" if planned or self.chance(0.3) else rng.choice(self.events)
                told["moved_by"] = moving
                if self.chance(0.25):
                    told["moved_by"] = self._where({"event": moving}, [moving], 1)
        if self.chance(0.4):
            told["cancelled_by"] = self._named()
        return told

    def _requires(self) -> Json:
        rng = self.rng
        luck = rng.random()
        if luck < 0.12:
            # What an outage of the website may excuse (4.15).
            event = rng.choice(("act.published", "document.published", "notice.published"))
            told = {"event": event, "where": {"channel": "website"}}
        elif luck < 0.65:
            told = self._selector()
        elif luck < 0.8:
            told = {"any_of": [self._selector() for _ in range(rng.randint(1, 3))]}
        else:
            told = {"all_of": [self._selector() for _ in range(rng.randint(1, 2))]}
            if self.chance(0.5):
                told["all_of"].append({"any_of": [self._selector() for _ in range(2)]})
        return told

    def _anchors(self, trigger: Json) -> list[str]:
        """Date-time attributes that every trigger can state."""
        if "event" not in trigger:
            return []
        moving = trigger.get("moved_by")
        events = [
            trigger["event"],
            *([moving if isinstance(moving, str) else moving["event"]] if moving else []),
        ]
        return [
            name
            for name, attribute in sorted(self.vocabulary.attributes.items())
            if attribute.type == "date-time"
            and all(name in carried(self.vocabulary, event) for event in events)
        ]

    def _event(self) -> Json:
        rng = self.rng
        planned = self.chance(0.35)
        told: Json = {"trigger": self._trigger(planned), "requires": self._requires()}
        unit = rng.choice(
            (
                "hour",
                "calendar-day",
                "calendar-day",
                "calendar-day",
                "working-day",
                "working-day",
                "week",
                "month",
                "year",
            )
        )
        n = rng.choice(NUMBERS[unit])
        anchors: list[Any] = [
            "time",
            *(["planned_at"] * 6 if planned else self._anchors(told["trigger"]) * 2),
        ]
        if self.chance(0.15):
            anchors = [self._selector(0.4)]
        backward = self.chance(0.65 if planned else 0.25)
        deadline: Json = {"before" if backward else "after": rng.choice(anchors), "n": n}
        if unit != "calendar-day" or self.chance(0.5):
            deadline["unit"] = unit
        if backward:
            if n and (unit not in ("hour", "working-day") or self.chance(0.1)):
                deadline["roll"] = rng.choice(("none", "none", "forward", "backward"))
            if self.chance(0.25) and unit != "hour":
                deadline["clear"] = True
            if planned and self.chance(0.3):
                deadline["survives_move"] = True
            if self.chance(0.3 if n == 0 else 0.05):
                deadline["same_day"] = rng.choice(("not", "allowed"))
        else:
            if self.chance(0.5):
                deadline["roll"] = rng.choice(("none", "forward", "forward", "backward"))
            if self.chance(0.25):
                deadline["not_before"] = self._not_before()
            if self.chance(0.2) and unit != "hour":
                deadline["suspended_by"] = {"from": rng.choice(self.events), "to": rng.choice(self.events)}
                if self.chance(0.7):
                    deadline["suspended_by"] = {"from": "request.paused", "to": "request.resumed"}
        if self.chance(0.25) and n:
            event = "request.extended" if self.chance(0.6) else rng.choice(self.events)
            extension = self._where({"event": event}, [event], 0.4)
            whole = [
                a for a in carried(self.vocabulary, event) if self.vocabulary.attributes[a].type == "integer"
            ]
            if not whole or self.chance(0.3):
                extension["add"] = rng.choice((0, 1, 3, 10))
            elif "extension_days" not in whole or self.chance(0.3):
                extension["add"] = rng.choice(whole)
            deadline["extended_by"] = extension
        told["deadline"] = deadline
        told |= self._correlation(told)
        if self.chance(0.15):
            told["applies_by"] = rng.choice(("trigger", "due", "due"))
        if self.chance(0.25):
            told["unless"] = [self._exception(told["trigger"]) for _ in range(rng.randint(1, 2))]
        if self.chance(0.08):
            told["judged"] = "union"
        return told

    def _not_before(self) -> Any:
        unit = self.rng.choice([u for u in get_args(Unit) if u != "hour"])
        return self.rng.choice(("trigger", "any", "any", {"n": self.rng.choice(NUMBERS[unit]), "unit": unit}))

    def _correlation(self, told: Json) -> Json:
        rng = self.rng
        luck = rng.random()
        if luck < 0.72:
            return {"correlate": {"by": "case"}} if self.chance(0.1) else {}
        if luck < 0.86:
            correlate: Json = {"by": "municipality"}
            if self.chance(0.7):
                unit = rng.choice(("calendar-day", "working-day", "week", "month", "year"))
                correlate["window"] = {"n": rng.choice(NUMBERS[unit]), "unit": unit}
            return {"correlate": correlate}
        trigger = told["trigger"]
        if "event" not in trigger:
            return {}
        # A requirement of events that share attributes with the trigger, so that these can agree.
        own = [trigger["event"]]
        if "moved_by" in trigger:
            moving = trigger["moved_by"]
            own.append(moving if isinstance(moving, str) else moving["event"])
        shared = set.intersection(*(set(carried(self.vocabulary, e)) for e in own))
        others = [e for e in self.events if shared & set(carried(self.vocabulary, e))]
        if not others:
            return {}
        event = rng.choice(others)
        both = sorted(shared & set(carried(self.vocabulary, event)))
        told["requires"] = self._where({"event": event}, [event], 0.5)
        return {"correlate": {"by": rng.sample(both, min(len(both), rng.choice((1, 1, 2))))}}

    def _exception(self, trigger: Json) -> Json:
        rng = self.rng
        told: Json = {}
        sources = [trigger, *trigger.get("any_of", [])]
        events = [s["event"] for s in sources if "event" in s]
        if "moved_by" in trigger:
            moving = trigger["moved_by"]
            events.append(moving if isinstance(moving, str) else moving["event"])
        if events and self.chance(0.4):
            told = self._where(told, events, 1)
        if "where" not in told:
            event = rng.choice(self.events)
            told = self._where({"event": event}, [event])
            if self.chance(0.6):
                told["by"] = rng.choice(("trigger", "due"))
        if self._earlier() and self.chance(0.3):
            told["instead"] = rng.choice(self._earlier())
        return told

    def _content(self) -> Json:
        told: Json = {"trigger": self._trigger()}
        sources = [told["trigger"], *told["trigger"].get("any_of", [])]
        events = [s["event"] for s in sources if "event" in s]
        if "moved_by" in told["trigger"]:
            moving = told["trigger"]["moved_by"]
            events.append(moving if isinstance(moving, str) else moving["event"])
        if self.chance(0.35):
            told["judged"] = "union"
            event = self.rng.choice(("act.published", "document.published", "notice.published"))
            told["trigger"] = self._where({"event": event}, [event], 0.4)
            events = [event]
            wanted: Any = {"municipality": "official_languages"}
            if self.chance(0.4):
                wanted = self.rng.sample(("sq", "sr", "tr", "en"), self.rng.randint(1, 3))
            told["must"] = {
                "languages": {"includes_all": wanted},
                **(self.conditions.draw(events) if self.chance(0.2) else {}),
            }
        else:
            told["must"] = self.conditions.draw(events) if events else {}
        if self.chance(0.25):
            told["unless"] = [self._exception(told["trigger"])]
        if self.chance(0.08):
            told["correlate"] = {"by": "municipality"}
        return told

    def _duration(self) -> Json:
        rng = self.rng
        told: Json = {"trigger": self._trigger()}
        if self.chance(0.8):
            told["trigger"] = self._where({"event": "consultation.opened"}, ["consultation.opened"], 0.4)
            if self.chance(0.3):
                told["trigger"]["take"] = rng.choice(("first", "last", "each"))
            if self.chance(0.3):
                told["trigger"]["cancelled_by"] = self._named()
        unit = rng.choice(get_args(Unit))
        part: Json = {"n": rng.choice(NUMBERS[unit]), "unit": unit}
        part["closed_by"] = self._named() if self.chance(0.3) else "consultation.closed"
        if told["trigger"].get("event") == "consultation.opened" and self.chance(0.8):
            part["planned"] = "closes_at"
            if self.chance(0.7):
                part["moved_by"] = "consultation.extended"
        told["open_for"] = part
        if self.chance(0.2):
            told["unless"] = [self._exception(told["trigger"])]
        return told

    def _count(self) -> Json:
        rng = self.rng
        told = self._selector()
        if self.chance(0.2):
            told = {rng.choice(("all_of", "any_of")): [self._selector() for _ in range(rng.randint(1, 2))]}
        # Days make so many obligations that little else would be compared.
        units = [u for u in get_args(PeriodUnit) if "day" not in u or self.chance(0.2)]
        told |= {"per": rng.choice(units), "at_least": rng.choice((0, 1, 1, 2, 3))}
        if told["per"] == "year" and self.chance(0.75):
            told["within"] = rng.choice(("first-half", "second-half", "first-quarter"))
        return {"count": told}

    def _calendar_part(self) -> Json:
        rng = self.rng
        told: Json = {"rrule": rng.choice(RULES), "roll": rng.choice(("none", "forward", "backward"))}
        abouts = get_args(get_args(CalendarTrigger.model_fields["about"].annotation)[0])
        if self.chance(0.5):
            told["about"] = rng.choice(abouts)
        if self.chance(0.25):
            first = dt.date(2026, 1, 1) + dt.timedelta(days=rng.randint(0, 300))
            last = min(first + dt.timedelta(days=rng.randint(0, 120)), dt.date(2026, 12, 31))
            told["window"] = f"{first:%m-%d}/{last:%m-%d}"
        if self.chance(0.2):
            told["only_if"] = self._selector()
        return told

    def _calendar_duty(self) -> Json:
        told: Json = {"calendar": self._calendar_part(), "requires": self._requires()}
        if self.chance(0.5):
            event = self.rng.choice(("document.submitted", "document.published"))
            told["requires"] = self._where({"event": event}, [event])
        return told

    def _standing(self) -> Json:
        return {"standing": True, "requires": self._requires()}

    # -- readings

    def _readings(self, told: Json) -> list[Json]:
        rng = self.rng
        found: list[Json] = [{"name": "plain", "source": "the act"}]
        for n in range(rng.choice((1, 1, 2))):
            found.append({"name": f"other{n}", "source": "an opinion", **self._overlay(told)})
        rng.shuffle(found)
        return found

    def _overlay(self, told: Json) -> Json:
        rng = self.rng
        if "deadline" in told:
            return self._other_deadline(told)
        if "open_for" in told:
            unit = rng.choice(get_args(Unit))
            return {"open_for": {"n": rng.choice(NUMBERS[unit]), "unit": unit}}
        if "count" in told:
            return {"count": {"at_least": rng.choice((1, 2, 3))}}
        if "calendar" in told and self.chance(0.6):
            return {"calendar": self._calendar_part()}
        return {"requires": self._requires()}

    def _other_deadline(self, told: Json) -> Json:
        rng, own = self.rng, told["deadline"]
        luck = rng.random()
        if luck < 0.15:
            return {"requires": self._requires()}
        if luck < 0.25:
            return {"trigger": self._trigger("planned_at" in (own.get("before"), own.get("after")))}
        if "before" in own and own.get("unit") != "hour" and luck < 0.55:
            return {"deadline": {"clear": not own.get("clear", False)}}
        if luck < 0.7:
            direction = "before" if "before" in own else "after"
            anchor = rng.choice(["time", *self._anchors(told["trigger"]), self._selector(0.3)])
            return {"deadline": {direction: anchor}}
        if luck < 0.8:
            return {"deadline": {"roll": rng.choice(("none", "forward", "backward"))}}
        unit = rng.choice([u for u in get_args(Unit) if u != "hour" or own.get("unit") == "hour"])
        more: Json = {"n": rng.choice(NUMBERS[unit]), "unit": unit}
        if "before" in own:
            more["roll"] = rng.choice(("none", "forward", "backward")) if more["n"] else "none"
        return {"deadline": more}


__all__ = ["PackMaker", "random_pack", "write_pack"]
