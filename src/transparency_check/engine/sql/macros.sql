-- One pipeline for every duty. evaluate.py runs the files of this folder; the tables of the law (form, role, member, term, version,
-- source) and of the log (event, hit, moment, number, link, blur, island) stand before them.
-- Times: day is a local civil day, lo and hi are instants in microseconds. `cas` is the number of a case, of one municipality. Outcomes are bits of a mask:
-- 1 fulfilled, 2 late, 4 violated, 8 pending, 16 not applicable. Numbers after § are clauses of docs/semantics.md.

-- §7.1 "comes before": the benefit of the order on one day where a time of day is missing.
CREATE OR REPLACE TEMP MACRO comes_before(aday, atimed, alo, bday, btimed, blo) AS
    aday < bday OR (aday = bday AND (NOT atimed OR NOT btimed OR alo <= blo));
-- §4.7 strictly earlier than the trigger.
CREATE OR REPLACE TEMP MACRO strictly_before(aday, atimed, alo, bday, btimed, blo) AS
    aday < bday OR (aday = bday AND atimed AND btimed AND alo < blo);
-- §7.1 "is before": NULL where it is open, as a time of day is missing on one day.
CREATE OR REPLACE TEMP MACRO is_before(aday, atimed, alo, bday, btimed, blo) AS
    CASE WHEN aday <> bday THEN aday < bday WHEN atimed AND btimed THEN alo <= blo END;
-- §7.8 at or before due: by day, or by instants for hours, NULL where these leave it open. No due known yet: nothing is after it.
CREATE OR REPLACE TEMP MACRO by_due(hours, day, lo, hi, due_day, due_lo, due_hi) AS
    CASE WHEN due_day IS NULL THEN TRUE WHEN NOT hours THEN day <= due_day WHEN hi <= due_lo THEN TRUE WHEN lo > due_hi THEN FALSE END;
CREATE OR REPLACE TEMP MACRO over(municipality, hours, due_day, due_hi) AS
    due_day IS NOT NULL AND (CASE WHEN hours THEN as_of_hi(municipality) > due_hi ELSE as_of_day(municipality) > due_day END);

-- What keeps an obligation from being judged at all, and the fields that would settle it (§7.6).
CREATE OR REPLACE TEMP MACRO trigger_doubts(truth, upstream, unlinked, aday, anchor) AS
    CASE WHEN truth IS NULL THEN CASE WHEN upstream > 0 THEN ['trigger_undetermined'] ELSE ['missing_field'] END
         WHEN unlinked THEN ['missing_link']
         WHEN aday IS NULL THEN CASE WHEN anchor = 'another event' THEN ['missing_link'] ELSE ['missing_field'] END ELSE []::VARCHAR[] END;
CREATE OR REPLACE TEMP MACRO trigger_fields(truth, upstream, missing, aday, anchor) AS
    CASE WHEN upstream > 0 THEN []::VARCHAR[] WHEN truth IS NULL THEN missing WHEN aday IS NULL AND anchor <> 'another event' THEN [anchor] ELSE []::VARCHAR[] END;

CREATE OR REPLACE TEMP MACRO outcome_of(mask) AS
    CASE mask WHEN 1 THEN 'fulfilled' WHEN 2 THEN 'late' WHEN 4 THEN 'violated' WHEN 8 THEN 'pending' WHEN 16 THEN 'not_applicable' ELSE 'undetermined' END;
