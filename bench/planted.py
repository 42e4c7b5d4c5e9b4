"""A log whose verdicts are known, because they were planted: which case is kept, late or missed.

Scenes of a municipality's year, about 40 event types of the Kosovo pack in all 38 municipalities. Where a
planted case is in time, it is so under every reading and every calendar; where it is late, likewise. So the
truth rests on construction and not on any judge. Lines are put together as text, as ten million of them
must not take an hour.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from . import calendar_limits

T = TypeVar("T")
FIRST, LAST = dt.date(2020, 1, 1).toordinal(), dt.date(2026, 6, 30).toordinal()
# Every period of a planted case has ended by then.
AS_OF = "2026-11-01"
DUTIES = ("XK-MTG-001", "XK-FOI-001", "XK-ACT-001", "XK-CON-007")

# The columns of the flat formats, with the types of the database that writes them.
COLUMNS = {
    "id": "VARCHAR", "type": "VARCHAR", "time": "VARCHAR", "municipality": "VARCHAR", "case": "VARCHAR",
    "related": "VARCHAR[]", "act_kind": "VARCHAR", "activity_kind": "VARCHAR", "body": "VARCHAR",
    "channel": "VARCHAR[]", "circular_kind": "VARCHAR", "closes_at": "VARCHAR", "commenter_kind": "VARCHAR",
    "consultation_kind": "VARCHAR", "consultation_required": "BOOLEAN", "document_kind": "VARCHAR",
    "extension_days": "INTEGER", "format": "VARCHAR[]", "grounds": "VARCHAR[]", "holder": "VARCHAR",
    "holder_known": "BOOLEAN", "languages": "VARCHAR[]", "live": "BOOLEAN", "meeting_type": "VARCHAR",
    "notice_kind": "VARCHAR", "open_to_public": "BOOLEAN", "outcome": "VARCHAR", "partner_kind": "VARCHAR",
    "period": "VARCHAR", "place": "VARCHAR", "planned_at": "VARCHAR", "public": "BOOLEAN",
    "reason": "VARCHAR",
    "reasoned": "BOOLEAN", "recipient": "VARCHAR[]", "register_kind": "VARCHAR", "remedies_stated": "BOOLEAN",
    "requested_by": "VARCHAR", "role": "VARCHAR", "section": "VARCHAR", "session_kind": "VARCHAR",
    "submission_kind": "VARCHAR", "urgency_ground": "VARCHAR", "value_class": "VARCHAR",
}  # fmt: skip

_SQ_SR = ',"languages":["sq","sr"]'
_WEBSITE = ',"channel":["website"]'
_NOTICE_CHANNELS = ('["website"]', '["website","notice-board"]', '["notice-board"]', '["media","website"]')


class Office:
    """Writes scenes; ``lines`` are the events so far, ``truth`` the planted ``(duty, outcome, case)``."""

    def __init__(self, seed: int, municipalities: list[str]) -> None:
        self._rng = random.Random(seed)
        self._random = self._rng.random
        self._towns = municipalities
        self._town = municipalities[0]
        self.made = 0
        self.lines: list[str] = []
        self.truth: list[tuple[str, str, str]] = []
        span = range(FIRST - 60, LAST + 120)
        self._iso = {day: dt.date.fromordinal(day).isoformat() for day in span}
        self._notice = calendar_limits.before(span, 7)
        self._week = calendar_limits.after(span, 7)
        self._open = calendar_limits.open_for(span, 30, 20)

    def declare_coverage(self) -> None:
        """Each municipality's log claims to be complete, so that what is not recorded was not done."""
        for town in self._towns:
            self._town = town
            period = f"{self._iso[FIRST]}/{AS_OF}"
            self._put(
                "coverage.declared", self._iso[FIRST], f"coverage-{self._town}", f',"period":"{period}"'
            )

    def scene(self, number: int) -> None:
        """One proceeding from its beginning to its end."""
        self._town = self._one(self._towns)
        day = FIRST + int(self._random() * (LAST - FIRST))
        make, name = self._one(_SCENES)
        make(self, day, f"{name}-{number}")

    def _one(self, choices: Sequence[T]) -> T:
        return choices[int(self._random() * len(choices))]

    def _between(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))

    def _put(self, kind: str, time: str, case: str, more: str = "") -> None:
        self.made += 1
        self.lines.append(
            f'{{"id":"e{self.made}","type":"{kind}","time":"{time}","municipality":"{self._town}",'
            f'"case":"{case}"{more}}}\n'
        )

    def _plant(self, duty: str, case: str) -> str:
        """The outcome of one more case of a duty: most are kept."""
        draw = self._random()
        outcome = "fulfilled" if draw < 0.85 else "late" if draw < 0.94 else "violated"
        self.truth.append((duty, outcome, case))
        return outcome

    def session(self, day: int, case: str) -> None:
        iso, put = self._iso, self._put
        kind = self._one(("ordinary", "ordinary", "ordinary", "extraordinary", "urgent"))
        about = f',"body":"assembly","meeting_type":"session","session_kind":"{kind}"'
        held = day + {"ordinary": 16, "extraordinary": 8, "urgent": 1}[kind] + self._between(0, 7)
        while kind == "ordinary" and self._notice[held][0] < day:
            # Announced at once, the notice must be in time under every calendar, also across many days off.
            held += 1
        urgent = ',"requested_by":"mayor","reason":"flood damage"' if kind == "urgent" else ""
        put("meeting.scheduled", iso[day], case, f'{about},"planned_at":"{iso[held]}T10:00"{urgent}')
        since = day
        if kind == "ordinary" and self._random() < 0.06:
            since = day + 3
            held += 14
            if self._random() < 0.3:
                # It announces the date that is given up below, so it discharges nothing.
                self._notice_of_meeting(day, case, "meeting", self._one(_NOTICE_CHANNELS))
            put("meeting.rescheduled", iso[day + 2], case, f',"planned_at":"{iso[held]}T10:00"')
        if kind == "ordinary" and self._random() < 0.02:
            put("meeting.cancelled", iso[since + 1], case, ',"reason":"no quorum expected"')
            return
        first, last = self._notice[held]
        outcome = self._plant("XK-MTG-001", case) if kind == "ordinary" else "fulfilled"
        if outcome == "fulfilled":
            in_time = self._between(since, first if kind == "ordinary" else since)
            self._notice_of_meeting(in_time, case, "meeting", self._one(_NOTICE_CHANNELS))
        elif outcome == "late":
            late = self._between(max(last + 1, since), held - 1)
            self._notice_of_meeting(late, case, "meeting", self._one(_NOTICE_CHANNELS))
        elif self._random() < 0.3:
            # Neither this channel nor that kind is what the duty asks for.
            self._notice_of_meeting(since, case, "meeting", '["social-media"]')
            self._notice_of_meeting(since, case, "event", '["website"]')
        put(
            "invitation.sent",
            iso[since],
            case,
            ',"recipient":["members"],"notice_kind":"meeting","channel":["e-mail"]',
        )
        if self._random() < 0.8:
            put("materials.distributed", iso[since], case, ',"recipient":["members"],"channel":["e-mail"]')
        if self._random() < 0.6:
            put("materials.published", iso[since], case, _WEBSITE + _SQ_SR)
        put(
            "meeting.held",
            f"{iso[held]}T10:00",
            case,
            f'{about},"open_to_public":true,"place":"assembly hall"',
        )
        if self._random() < 0.3:
            put("meeting.broadcast", f"{iso[held]}T10:00", case, ',"channel":["youtube"],"live":true')
            put("recording.published", iso[held + 1], case, ',"channel":["youtube"],"format":["video"]')
        if self._random() < 0.1:
            put(
                "meeting.closed_to_public",
                f"{iso[held]}T11:00",
                case,
                ',"reasoned":true,"grounds":["privacy"]',
            )
        if self._random() < 0.7:
            put("minutes.drafted", iso[held + 3], case, ',"body":"assembly"')
            put("minutes.published", iso[held + 9], case, _WEBSITE + _SQ_SR)
        for number in range(self._between(0, 2)):
            self._act(held, f"{case}-act-{number}", case, '"consultation_required":false')

    def _notice_of_meeting(self, day: int, case: str, kind: str, channel: str) -> None:
        more = f',"notice_kind":"{kind}","channel":{channel}{_SQ_SR}'
        self._put("notice.published", f"{self._iso[day]}T09:30", case, more)

    def _act(self, adopted: int, case: str, related: str, required: str) -> None:
        iso, put = self._iso, self._put
        kind = self._one(("regulation", "regulation", "collective-decision", "decision"))
        what = f',"act_kind":"{kind}"'
        put(
            "act.adopted",
            f"{iso[adopted]}T12:00",
            case,
            f'{what},"body":"assembly",{required},"related":["{related}"]',
        )
        outcome = "fulfilled" if kind == "decision" else self._plant("XK-ACT-001", case)
        first, last = self._week[adopted]
        published = 0
        if outcome == "fulfilled":
            published = self._between(adopted + 1, first)
        elif outcome == "late":
            published = self._between(last + 1, last + 20)
        if published:
            put("act.published", iso[published], case, what + _WEBSITE + _SQ_SR)
        put(
            "act.submitted_for_review",
            iso[adopted + 5],
            case,
            what + ',"recipient":["ministry-local-government"]',
        )
        if self._random() < 0.5:
            put("act.registered", iso[adopted + 8], case, what)
            put("review.completed", iso[adopted + 25], case, ',"outcome":"confirmed"')
        if kind == "regulation":
            put("act.entered_into_force", iso[adopted + 23], case, what)

    def request(self, day: int, case: str) -> None:
        iso, put, draw = self._iso, self._put, self._random()
        registered = day + self._one((0, 0, 0, 1, 2))
        more = ',"channel":["e-mail"]'
        if draw < 0.04:
            put("request.received", f"{iso[day]}T10:15", case, more + ',"urgency_ground":"life-or-liberty"')
            put("request.registered", f"{iso[day]}T10:40", case)
            put("request.answered", f"{iso[day + 1]}T12:00", case, ',"outcome":"granted","reasoned":true')
            return
        if draw < 0.09:
            known = self._random() < 0.5
            holder = "known-other" if known else "unknown-other"
            put("request.received", f"{iso[day]}T10:15", case, f'{more},"holder":"{holder}"')
            # On a later day: a registration without a time of day would stand before the receipt.
            registered = max(registered, day + 1)
            put("request.registered", iso[registered], case)
            flag = "true" if known else "false"
            put(
                "request.transferred",
                iso[registered + 3],
                case,
                f',"holder_known":{flag},"recipient":["other-institution"]',
            )
            return
        put("request.received", f"{iso[day]}T10:15", case, more)
        put("request.registered", iso[registered], case)
        if draw < 0.12:
            put("request.withdrawn", iso[registered + 2], case)
            return
        reply = ',"outcome":"{}","reasoned":true,"remedies_stated":true'.format(
            self._one(("granted", "granted", "refused", "partly-granted"))
        )
        if draw < 0.18:
            put("request.extended", iso[registered + 5], case, ',"extension_days":15,"reason":"many files"')
            put("request.answered", iso[registered + self._between(8, 26)], case, reply)
            return
        outcome = self._plant("XK-FOI-001", case)
        first, last = self._week[registered]
        if outcome == "fulfilled":
            put("request.answered", iso[self._between(registered, first)], case, reply)
        elif outcome == "late":
            put("request.answered", iso[self._between(last + 1, last + 20)], case, reply)
        elif self._random() < 0.4:
            put("complaint.filed", iso[registered + 30], case, ',"recipient":["aip"]')
            put("complaint.decided", iso[registered + 55], case, ',"outcome":"upheld"')

    def consultation(self, day: int, case: str) -> None:
        iso, put = self._iso, self._put
        kind = self._one(("written", "written", "written", "mixed", "hearing"))
        first, last = self._open[day]
        kept = True
        if kind != "hearing":
            kept = self._random() < 0.88
            self.truth.append(("XK-CON-007", "fulfilled" if kept else "violated", case))
        closed = self._between(last, last + 10) if kept else self._between(day + 8, first - 1)
        draw = self._random()
        planned = day + 12 if draw < 0.06 else closed
        put(
            "consultation.opened",
            iso[day],
            case,
            f',"consultation_kind":"{kind}","act_kind":"regulation"{_WEBSITE}{_SQ_SR},"closes_at":"{iso[planned]}"',
        )
        for channel in ("website", "platform"):
            put(
                "notice.published",
                iso[day],
                case,
                f',"notice_kind":"consultation","channel":["{channel}"]{_SQ_SR}',
            )
        put("document.published", iso[day], case, ',"document_kind":"draft"' + _WEBSITE + _SQ_SR)
        if draw < 0.06:
            put(
                "consultation.extended",
                iso[day + 7],
                case,
                f',"closes_at":"{iso[closed]}","reason":"asked for"',
            )
        for _ in range(self._between(0, 3)):
            put("comment.received", iso[day + self._between(1, 7)], case, ',"commenter_kind":"citizen"')
        if draw < 0.06 or draw > 0.10:
            # Else the planned end is the end.
            put("consultation.closed", iso[closed], case)
        put("comment.answered", iso[closed + 4], case, ',"outcome":"accepted","reasoned":true')
        put(
            "document.published",
            iso[closed + 12],
            case,
            ',"document_kind":"consultation-report"' + _WEBSITE + _SQ_SR,
        )
        if self._random() < 0.6:
            self._act(closed + self._between(2, 40), f"{case}-act", case, '"consultation_required":true')

    def tender(self, day: int, case: str) -> None:
        iso, put = self._iso, self._put
        size = self._one(("large", "medium"))
        about = f',"value_class":"{size}"'
        put(
            "notice.published",
            iso[day],
            case,
            f',"notice_kind":"contract-notice","channel":["e-procurement"]{_SQ_SR}{about}',
        )
        opened = day + self._between(20, 55)
        put("tender.opened", f"{iso[opened]}T11:00", case, about + ',"public":true')
        put("contract.signed", iso[opened + 30], case, about + ',"partner_kind":"supplier"')

    def public_meeting(self, day: int, case: str) -> None:
        iso, put = self._iso, self._put
        held = day + self._between(12, 20)
        about = ',"body":"public","meeting_type":"public-meeting"'
        put("meeting.scheduled", iso[day], case, f'{about},"planned_at":"{iso[held]}T17:00"')
        put("notice.published", iso[day], case, f',"notice_kind":"public-meeting"{_WEBSITE}{_SQ_SR}')
        put("meeting.held", f"{iso[held]}T17:00", case, about + ',"open_to_public":true')

    def paper(self, day: int, case: str) -> None:
        iso, put, year = self._iso, self._put, self._iso[day][:4]
        kind = self._one(
            ("quarterly-financial-report", "annual-report", "work-plan", "list-of-acts", "budget")
        )
        about = f',"document_kind":"{kind}","period":"{year}-01-01/{year}-12-31"'
        put("document.approved", iso[day], case, about)
        put("document.submitted", iso[day + 3], case, about + ',"recipient":["ministry-local-government"]')
        put("document.published", iso[day + 5], case, about + _WEBSITE + _SQ_SR)
        put("report.presented", iso[day + 9], case, about + ',"recipient":["assembly"]')
        put("record.archived", iso[day + 10], case, f',"document_kind":"{kind}","format":["pdf"]')

    def petition(self, day: int, case: str) -> None:
        about = ',"submission_kind":"citizen-request"'
        self._put("submission.received", self._iso[day], case, about + _SQ_SR)
        later = self._iso[day + self._between(5, 50)]
        self._put("submission.considered", later, case, about + ',"body":"mayor","outcome":"accepted"')

    def news(self, day: int, case: str) -> None:
        time = f"{self._iso[day]}T08:00"
        self._put("press_release.issued", time, case, _WEBSITE + _SQ_SR)
        self._put("website.updated", time, case, ',"section":"news"' + _SQ_SR)
        self._put("register.updated", self._iso[day + 1], case, ',"register_kind":"press-releases"')

    def housekeeping(self, day: int, case: str) -> None:
        kind, more = self._one(
            (
                ("officer.appointed", ',"role":"information-officer"'),
                ("activity.completed", ',"activity_kind":"training"'),
                ("circular.received", ',"circular_kind":"budget-first"'),
            )
        )
        self._put(kind, self._iso[day], case, more)


_Scene = tuple[Callable[[Office, int, str], None], str]
_SCENES: tuple[_Scene, ...] = (
    *[(Office.session, "session")] * 3, *[(Office.request, "request")] * 6,
    *[(Office.consultation, "consultation")] * 2, (Office.tender, "tender"),
    (Office.public_meeting, "public"), (Office.paper, "paper"), (Office.petition, "petition"),
    (Office.news, "news"), (Office.housekeeping, "other"),
)  # fmt: skip


def planted(
    count: int, seed: int, municipalities: list[str]
) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """At least ``count`` events, whole proceedings only: pieces of the log as JSONL, each with its truth."""
    office = Office(seed, municipalities)
    office.declare_coverage()
    number = 0
    while office.made < count:
        while office.made < count and len(office.lines) < 20_000:
            number += 1
            office.scene(number)
        yield "".join(office.lines), office.truth
        office.lines, office.truth = [], []
