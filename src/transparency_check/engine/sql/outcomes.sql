-- Most obligations are known to exist, have one due date and one reading, and nothing ended them: their verdict is their outcome.
CREATE OR REPLACE TEMP TABLE plain AS
SELECT o.o, o.rule, f.reading, v.mask, v.reasons FROM ob o JOIN form f USING (form) JOIN verdict v ON v.o = o.o AND v.bound = 0 LEFT JOIN due d ON d.o = o.o
WHERE f.stratum = getvariable('stratum') AND f.readings = 1 AND f.applies_by = 'trigger' AND NOT f.only_if AND len(o.doubts) = 0
  AND coalesce(d.bounds, 1) = 1 AND d.reason IS DISTINCT FROM 'no_calendar' AND d.lacking IS NULL AND v.mask <> 16 AND len(v.reasons) < 2
  AND NOT EXISTS (FROM modifier m WHERE m.o = o.o);

INSERT INTO done
SELECT rule, o, outcome_of(mask),
    mask, reasons, [{'reading': reading, 'o': o, 'mask': mask}], NULL
FROM plain;

-- Per obligation and calendar: the possible outcomes of the others, and why they are several.
CREATE OR REPLACE TEMP TABLE variant AS
WITH ended AS (
    SELECT o, bound, arg_min(ends, CASE ends WHEN 'superseded' THEN 1 WHEN 'cancelled' THEN 2 ELSE 3 END) AS ends,
        min(instead) AS instead
    FROM modifier WHERE ends IS NOT NULL GROUP BY o, bound
), may_end AS (
    SELECT m.o, m.bound, list_distinct(list(m.why)) AS why FROM modifier m JOIN verdict v USING (o, bound)
    WHERE m.ends IS NULL AND m.why IS NOT NULL AND CASE m.weight WHEN 0 THEN TRUE WHEN 1 THEN v.base <> 1 ELSE v.base IN (2, 4) END
    GROUP BY m.o, m.bound
), all_of_them AS (
    SELECT o.o, coalesce(d.bound, 0) AS bound, coalesce(d.bounds, 1) AS bounds, d.reason, d.lacking, o.doubts
    FROM ob o JOIN form f USING (form) ANTI JOIN plain p ON p.o = o.o LEFT JOIN due d ON d.o = o.o WHERE f.stratum = getvariable('stratum')
)
SELECT a.o, a.bound, a.bounds, CASE WHEN e.ends = 'exception' THEN e.instead END AS instead,
    CASE WHEN e.ends IS NOT NULL THEN 16 WHEN len(a.doubts) > 0 THEN 31 WHEN a.reason = 'no_calendar' OR a.lacking IS NOT NULL THEN 31
         WHEN m.why IS NOT NULL THEN v.mask | 16 ELSE v.mask END AS mask,
    CASE WHEN e.ends IS NOT NULL THEN [e.ends] WHEN len(a.doubts) > 0 THEN a.doubts WHEN a.reason = 'no_calendar' THEN ['no_calendar']
         WHEN a.lacking IS NOT NULL THEN ['missing_field']
         WHEN m.why IS NULL THEN v.reasons
         ELSE v.reasons || m.why END AS reasons,
    CASE WHEN len(a.doubts) > 0 OR e.ends IS NOT NULL THEN FALSE ELSE TRUE END AS judged
FROM all_of_them a LEFT JOIN verdict v USING (o, bound) LEFT JOIN ended e USING (o, bound) LEFT JOIN may_end m USING (o, bound);

INSERT INTO settling
SELECT DISTINCT m.o, m.why, m.n, m.b, m.fields FROM modifier m JOIN variant v USING (o, bound) WHERE m.ends IS NULL AND v.judged AND list_contains(v.reasons, m.why)
UNION
SELECT o.o, unnest(o.doubts), o.n, NULL, o.fields FROM ob o JOIN form f USING (form) WHERE f.stratum = getvariable('stratum') AND len(o.doubts) > 0
UNION
SELECT DISTINCT d.o, 'missing_field', d.extension, NULL, [d.lacking] FROM due d JOIN ob o USING (o) JOIN form f USING (form) WHERE f.stratum = getvariable('stratum') AND d.lacking IS NOT NULL;

-- §7.11 first the calendars of one reading ...
CREATE OR REPLACE TEMP TABLE per_form AS
SELECT v.o, CASE WHEN o.off_shown IS NULL OR v.mask & 16 = 0 THEN v.mask WHEN o.off_shown THEN 16 ELSE v.mask & 15 END AS shown, v.mask, FALSE AS swings, v.reasons, v.instead
FROM variant v JOIN ob o USING (o) WHERE v.bounds = 1
UNION ALL
SELECT o, any_value(mask) FILTER (bound = 0), bit_or(mask), count(DISTINCT mask) > 1, list_distinct(flatten(list(reasons))), min(instead)
FROM variant WHERE bounds > 1 GROUP BY o;

-- Law that applies by the due date (§4.1): what was counted under a version that is not in force then falls away.
-- Where no version leads to a due date, the one of the trigger's day stays.
DELETE FROM per_form WHERE o IN (
    SELECT o FROM (
        SELECT o.o, coalesce(d.due_day BETWEEN v.from_day AND v.to_day, FALSE) AS fits, bool_or(d.due_day IS NOT NULL) OVER same AS dated,
            coalesce(o.day, as_of_day(o.municipality)) BETWEEN v.from_day AND v.to_day AS begun,
            row_number() OVER (PARTITION BY o.form, o.n, o.upstream, coalesce(d.due_day BETWEEN v.from_day AND v.to_day, FALSE) ORDER BY v.v) AS place
        FROM ob o JOIN form f USING (form) JOIN version v ON v.rule = o.rule AND v.v = o.v LEFT JOIN due d ON d.o = o.o AND d.bound = 0
        WHERE f.applies_by = 'due' AND f.stratum = getvariable('stratum') WINDOW same AS (PARTITION BY o.form, o.n, o.upstream)
    ) WHERE NOT CASE WHEN dated THEN fits AND place = 1 ELSE begun END);

-- [if conditional]
-- §7.10 `only_if`: no obligation where the civil period held no such event; undetermined where only doubtful ones.
CREATE OR REPLACE TEMP TABLE held AS
SELECT o.o, bool_or(h.truth) AS truth, count(h.n) AS found FROM ob o JOIN form f USING (form)
LEFT JOIN (SELECT r.form, h.truth, h.n, e.municipality, e.day FROM role r JOIN hit h USING (selector) JOIN event e USING (n) WHERE r.role = 'only_if') h
    ON h.form = o.form AND h.municipality = o.municipality AND h.day BETWEEN o.civil_first AND o.civil_last
WHERE f.stratum = getvariable('stratum') AND f.only_if GROUP BY o.o;
DELETE FROM per_form WHERE o IN (SELECT o FROM held WHERE found = 0);
UPDATE per_form SET shown = 31, mask = 31, swings = FALSE, reasons = ['missing_field'] WHERE o IN (SELECT o FROM held WHERE found > 0 AND truth IS NULL);
-- [end]

-- ... then the readings of one duty. A trigger and what stands judged together name one obligation each; else its case or period does.
CREATE OR REPLACE TEMP TABLE keyed AS
SELECT o.rule, o.municipality, coalesce(o.n, -1) AS k_trigger, CASE WHEN o.n IS NULL THEN concat_ws(chr(31), o.cas, o.period_key) ELSE '' END AS k_subject,
    o.upstream, f.reading, f.readings, p.*
FROM per_form p JOIN ob o USING (o) JOIN form f USING (form);

INSERT INTO done
WITH merged AS (
    SELECT rule, o, mask AS possible, FALSE AS differ, swings, reasons, [{'reading': reading, 'o': o, 'mask': mask}] AS readings, instead
    FROM keyed WHERE readings = 1
    UNION ALL
    SELECT rule, arg_min(o, reading), bit_or(mask) | CASE WHEN count(*) < any_value(readings) THEN 16 ELSE 0 END,
        count(DISTINCT shown) > 1 OR (count(*) < any_value(readings) AND min(shown) <> 16), bool_or(swings), list_distinct(flatten(list(reasons))),
        list({'reading': reading, 'o': o, 'mask': mask} ORDER BY reading), min(instead)
    FROM keyed WHERE readings > 1
    GROUP BY rule, municipality, k_trigger, k_subject, upstream
)
SELECT rule, o, outcome_of(possible),
    possible,
    CASE WHEN possible = 16 THEN [CASE WHEN list_contains(reasons, 'superseded') THEN 'superseded' WHEN list_contains(reasons, 'cancelled') THEN 'cancelled' ELSE 'exception' END]
         WHEN NOT swings AND NOT differ AND len(reasons) < 2 THEN reasons
         ELSE list_sort(list_distinct(reasons || CASE WHEN swings THEN ['provisional_calendar'] ELSE []::VARCHAR[] END || CASE WHEN differ THEN ['readings_differ'] ELSE []::VARCHAR[] END)) END,
    readings, CASE WHEN possible = 16 THEN instead END
FROM merged;
