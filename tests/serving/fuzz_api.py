"""Requests to the interface, made by schemathesis of its own description: ``python -m serving.fuzz_api
--examples 500`` (from the folder tests; `make fuzz-api`).

For each address as many are sent as a reader and as a recorder, as the description has them and as it has
not, to a register of its own. No answer may be a fault, have a status or type that the description does not
tell, or another form. The exit code is 1 where one has.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from transparency_check.serving.people import Attempts

from .made import ORIGIN, SESSION, TOKENS, Made, with_register

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
ROLES = ("reader", "recorder")
