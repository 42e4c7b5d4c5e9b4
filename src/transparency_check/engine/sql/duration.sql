-- §7.9. `closing` is the first certain closing other than the trigger; `planned` the closing date as last extended in time, and as it may have been
-- where the hour of an extension is missing.
CREATE OR REPLACE TEMP TABLE closing AS
SELECT o.o, min(e.n) AS n, arg_min(e.hi, e.n) AS hi
FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'close' JOIN hit h ON h.selector = r.selector AND h.truth
JOIN event e ON e.n = h.n AND e.cas = o.cas
WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)
  AND (o.upstream > 0 OR e.n <> o.n)
GROUP BY o.o;

CREATE OR REPLACE TEMP TABLE planned AS
WITH step AS (
    SELECT o.o, -1::BIGINT AS n, o.lo, o.hi, m.hi AS ends, coalesce(list_contains(e.bad, r.extra), FALSE) AS bad
    FROM ob o JOIN form f USING (form) JOIN event e ON e.n = o.n JOIN (SELECT DISTINCT form, extra FROM role WHERE role = 'planned') r ON r.form = o.form
    LEFT JOIN moment m ON m.n = o.n AND m.attribute = r.extra
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration'
    UNION ALL
    SELECT o.o, e.n, e.lo, e.hi, m.hi, list_contains(e.bad, r.extra)
    FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'move_close' JOIN hit h ON h.selector = r.selector
    JOIN event e ON e.n = h.n AND e.cas = o.cas LEFT JOIN moment m ON m.n = e.n AND m.attribute = r.extra
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND (m.hi IS NOT NULL OR list_contains(e.bad, r.extra))
      AND NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)
), ordered AS (
    SELECT *, lag(ends) OVER (PARTITION BY o ORDER BY n) AS until_then FROM step
), valid AS (
    -- An extension after the closing date came too late, and so does all that follows it; so it is with one that may have been.
    SELECT *, bool_and(until_then IS NULL OR lo <= until_then) OVER chain AS may_be, bool_and(until_then IS NULL OR hi <= until_then) OVER chain AS in_time
    FROM ordered WINDOW chain AS (PARTITION BY o ORDER BY n)
), last_of AS (
    SELECT o, max_by({'ends': ends, 'bad': bad}, n) FILTER (in_time) AS sure, max_by({'ends': ends, 'bad': bad}, n) AS may_be, min(n) FILTER (NOT in_time) AS open
    FROM valid WHERE may_be AND (ends IS NOT NULL OR bad) GROUP BY o
)
SELECT o, sure.ends AS hi, coalesce(sure.bad, FALSE) AS bad, may_be.ends AS may_hi, may_be.bad AS may_bad, open FROM last_of;

CREATE OR REPLACE TEMP TABLE shutting AS
WITH open AS (
    SELECT o.*, d.bound, d.due_day, d.due_hi, f.hours FROM ob o JOIN form f USING (form) JOIN due d USING (o)
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration'
)
SELECT o.o, o.bound, 'missing_field' AS why, e.n, NULL::BIGINT AS b, h.missing AS fields, TRUE AS closes, FALSE AS anywhere
FROM open o JOIN role r ON r.form = o.form AND r.role = 'close' JOIN hit h ON h.selector = r.selector AND h.truth IS NULL
JOIN event e ON e.n = h.n AND e.cas = o.cas
WHERE NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo) AND e.lo < o.due_hi AND (o.upstream > 0 OR e.n <> o.n)
-- [if loose]
UNION ALL
SELECT o.o, o.bound, 'missing_link', e.n, NULL, h.missing, r.role = 'close', FALSE
FROM open o JOIN role r ON r.form = o.form AND r.role IN ('close', 'move_close') JOIN hit h ON h.selector = r.selector
JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas IS NULL
WHERE NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo) AND e.lo < o.due_hi AND (o.upstream > 0 OR e.n <> o.n)
-- [end]
-- [if blurs]
UNION ALL
SELECT o.o, o.bound, b.reason, NULL, b.b, []::VARCHAR[], r.role = 'close', m.cas IS NULL
FROM open o JOIN role r ON r.form = o.form AND r.role IN ('close', 'move_close') JOIN selector s USING (selector)
JOIN blur b ON b.type IS NULL OR b.type = s.event
JOIN blur_municipality m ON m.b = b.b AND m.municipality = o.municipality AND (m.cas = o.cas OR (m.cas IS NULL AND r.role = 'close'))
WHERE b.lo IS NULL OR (b.lo < o.due_hi AND NOT strictly_before(b.day, b.timed, b.lo, o.day, o.timed, o.lo))
-- [end]
;

INSERT INTO verdict
WITH open AS (
    SELECT o.o, d.bound, d.due_day, d.due_hi, over(o.municipality, f.hours, d.due_day, d.due_hi) AS passed, as_of_hi(o.municipality) AS now_hi, c.n AS closed, c.hi AS closed_hi, p.hi AS planned_hi,
        coalesce(p.bad, FALSE) AS bad, p.may_hi, coalesce(p.may_bad, FALSE) AS may_bad, p.open IS NOT NULL AND c.n IS NULL AS open,
        (t.first <= o.day AND d.due_day IS NOT NULL) IS NOT TRUE
            -- [if patchy]
            AND EXISTS (SELECT 1 FROM role r JOIN selector s USING (selector) WHERE r.form = o.form AND r.role = 'close' AND NOT EXISTS (
                SELECT 1 FROM island i WHERE i.municipality = o.municipality AND i.family IN (split_part(s.event, '.', 1), '*') AND i.first <= o.day AND i.last >= d.due_day))
            -- [end]
            AS uncovered
    FROM ob o JOIN form f USING (form) JOIN due d USING (o) LEFT JOIN closing c ON c.o = o.o LEFT JOIN planned p ON p.o = o.o
    LEFT JOIN covered_throughout t ON t.municipality = o.municipality
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND d.reason IS DISTINCT FROM 'no_calendar'
), judged AS (
    SELECT *, CASE WHEN closed IS NOT NULL THEN CASE WHEN closed_hi < due_hi THEN 4 WHEN passed THEN 1 ELSE 8 END
        WHEN bad THEN 5
        WHEN planned_hi < due_hi THEN CASE WHEN planned_hi <= now_hi THEN 4 ELSE 8 END
        WHEN passed THEN 1 ELSE 8 END AS mask,
        CASE WHEN may_bad THEN 5 WHEN may_hi < due_hi THEN CASE WHEN may_hi <= now_hi THEN 4 ELSE 8 END WHEN passed THEN 1 ELSE 8 END AS may_be,
        closed IS NULL AND NOT bad AND planned_hi < due_hi AND planned_hi > now_hi AS short
    FROM open
), doubts AS (
    SELECT j.o, j.bound, list_distinct(list(s.why)) AS why, bool_or(s.closes) AS closes, bool_or(NOT s.closes) AS extends
    FROM judged j JOIN shutting s USING (o, bound)
    -- What shows no case weighs only on a fulfilment that rests on nothing but absence.
    WHERE (s.closes AND (j.mask IN (1, 8) AND NOT s.anywhere OR j.mask = 1 AND j.closed IS NULL)) OR (NOT s.closes AND j.mask = 4 AND j.closed IS NULL) GROUP BY j.o, j.bound
)
SELECT j.o, j.bound, CASE WHEN j.mask = 5 THEN 4 ELSE j.mask END,
    j.mask | CASE WHEN j.mask = 1 AND j.closed IS NULL AND j.uncovered THEN 4 ELSE 0 END
        | CASE WHEN x.closes THEN 4 ELSE 0 END | CASE WHEN x.extends THEN 1 ELSE 0 END | CASE WHEN j.open THEN j.may_be ELSE 0 END,
    CASE WHEN j.mask = 5 THEN ['missing_field'] ELSE []::VARCHAR[] END || CASE WHEN j.short THEN ['planned_too_short'] ELSE []::VARCHAR[] END
        || CASE WHEN j.mask = 1 AND j.closed IS NULL AND j.uncovered THEN ['not_covered'] ELSE []::VARCHAR[] END
        || CASE WHEN j.open AND j.may_be <> j.mask THEN ['time_of_day'] ELSE []::VARCHAR[] END || coalesce(x.why, []::VARCHAR[]),
    CASE WHEN j.closed IS NULL THEN []::BIGINT[] ELSE [j.closed] END, TRUE
FROM judged j LEFT JOIN doubts x USING (o, bound);

INSERT INTO settling
SELECT DISTINCT s.o, s.why, s.n, s.b, s.fields FROM shutting s JOIN verdict v USING (o, bound) WHERE list_contains(v.reasons, s.why)
UNION
SELECT v.o, 'missing_field', o.n, NULL, [(SELECT any_value(extra) FROM role r WHERE r.form = o.form AND r.role = 'planned')]
FROM verdict v JOIN ob o USING (o) JOIN form f USING (form) JOIN planned p ON p.o = o.o
WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND p.bad AND list_contains(v.reasons, 'missing_field')
UNION
SELECT v.o, 'time_of_day', p.open, NULL, [] FROM verdict v JOIN ob o USING (o) JOIN form f USING (form) JOIN planned p ON p.o = o.o
WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND p.open IS NOT NULL AND list_contains(v.reasons, 'time_of_day');

-- Kept for findings: what is planned too short must be extended before its planned end.
INSERT INTO closes SELECT o, hi FROM planned WHERE hi IS NOT NULL AND NOT bad;
