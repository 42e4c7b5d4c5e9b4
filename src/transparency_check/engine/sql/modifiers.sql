-- §4.5, 4.13, 4.14, 7.8: what certainly ends an obligation, and what may. Acts are events and unreadable records in such a role; those
-- whose time is not known may have come at any time. weight: 0 doubts every base outcome, 1 all but fulfilled, 2 late and violated only.
CREATE OR REPLACE TEMP TABLE act AS
SELECT row_number() OVER () AS act, * FROM (
SELECT r.form, r.role, h.n, NULL::BIGINT AS b, h.truth, h.missing, r.extra, e.municipality, e.cas, e.day, e.lo, e.hi, e.timed, NULL::VARCHAR AS reason
FROM role r JOIN form f USING (form) JOIN hit h USING (selector) JOIN event e USING (n)
WHERE r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume') AND f.stratum = getvariable('stratum')
-- [if blurs]
UNION ALL
SELECT DISTINCT r.form, CASE WHEN r.role IN ('plan', 'trigger') THEN f.take ELSE r.role END, NULL, b.b, NULL, []::VARCHAR[], NULL, m.municipality, m.cas, b.day, b.lo, b.hi, b.timed, b.reason
FROM role r JOIN form f USING (form) JOIN selector s USING (selector) JOIN blur b ON b.type IS NULL OR b.type = s.event JOIN blur_municipality m USING (b)
WHERE f.stratum = getvariable('stratum') AND m.cas IS NOT NULL
  AND (r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume', 'plan') OR (r.role = 'trigger' AND f.take <> 'each'))
-- [end]
);

-- Those that count. `in_order`: on the right side of the trigger; `in_time`: of the anchor or of due; NULL where that is open, as an hour is
-- missing (§7.1).
CREATE OR REPLACE TEMP TABLE counting AS
WITH live AS (
    SELECT o.*, coalesce(d.bound, 0) AS bound, d.due_day, d.due_lo, d.due_hi, d.plain_day, d.plain_hi, d.o IS NOT NULL AND d.lacking IS NULL AND d.reason IS DISTINCT FROM 'no_calendar' AS dated, x.lo AS extended_at, f.hours, f.direction, f.tie, f.anchor
    FROM ob o JOIN form f USING (form) SEMI JOIN act a ON a.form = o.form
    LEFT JOIN due d ON d.o = o.o LEFT JOIN event x ON x.n = d.extension
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration')
), met AS (
    SELECT l.o, l.bound, a.act FROM live l JOIN act a ON a.form = l.form AND a.cas = l.cas
    -- [if loose]
    UNION ALL
    SELECT l.o, l.bound, a.act FROM live l JOIN act a ON a.form = l.form AND a.municipality = l.municipality AND a.cas IS NULL
    -- [end]
), weighed AS (
    SELECT l.o, l.bound, a.*, a.cas IS NULL AS loose, l.tie, l.n AS own, l.timed AS own_timed, l.atimed, l.upstream,
        CASE WHEN a.day IS NULL THEN TRUE ELSE CASE a.role
            -- From the second plan on, what was called off may have been the one before.
            WHEN 'cancel' THEN CASE WHEN l.place > 1 THEN is_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo) ELSE comes_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo) END
            WHEN 'unless_trigger' THEN comes_before(a.day, a.timed, a.lo, l.day, l.timed, l.lo)
            WHEN 'first' THEN comes_before(a.day, a.timed, a.lo, l.day, l.timed, l.lo)
            WHEN 'unless_due' THEN TRUE WHEN 'suspend' THEN TRUE WHEN 'resume' THEN TRUE
            ELSE comes_before(l.day, l.timed, l.lo, a.day, a.timed, a.lo) END END AS in_order,
        CASE WHEN a.day IS NULL THEN TRUE ELSE CASE a.role
            WHEN 'cancel' THEN CASE WHEN l.direction = 'forward' THEN l.dated AND by_due(l.hours, a.day, a.lo, a.hi, l.due_day, l.due_lo, l.due_hi)
                ELSE l.aday IS NOT NULL AND is_before(a.day, a.timed, a.lo, l.aday, l.atimed, l.alo) END
            WHEN 'unless_trigger' THEN TRUE WHEN 'first' THEN TRUE
            WHEN 'unless_due' THEN l.dated AND by_due(l.hours, a.day, a.lo, a.hi, l.due_day, l.due_lo, l.due_hi)
            -- Only the first extension counts: what comes after a certain one changes nothing. Hours are as wide as their anchor.
            WHEN 'extend' THEN by_due(l.hours, a.day, a.lo, a.hi, l.plain_day, l.plain_hi - (l.ahi - l.alo), l.plain_hi) AND (l.extended_at IS NULL OR a.lo <= l.extended_at)
            WHEN 'suspend' THEN a.day >= l.aday AND by_due(l.hours, a.day, a.lo, a.hi, l.due_day, l.due_lo, l.due_hi)
            -- [if suspended]
            WHEN 'resume' THEN EXISTS (SELECT 1 FROM stop p WHERE p.o = l.o AND p.first <= a.day AND a.day < p.last)
            -- [end]
            ELSE CASE WHEN l.aday IS NULL THEN TRUE WHEN l.anchor = 'time' THEN comes_before(a.day, a.timed, a.lo, l.aday, l.atimed, l.alo)
                ELSE is_before(a.day, a.timed, a.lo, l.aday, l.atimed, l.alo) END END END AS in_time
    FROM met m JOIN live l ON l.o = m.o AND l.bound = m.bound JOIN act a ON a.act = m.act
    WHERE (l.upstream > 0 OR a.n IS DISTINCT FROM l.n) AND (a.day IS NULL OR l.day IS NOT NULL)
)
SELECT *, in_order AND in_time AS counts, CASE WHEN loose THEN 1 WHEN b IS NOT NULL AND tie <> 'case' THEN 2 ELSE 0 END AS weight
FROM weighed WHERE (in_order AND in_time) IS DISTINCT FROM FALSE;

-- Plans that the next one gave up, or may have: NULL.
CREATE OR REPLACE TEMP TABLE moved_on AS
SELECT o.o, coalesce(d.bound, 0) AS bound, o.given_up, o.form, o.n, o.upstream, o.atimed
FROM ob o JOIN form f USING (form) LEFT JOIN due d ON d.o = o.o
WHERE o.given_up IS DISTINCT FROM FALSE AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration');

-- Obligations of which that is open, with each record whose hour would settle it: the modifier, the trigger, the anchor, the next plan. What
-- cannot be read is to be corrected first.
CREATE OR REPLACE TEMP TABLE undecided AS
WITH open AS (SELECT * FROM counting WHERE counts IS NULL AND b IS NULL)
SELECT o, bound, weight, n, []::VARCHAR[] AS fields FROM open WHERE NOT timed OR upstream > 0
UNION ALL
SELECT o, bound, weight, own, [] FROM open WHERE in_order IS NULL AND NOT own_timed AND upstream = 0
UNION ALL
SELECT x.o, x.bound, x.weight, CASE
    -- [if anchors]
    WHEN f.anchor = 'another event' THEN (
        SELECT min(e.n) FROM role r JOIN hit h USING (selector) JOIN event e ON e.n = h.n
        WHERE r.form = o.form AND r.role = 'anchor' AND h.truth AND e.cas = o.cas AND e.lo = o.alo AND NOT e.timed)
    -- [end]
    WHEN TRUE THEN o.n END,
    CASE WHEN f.anchor IN ('time', 'another event') THEN [] ELSE [f.anchor] END
FROM (SELECT o, bound, weight FROM open WHERE in_time IS NULL UNION SELECT o, bound, 0 FROM moved_on WHERE given_up IS NULL) x
JOIN ob o ON o.o = x.o JOIN form f ON f.form = o.form
WHERE NOT o.atimed AND (o.upstream = 0 OR f.anchor <> 'time')
-- [if gathered]
UNION ALL
SELECT m.o, m.bound, 0, t.next_n, []
FROM moved_on m JOIN taken t ON t.form = m.form AND t.n IS NOT DISTINCT FROM m.n AND t.upstream = m.upstream LEFT JOIN event e ON e.n = t.next_n
WHERE m.given_up IS NULL AND (e.timed IS NOT TRUE OR m.atimed)
-- [end]
;

CREATE OR REPLACE TEMP TABLE modifier AS
SELECT o, bound, 'superseded' AS ends, NULL AS why, NULL::BIGINT AS n, NULL::BIGINT AS b, NULL::VARCHAR AS instead, []::VARCHAR[] AS fields, 0 AS weight
FROM moved_on WHERE given_up
UNION ALL
SELECT o, bound, CASE WHEN truth AND NOT loose AND role = 'cancel' THEN 'cancelled' WHEN truth AND NOT loose THEN 'exception' END,
    CASE WHEN loose THEN 'missing_link' WHEN truth IS NULL THEN coalesce(reason, 'missing_field') END, n, b, CASE WHEN role LIKE 'unless%' THEN extra END,
    CASE WHEN truth IS NULL THEN missing ELSE []::VARCHAR[] END, weight
FROM counting WHERE (counts AND role IN ('cancel', 'unless_trigger', 'unless_due')) OR loose OR truth IS NULL
UNION ALL
SELECT o, bound, NULL, 'time_of_day', n, NULL, NULL, fields, weight FROM undecided
UNION ALL
SELECT o.o, coalesce(d.bound, 0), CASE WHEN h.truth THEN 'exception' END, CASE WHEN h.truth IS NULL THEN 'missing_field' END, h.n, NULL, r.extra, CASE WHEN h.truth IS NULL THEN h.missing ELSE []::VARCHAR[] END, 0
FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'unless_where' JOIN hit h ON h.selector = r.selector AND h.n = o.n LEFT JOIN due d ON d.o = o.o
WHERE o.upstream = 0 AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration');
