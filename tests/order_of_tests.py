"""Which tests begin first, and which `make check` leaves out."""

from __future__ import annotations

# Files that take longest. A worker that was handed one of them last would go on alone; the first one needs no
# compiled pack, which the other worker makes meanwhile.
LONG = (
    "install/test_wheel.py", "reference/test_differential.py", "configuration/test_settings.py",
    "cli/test_commands.py", "readers/test_columns_proved.py", "safety/test_program.py",
    "readers/test_parquet.py", "readers/test_fast_path.py", "test_rule_processes.py",
    "properties/test_laws.py", "packs/test_examples.py", "test_python_rules.py", "engine/test_parts.py",
    "readers/test_tables_proved.py", "bad_input/test_memory.py", "faults/test_outputs.py",
    "faults/test_surroundings.py", "cli/test_mistakes.py", "packs/test_scaffold.py",
    "safety/test_reports.py", "safety/test_packs.py", "install/test_editable.py",
    "packs/test_mutation.py", "readers/test_packing.py", "bad_input/test_every_reader.py",
    "fuzz/test_corpus.py", "performance/test_sides.py", "reference/test_reference.py",
    "languages/test_outputs.py", "pipelines/test_recipes.py", "faults/test_twenty_times.py",
    "docs/test_walk_through.py", "docs/test_information_office.py", "docs/test_guides.py",
    "docs/test_site.py", "planning/test_readiness.py", "site_pages/test_browser.py",
    "site_pages/test_figures.py", "site_pages/test_hostile.py", "serving/test_browser.py",
    "serving/test_week.py", "serving/test_enhanced.py",
    "register/test_durability.py", "register/test_importing.py", "register/test_reading.py",
    "cluster/test_parts.py",
)  # fmt: skip


# Of a test that has more cases than the first number, `make check` takes one in so many as the second says;
# the whole run takes all of them.
MANY_CASES, ONE_IN = 4, 6
# What `make check` leaves to the whole run, so that it takes less than five minutes: files, or those of their
# tests whose names begin so. Each is of something that other tests try in small.
WHOLE_RUN = (
    "bad_input/test_bad_values.py::test_the_messages_differ_in_their_places_only",
    "bad_input/test_memory.py::test_what_asks_for_more_memory", "cli/test_compare.py",
    "cli/test_documents_written.py", "cli/test_pages.py", "configuration/test_settings.py",
    "docs/test_guides.py", "docs/test_information_office.py", "docs/test_site.py",
    "docs/test_walk_through.py",
    "engine/test_parts.py::test_parts_say_what_the_whole_says[7102]",
    "engine/test_parts.py::test_parts_say_what_the_whole_says[7105]", "faults/test_surroundings.py",
    "faults/test_twenty_times.py", "fuzz/test_corpus.py::test_every_reader_takes_the_corpora_of_the_others",
    "install/test_editable.py", "install/test_wheel.py", "languages/test_outputs.py",
    "packs/test_examples.py::test_together_is_as_alone", "pipelines/test_recipes.py",
    "planning/test_readiness.py", "readers/test_columns_proved.py", "readers/test_fast_path.py",
    "readers/test_parquet.py", "reference/test_differential.py::test_engine_and_reference_agree[7013]",
    "reference/test_differential.py::test_engine_and_reference_agree[7034]",
    "reference/test_differential.py::test_engine_and_reference_agree[7044]",
    "reference/test_differential.py::test_engine_and_reference_agree[7052]",
    "register/test_durability.py", "scoring/test_score.py", "serving/test_accepting.py",
    "serving/test_browser.py", "serving/test_browser_admin.py", "serving/test_enhanced.py",
    "serving/test_fuzz_api.py", "serving/test_hostile.py", "serving/test_left_out.py",
    "serving/test_parts.py::test_whatever_happens", "serving/test_week.py",
    "site_pages/test_browser.py", "site_pages/test_figures.py", "site_pages/test_hostile.py",
    "spreadsheets/test_libreoffice.py", "test_rule_processes.py",
)  # fmt: skip
