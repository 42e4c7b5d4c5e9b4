"""What other programs call: ``evaluate``, and what it gives back (docs/api.md).

The same inquiry, law, engine and reporters as those of the commands; here are only arguments and results as
Python has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from ..checking import Inquiry
from ..messages.language import within
from ..model import FailOn
from ..viewing import days
from . import arguments
from .arguments import PathText, Several
from .question import Question
from .results import Evaluation, Outlook, Proof

__all__ = ["Evaluation", "Outlook", "Proof", "evaluate"]


def evaluate(
    logs: Several[PathText] = (),
    *,
    records: Iterable[Mapping[str, object]] | None = None,
    packs: Several[PathText] = (),
    as_of: str | dt.date | None = None,
    known_at: str | dt.date | None = None,
    select: Several[str] = (),
    ignore: Several[str] = (),
    municipality: Several[str] = (),
    case: Several[str] = (),
    first: str | dt.date | None = None,
    last: str | dt.date | None = None,
    config: PathText | None = None,
    waivers: PathText | None = None,
    baseline: PathText | None = None,
    mapping: PathText | None = None,
    input_format: str | None = None,
    fail_on: FailOn = "violation",
    language: str | None = None,
    plugins: bool | Iterable[object] = True,
) -> Evaluation:
    """Judge logs, records of a program, or both together.

    ``logs`` are paths of files and folders, or addresses as ``sql:...``; ``records`` mappings of columns to
    values, which reports call ``records:1`` and so on. ``packs`` are names, or folders: a text with a
    separator, or a ``Path``. ``as_of`` and ``known_at`` are days, date-times with an offset, or text as the
    command takes it; without ``as_of`` it is now, in the zone of the pack.

    ``select`` and ``ignore`` say which duties; ``municipality``, ``case``, ``first`` and ``last`` (days, both
    included) what is shown of them; ``fail_on`` what counts for ``exit_code``. ``config``, ``waivers``,
    ``baseline`` and ``mapping`` are files: other than for a command, none is found by itself, and no variable
    of the environment counts. ``language`` is ``en``, ``sq``, ``sr-Latn`` or ``sr-Cyrl``, else that of the
    configuration. ``plugins`` are those that are installed, none (``False``), or these modules or objects in
    their place.

    Raises ``TransparencyCheckError``, with the words of the command, for arguments that cannot hold and for
    inputs, packs and files that cannot be used. Bad rows never raise: they are ``problems``. A case that no
    finding has is told by a ``UserWarning``.
    """
    with within(arguments.language(language)):
        office = arguments.office(config)
    spoken = arguments.language(language, office)
    with within(spoken):
        inquiry = Inquiry(
            logs=arguments.logs(logs),
            records=arguments.records(records),
            packs=arguments.packs(packs),
            as_of=arguments.moment("as_of", as_of),
            known_at=arguments.moment("known_at", known_at),
            select=arguments.texts("select", select),
            ignore=arguments.texts("ignore", ignore),
            input_format=input_format,
            office=office,
            waivers=arguments.waivers(waivers),
            baseline=arguments.baseline(baseline, office),
            mapping=arguments.mapping(mapping),
        )
        since, until = arguments.day("first", first), arguments.day("last", last)
        question = Question(
            inquiry=inquiry,
            municipalities=arguments.texts("municipality", municipality),
            cases=arguments.texts("case", case),
            days=days(since, until),
            fail_on=arguments.fail_on(fail_on),
            language=spoken,
            plugins=arguments.plugins(plugins),
        )
        return Evaluation(question, question.asked())
