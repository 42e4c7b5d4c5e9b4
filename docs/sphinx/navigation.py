"""The documents of the site in the order of its navigation, grouped by who reads them."""

from __future__ import annotations

# The page that the navigation hangs on.
ROOT = "docs/README"

# Each language of the documents: its own name, and where it begins.
LANGUAGES = {
    "en": ("English", "docs/start"),
    "sq": ("Shqip", "docs/sq/start"),
    "sr-Latn": ("Srpski", "docs/sr/start"),
}

# A name that ends in * stands for all documents of a folder.
NAVIGATION: dict[str, tuple[str, ...]] = {
    "Start": (
        "docs/start",
        "docs/questions-and-answers",
        "README",
        "docs/samples",
        "docs/walk-through",
        "docs/windows",
        "docs/glossary",
    ),
    "Shqip": ("docs/sq/start", "docs/sq/legal-office", "docs/sq/information-office"),
    "Srpski": ("docs/sr/start", "docs/sr/legal-office", "docs/sr/information-office"),
    "Legal office": ("docs/legal-office", "docs/comparing", "docs/waivers"),
    "Information office": (
        "docs/information-office",
        "docs/spreadsheets",
        "docs/validate",
        "docs/calendar-feed",
        "docs/reminders",
        "docs/register",
        "docs/serve",
        "docs/site",
        "docs/score",
        "docs/configuration",
    ),
    "Pipelines": ("docs/pipelines", "docs/baseline", "docs/formats"),
    "Law": (
        "docs/law/coverage",
        "docs/law/questions",
        "docs/law/practice",
        "rules/klina/README",
        "rules/kllokot/README",
        "rules/information-office/README",
        "rules/klgi/README",
    ),
    "Writing law": (
        "docs/writing-a-duty",
        "docs/another-country",
        "examples/wales/README",
        "rules/kosovo/README",
        "docs/versioning",
    ),
    "Extending": (
        "docs/api",
        "docs/plugins",
        "examples/README",
        "examples/plugins/README",
        "examples/template/README",
        "docs/mapping",
        "docs/foreign-logs",
    ),
    "Reference": ("docs/semantics", "docs/worked-dates", "docs/contract", "docs/reference/*"),
    "How far to trust it": (
        "docs/reliability",
        "docs/performance",
        "docs/scale",
        "docs/security",
        "SECURITY",
    ),
    "Inside": (
        "CONTRIBUTING",
        "docs/internals/*",
        "docs/releasing",
        "docs/releases/*",
        "CODE_OF_CONDUCT",
        "CHANGELOG",
        "samples/*/README",
        "src/transparency_check/serving/static/README",
        "docs/adr/*",
    ),
}
