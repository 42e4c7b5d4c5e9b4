-- §4.5, 4.13, 4.14, 7.8: what certainly ends an obligation, and what may. Acts are events and unreadable records in such a role; those
-- whose time is not known may have come at any time. weight: 0 doubts every base outcome, 1 all but fulfilled, 2 late and violated only.
CREATE OR REPLACE TEMP TABLE act AS
SELECT row_number() OVER () AS act, * FROM (
SELECT r.form, r.role, h.n, NULL::BIGINT AS b, h.truth, h.missing, r.extra, e.municipality, e.cas, e.day, e.lo, e.timed, NULL::VARCHAR AS reason
FROM role r JOIN form f USING (form) JOIN hit h USING (selector) JOIN event e USING (n)
WHERE r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume') AND f.stratum = getvariable('stratum')
-- [if blurs]
UNION ALL
SELECT DISTINCT r.form, CASE WHEN r.role IN ('plan', 'trigger') THEN f.take ELSE r.role END, NULL, b.b, NULL, []::VARCHAR[], NULL, m.municipality, m.cas, b.day, b.lo, b.timed, b.reason
FROM role r JOIN form f USING (form) JOIN selector s USING (selector) JOIN blur b ON b.type IS NULL OR b.type = s.event JOIN blur_municipality m USING (b)
WHERE f.stratum = getvariable('stratum') AND m.cas IS NOT NULL
  AND (r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume', 'plan') OR (r.role = 'trigger' AND f.take <> 'each'))
-- [end]
);

CREATE OR REPLACE TEMP TABLE modifier AS
WITH live AS (
    SELECT o.*, coalesce(d.bound, 0) AS bound, d.due_day, d.due_hi, d.plain_day, d.plain_hi, d.o IS NOT NULL AND d.lacking IS NULL AND d.reason IS DISTINCT FROM 'no_calendar' AS dated, x.lo AS extended_at, f.hours, f.direction, f.tie
    FROM ob o JOIN form f USING (form) SEMI JOIN (SELECT form FROM act UNION SELECT form FROM role WHERE role = 'unless_where') x ON x.form = o.form
    LEFT JOIN due d ON d.o = o.o LEFT JOIN event x ON x.n = d.extension
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration')
), met AS (
    SELECT l.o, l.bound, a.act FROM live l JOIN act a ON a.form = l.form AND a.cas = l.cas
    -- [if loose]
    UNION ALL
    SELECT l.o, l.bound, a.act FROM live l JOIN act a ON a.form = l.form AND a.municipality = l.municipality AND a.cas IS NULL
    -- [end]
), counting AS (
    SELECT l.o, l.bound, a.*, a.cas IS NULL AS loose, l.tie
    FROM met m JOIN live l ON l.o = m.o AND l.bound = m.bound JOIN act a ON a.act = m.act
    WHERE (l.upstream > 0 OR a.n IS DISTINCT FROM l.n) AND (a.day IS NULL OR CASE a.role
        WHEN 'cancel' THEN comes_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo)
            AND CASE WHEN l.direction = 'forward' THEN l.dated AND by_due(l.hours, a.day, a.lo, l.due_day, l.due_hi)
                     ELSE comes_before(a.day, a.timed, a.lo, l.aday, l.atimed, l.alo) END
        WHEN 'unless_trigger' THEN comes_before(a.day, a.timed, a.lo, l.day, l.timed, l.lo)
        WHEN 'unless_due' THEN l.dated AND by_due(l.hours, a.day, a.lo, l.due_day, l.due_hi)
        -- Only the first extension counts: what comes after a certain one changes nothing.
        WHEN 'extend' THEN comes_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo) AND by_due(l.hours, a.day, a.lo, l.plain_day, l.plain_hi)
            AND (l.extended_at IS NULL OR a.lo <= l.extended_at)
        WHEN 'suspend' THEN a.day >= l.aday AND by_due(l.hours, a.day, a.lo, l.due_day, l.due_hi)
        WHEN 'resume' THEN EXISTS (SELECT 1 FROM stop p WHERE p.o = l.o AND p.first <= a.day AND a.day < p.last)
        WHEN 'first' THEN comes_before(a.day, a.timed, a.lo, l.day, l.timed, l.lo)
        ELSE comes_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo)
            AND coalesce(a.day < l.aday OR (a.day = l.aday AND NOT (a.timed AND l.atimed AND a.lo > l.alo)), TRUE) END)
)
SELECT o.o, coalesce(d.bound, 0) AS bound, 'superseded' AS ends, NULL AS why, NULL::BIGINT AS n, NULL::BIGINT AS b, NULL::VARCHAR AS instead, []::VARCHAR[] AS fields, 0 AS weight
FROM ob o JOIN form f USING (form) LEFT JOIN due d ON d.o = o.o
WHERE o.given_up AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration')
UNION ALL
SELECT o, bound, CASE WHEN truth AND NOT loose AND role = 'cancel' THEN 'cancelled' WHEN truth AND NOT loose THEN 'exception' END,
    CASE WHEN loose THEN 'missing_link' WHEN truth IS NULL THEN coalesce(reason, 'missing_field') END, n, b, CASE WHEN role LIKE 'unless%' THEN extra END,
    CASE WHEN truth IS NULL THEN missing ELSE []::VARCHAR[] END, CASE WHEN loose THEN 1 WHEN b IS NOT NULL AND tie <> 'case' THEN 2 ELSE 0 END
FROM counting WHERE role IN ('cancel', 'unless_trigger', 'unless_due') OR loose OR truth IS NULL
UNION ALL
SELECT l.o, l.bound, CASE WHEN h.truth THEN 'exception' END, CASE WHEN h.truth IS NULL THEN 'missing_field' END, h.n, NULL, r.extra, CASE WHEN h.truth IS NULL THEN h.missing ELSE []::VARCHAR[] END, 0
FROM live l JOIN role r ON r.form = l.form AND r.role = 'unless_where' JOIN hit h ON h.selector = r.selector AND h.n = l.n WHERE l.upstream = 0;
