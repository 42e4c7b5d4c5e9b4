-- §4.20: once a record shows it; else violated only where the log covers the whole time since the duty began.
INSERT INTO verdict
WITH shown AS (
    SELECT o.o, m.member, min(c.n) FILTER (c.truth AND (o.since IS NULL OR c.day >= o.since)) AS n,
        count(c.n) FILTER (c.truth IS NULL AND (o.since IS NULL OR c.day >= o.since)) > 0 AS unknown,
        EXISTS (SELECT 1 FROM (SELECT unnest(any_value(m.families)) AS family) x WHERE NOT EXISTS (
            SELECT 1 FROM island i WHERE i.municipality = any_value(o.municipality) AND i.family IN (x.family, '*')
                AND i.first <= any_value(o.first) AND i.last >= as_of_day(any_value(o.municipality)))) AS uncovered
    FROM ob o JOIN form f USING (form) JOIN member m ON m.form = f.form
    LEFT JOIN fact c ON c.form = o.form AND c.member = m.member AND c.municipality = o.municipality
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'standing' GROUP BY o.o, m.member
), unread AS (
    SELECT o.o, c.member, list(DISTINCT c.reason) AS why
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'standing' AND (c.day IS NULL OR o.since IS NULL OR c.day >= o.since) GROUP BY o.o, c.member
), whole AS (
    SELECT s.o, bool_and(s.n IS NOT NULL) AS met, bool_and(s.n IS NOT NULL OR s.unknown OR s.uncovered OR u.o IS NOT NULL) AS may,
        list(s.n) FILTER (s.n IS NOT NULL) AS evidence,
        list_distinct(flatten(list(CASE WHEN s.unknown THEN ['missing_field'] ELSE []::VARCHAR[] END || CASE WHEN s.uncovered THEN ['not_covered'] ELSE []::VARCHAR[] END
            || coalesce(u.why, []::VARCHAR[])) FILTER (s.n IS NULL))) AS why
    FROM shown s LEFT JOIN unread u ON u.o = s.o AND u.member = s.member GROUP BY s.o
)
SELECT o, 0, CASE WHEN met THEN 1 ELSE 4 END, CASE WHEN met THEN 1 WHEN may THEN 5 ELSE 4 END,
    CASE WHEN NOT met AND may THEN why ELSE []::VARCHAR[] END, coalesce(evidence, []::BIGINT[]), NOT met AND may
FROM whole;

INSERT INTO settling
SELECT DISTINCT v.o, unnest(v.reasons), NULL::BIGINT, NULL::BIGINT, []::VARCHAR[] FROM verdict v JOIN ob o USING (o) JOIN form f USING (form)
WHERE f.stratum = getvariable('stratum') AND f.shape = 'standing' AND v.doubted;
