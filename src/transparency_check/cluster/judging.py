"""A run on many workers: what is read where, how the log is parted, and what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

import orjson

from ..engine.moments import Elsewhere
from ..messages.problems import problem
from ..model import Log, Outcome, Problem
from ..watching import UNWATCHED, Watch
from .merged import Gathered, Spool
from .placing import Routes, concerned
from .rows import Facts, Found, Job, Judged, SliceTold, Survey
from .settling import together
from .slices import SLICE, Slice, Slices
from .splitting import MOST, duties, linked, number_of_parts, parted

if TYPE_CHECKING:
    from ..events import Normaliser
    from ..packs.model import Rulebook
    from ..times import Moment


class Beside(NamedTuple):
    """What a part is given beside its records: rows that name no municipality, and what the whole of the log
    says.
    """

    records: tuple[bytes, ...] = ()
    elsewhere: Elsewhere = Elsewhere()


class Workers(Protocol):
    """Processes that read a log, keep its rows, and judge them part by part.

    What they are asked rests on the rows alone: a worker that is lost is replaced by another one, which does
    the same again.
    """

    # How many parts they judge at once.
    at_once: int

    def read(self, slices: Sequence[Slice], records: Iterable[bytes], rulebook: Rulebook) -> list[SliceTold]:
        """Read slices, and keep their records together with these."""

    def survey(self) -> Survey:
        """What is to be known before the rows are parted."""

    def links(self, municipalities: Collection[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
        """The cases that a row of some municipalities names, where they are several: its own, and those that
        it names.
        """

    def settle(self, routes: Routes, job: Job, files: Collection[str], cases: Collection[str]) -> list[Facts]:
        """The facts of each part (see ``settling.facts_of``)."""

    def judge(self, routes: Routes, job: Job, beside: Mapping[int, Beside]) -> Iterator[Found]:
        """What each part comes to (see ``part.judge_part``), and its pages, in whatever order they come."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How a log is cut: bytes of a slice, number of parts (None: as many as are worth it), records from which
    on a municipality is split.
    """

    slice: int = SLICE
    parts: int | None = None
    most: int = MOST


@dataclass
class Cluster:
    """Reads a log and judges it on workers. What ``aside`` gives first, then ``read``, then any number of
    ``judged``.
    """

    workers: Workers
    sizes: Sizes = field(default_factory=Sizes)
    _slices: Slices | None = None
    _survey: Survey | None = None

    def aside(self, normaliser: Normaliser) -> Slices:
        """What takes the large files of a log (see ``logs.read_logs``)."""
        self._slices = Slices(normaliser, self.sizes.slice)
        return self._slices

    def read(self, log: Log, rulebook: Rulebook) -> Log:
        """Have the slices read that were taken, and all rows kept by the workers. The log as if it had been
        read here, without records.
        """
        slices = self._slices.found if self._slices is not None else []
        told = self.workers.read(slices, log.records, rulebook)
        return _with_slices(log, told)

    def judged(
        self,
        rulebook: Rulebook,
        as_of: Moment,
        known_at: Moment | None = None,
        until: Moment | None = None,
        most: Mapping[Outcome, int] | None = None,
        memory: int | None = None,
        instead: Mapping[bytes, bytes] | None = None,
        watch: Watch = UNWATCHED,
    ) -> Gathered:
        """Judge all rows, as ``engine.evaluate`` does; ``most`` as in ``Inquiry``, ``memory`` of each worker.
        ``instead`` are records that are to be others.
        """
        job = Job(rulebook, as_of, known_at or as_of, until or as_of, most, memory, instead or {})
        with watch.stage("log"):
            if self._survey is None:
                self._survey = self.workers.survey()
            routes = self._routes(self._survey, job)
            beside = self._beside(self._survey, routes, job)
        with watch.stage("candidates"):
            return self._gathered(routes, job, beside)

    def _gathered(self, routes: Routes, job: Job, beside: Mapping[int, Beside]) -> Gathered:
        parts, spool = {}, Spool()
        for part, number, found in self.workers.judge(routes, job, beside):
            if isinstance(found, Judged):
                parts[part] = found
            else:
                spool.add(part, number, found)
        return Gathered(parts, spool)

    def _routes(self, survey: Survey, job: Job) -> Routes:
        records = sum(survey.numbers.values())
        wanted = self.sizes.parts or number_of_parts(records, self.workers.at_once)
        whole, split = parted(survey.numbers, wanted, self.sizes.most)
        routes = Routes(whole, split, duties(job.rulebook))
        if split:
            links = chain(self.workers.links(split.keys()), _of_rows(survey.unplaced, split))
            routes = replace(routes, linked=linked(links))
        of_ids = survey.entangled.items()
        return replace(routes, entangled={id_: routes.of_belonging(of_id) for id_, of_id in of_ids})

    def _beside(self, survey: Survey, routes: Routes, job: Job) -> Mapping[int, Beside]:
        """What the whole of the log says to each of its parts; nothing has to be asked for, as a rule."""
        if not (survey.unplaced or routes.split):
            return {}
        read = [orjson.loads(record) for record in survey.unplaced]
        files, cases = {row["file"] for row in read}, {row["case"] for row in read if "case" in row}
        facts = together(self.workers.settle(routes, job, files, cases))
        records: dict[int, list[bytes]] = {}
        whom: dict[int, dict[str, Collection[str]]] = {}
        for place, record, names in concerned(survey.unplaced, facts):
            for part in routes.of_municipalities(names):
                records.setdefault(part, []).append(record)
                whom.setdefault(part, {})[place] = names
        firsts: dict[int, dict[str, dt.date]] = {}
        for name in routes.split:
            for part in routes.of_municipalities([name]):
                firsts[part] = {name: facts.first_days[name]} if name in facts.first_days else {}
        return {
            part: Beside(tuple(records.get(part, ())), Elsewhere(firsts.get(part, {}), whom.get(part, {})))
            for part in {*records, *firsts}
        }


def _of_rows(unplaced: Iterable[bytes], split: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Cases that a row names which may be of any municipality."""
    for record in unplaced:
        read = orjson.loads(record)
        if "case" in read:
            for name in split:
                yield name, (read["case"], *read.get("related", ()))


def _with_slices(log: Log, told: Sequence[SliceTold]) -> Log:
    """The log with what was told of its slices, file by file."""
    by_file: dict[str, list[SliceTold]] = {}
    for each in sorted(told, key=lambda t: (t.name, t.before)):
        by_file.setdefault(each.name, []).append(each)
    problems: list[Problem] = list(log.problems)
    for name, parts in by_file.items():
        found = _of_file(parts)
        if not found and not any(part.rows for part in parts):
            found = [problem("no_rows", name, name=name)]
        problems += found
    events = {name: sum(part.events for part in parts) for name, parts in by_file.items()}
    sources = [replace(s, events=events[s.name]) if s.name in events else s for s in log.sources]
    return replace(log, records=[], problems=problems, sources=sources)


def _of_file(parts: Iterable[SliceTold]) -> list[Problem]:
    """The problems of a file; what is told once of all its rows by the first slice that has such."""
    seen: set[str] = set()
    found: list[Problem] = []
    for part in parts:
        again = {id(told) for header, told in part.once.items() if header in seen}
        found += [told for told in part.problems if id(told) not in again]
        seen.update(part.once)
    return found
