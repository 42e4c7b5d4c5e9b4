"""A worker that is lost in the middle of its work, once for each part."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pyspark import Broadcast, TaskContext

from transparency_check.cluster.spark import Spark
from transparency_check.cluster.tasks import Batches, judge


class LosingSpark(Spark):
    """Its workers end without a word when they have given the first of what they found."""

    def __init__(self, session: Any, folder: Path) -> None:
        super().__init__(session)
        self._folder = str(folder)

    def _judging(self, given: Broadcast[bytes]) -> Callable[[Batches], Batches]:
        return partial(_judge_at_the_second_try, self._folder, given)


def _judge_at_the_second_try(folder: str, given: Broadcast[bytes], batches: Batches) -> Batches:
    context = TaskContext.get()
    assert context is not None
    tried = Path(folder, str(context.partitionId()))
    lost = not tried.exists()
    tried.touch()
    for number, found in enumerate(judge(given, batches)):
        yield found
        if lost and number == 1:
            os._exit(9)
    if lost:
        os._exit(9)
