-- §4.11: certain and possible events of each member within the period.
INSERT INTO verdict
WITH tally AS (
    SELECT o.o, m.member, count(DISTINCT c.n) FILTER (c.truth) AS certain, count(DISTINCT c.n) FILTER (c.truth IS NULL AND c.n IS NOT NULL) AS unknown
    FROM ob o JOIN form f USING (form) JOIN member m ON m.form = f.form
    LEFT JOIN fact c ON c.form = o.form AND c.member = m.member AND c.municipality = o.municipality AND c.day BETWEEN o.first AND o.last
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' GROUP BY o.o, m.member
),
-- [if blurs]
unread AS (
    SELECT o.o, c.member, count(DISTINCT c.b) AS unread, list(DISTINCT c.reason) AS why
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality AND (c.day IS NULL OR c.day BETWEEN o.first AND o.last)
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' GROUP BY o.o, c.member
),
-- [end]
judged AS (
    SELECT o.o, CASE WHEN bool_and(t.certain >= o.threshold) THEN 1 WHEN as_of_day(any_value(o.municipality)) > any_value(o.last) THEN 4 ELSE 8 END AS base,
        any_value(o.threshold) AS threshold, any_value(o.off_shown) IS NOT NULL AS day_doubt
    FROM ob o JOIN tally t USING (o) GROUP BY o.o
), piece AS (
    SELECT t.o, t.member, t.certain >= j.threshold AS reached,
        t.certain + t.unknown
            -- [if blurs]
            + CASE WHEN j.base = 4 THEN coalesce(u.unread, 0) ELSE 0 END
            -- [end]
            >= j.threshold AS reachable,
        j.base = 4 AND (c.first <= o.civil_first) IS NOT TRUE
            -- [if patchy]
            AND EXISTS (SELECT 1 FROM (SELECT unnest(m.families) AS family) x WHERE NOT EXISTS (
                SELECT 1 FROM island i WHERE i.municipality = o.municipality AND i.family IN (x.family, '*') AND i.first <= o.civil_first AND i.last >= o.last))
            -- [end]
            AS uncovered,
        FALSE
            -- [if outages]
            OR (j.base = 4 AND m.one_channel AND EXISTS (SELECT 1 FROM outage g WHERE g.municipality = o.municipality AND g.first <= o.last AND g.last >= o.last))
            -- [end]
            AS out,
        CASE WHEN t.unknown > 0 THEN ['missing_field'] ELSE []::VARCHAR[] END
            -- [if blurs]
            || CASE WHEN j.base = 4 THEN coalesce(u.why, []::VARCHAR[]) ELSE []::VARCHAR[] END
            -- [end]
            AS why
    FROM tally t JOIN judged j USING (o) JOIN ob o USING (o) JOIN member m ON m.form = o.form AND m.member = t.member
    LEFT JOIN covered_throughout c ON c.municipality = o.municipality
    -- [if blurs]
    LEFT JOIN unread u ON u.o = t.o AND u.member = t.member
    -- [end]
), best AS (
    SELECT p.o, bool_and(reached OR reachable OR uncovered OR out) AS may,
        list_distinct(flatten(list(why || CASE WHEN uncovered THEN ['not_covered'] ELSE []::VARCHAR[] END || CASE WHEN out THEN ['outage'] ELSE []::VARCHAR[] END)
            FILTER (NOT reached))) AS why
    FROM piece p GROUP BY p.o
)
SELECT j.o, 0, j.base, j.base | CASE WHEN j.base <> 1 AND b.may THEN 1 ELSE 0 END | CASE WHEN j.base <> 1 AND j.day_doubt THEN 16 ELSE 0 END,
    CASE WHEN j.base <> 1 AND b.may THEN b.why ELSE []::VARCHAR[] END || CASE WHEN j.base <> 1 AND j.day_doubt THEN ['provisional_calendar'] ELSE []::VARCHAR[] END,
    coalesce((SELECT list(DISTINCT c.n ORDER BY c.n) FROM fact c JOIN ob o ON o.o = j.o WHERE c.form = o.form AND c.truth AND c.municipality = o.municipality AND c.day BETWEEN o.first AND o.last), []::BIGINT[]),
    TRUE
FROM judged j JOIN best b USING (o);

INSERT INTO settling
SELECT DISTINCT o.o, 'missing_field', c.n, NULL::BIGINT, c.missing FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
JOIN fact c ON c.form = o.form AND c.municipality = o.municipality AND c.day BETWEEN o.first AND o.last AND c.truth IS NULL
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, 'missing_field')
-- [if blurs]
UNION
SELECT DISTINCT o.o, c.reason, NULL, c.b, []::VARCHAR[] FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality AND (c.day IS NULL OR c.day BETWEEN o.first AND o.last)
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, c.reason)
-- [end]
UNION
SELECT DISTINCT o.o, 'not_covered', NULL, NULL, []::VARCHAR[] FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, 'not_covered')
-- [if outages]
UNION
SELECT o.o, 'outage', min(g.n), NULL, []::VARCHAR[] FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
JOIN outage g ON g.municipality = o.municipality AND g.first <= o.last AND g.last >= o.last
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, 'outage') GROUP BY o.o
-- [end]
;
