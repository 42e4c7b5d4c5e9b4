-- Events that may discharge (§4.3, 4.6): truth NULL where the condition is unknown.
CREATE OR REPLACE TEMP TABLE fact AS
WITH met AS (
    SELECT r.form, r.member, h.n, h.truth, h.missing FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
    WHERE r.role = 'fulfil' AND r.sole AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count')
    -- [if twofold]
    UNION ALL
    SELECT r.form, r.member, h.n, bool_or(h.truth), list_distinct(flatten(list(h.missing))) FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
    WHERE r.role = 'fulfil' AND NOT r.sole AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count')
    GROUP BY r.form, r.member, h.n
    -- [end]
)
SELECT m.*, e.municipality, e.cas, e.day, e.lo, e.hi, e.timed, CASE WHEN f.grouped THEN e.type END AS type,
    CASE WHEN f.grouped THEN (SELECT s.sort FROM sort_of s WHERE s.n = m.n) END AS sort
FROM met m JOIN form f USING (form) JOIN event e USING (n);

CREATE OR REPLACE TEMP TABLE blurred AS
SELECT DISTINCT r.form, r.member, b.b, b.reason, m.municipality, m.cas, b.related, b.day, b.lo, b.hi, b.timed, s.event AS type
FROM role r JOIN form f USING (form) JOIN selector s USING (selector) JOIN blur b ON b.type IS NULL OR b.type = s.event
JOIN blur_municipality m USING (b)
WHERE r.role = 'fulfil' AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count');

-- Where each candidate stands against the limits (§7.7): I in time, L late, O does not count; two letters: cannot be decided;
-- N: the calendar does not reach as far back as it would have to.
-- weight: 0 certain link, 1 weighs unless fulfilled, 2 weighs only on late and violated (§7.5).
CREATE OR REPLACE TEMP TABLE placed AS
WITH pair AS (
    SELECT o.o, c.member, c.n, NULL::BIGINT AS b, c.truth, c.missing, []::VARCHAR[] AS why, 0 AS weight, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.cas = o.cas
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
    -- [if links]
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, []::VARCHAR[], 0, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM (
        SELECT c.*, l.a AS host FROM fact c JOIN form f USING (form) JOIN link l ON l.b = c.cas
        WHERE f.tie = 'case' AND f.shape = 'event' AND NOT EXISTS (FROM home h WHERE h.form = c.form AND h.cas = c.cas)
    ) c JOIN ob o ON o.form = c.form AND o.cas = c.host
    -- [end]
    -- [if loose]
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, ['missing_link'], 1, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality AND c.cas IS NULL
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
    -- [end]
    -- [if municipal]
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, []::VARCHAR[], 0, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.tie = 'municipality' AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar')
      AND (o.first IS NULL OR (c.day >= o.first AND c.day <= o.last))
    -- [end]
    -- [if attributes]
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, CASE WHEN k.whole THEN []::VARCHAR[] ELSE ['missing_link'] END,
        CASE WHEN k.whole THEN 0 ELSE 1 END, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality
    JOIN corr k ON k.form = c.form AND k.n = c.n
    WHERE f.tie = 'attributes' AND f.stratum = getvariable('stratum') AND f.shape = 'event' AND NOT EXISTS (SELECT 1 FROM (SELECT unnest(k.value) AS x, unnest(o.corr) AS y) WHERE x <> y)
    -- [end]
    -- [if blurs]
    UNION ALL
    SELECT o.o, c.member, NULL, c.b, NULL, []::VARCHAR[], [c.reason], 1, c.day, c.lo, c.hi, c.timed, c.type, NULL, c.cas
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality JOIN case_name k ON k.cas = o.cas
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
      AND (c.cas = o.cas OR ((list_contains(c.related, k.name) OR EXISTS (FROM link l WHERE l.a = o.cas AND l.b = c.cas))
            AND c.cas IS NOT NULL AND NOT EXISTS (FROM home h WHERE h.form = c.form AND h.cas = c.cas)))
    UNION ALL
    SELECT o.o, c.member, NULL, c.b, NULL, []::VARCHAR[], [c.reason], 2, c.day, c.lo, c.hi, c.timed, c.type, NULL, c.cas
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND (f.tie <> 'case' OR c.cas IS NULL)
    -- [end]
), limits AS (
    SELECT d.o, d.bound, d.due_day, d.due_lo, d.due_hi, o.day AS tday, o.lo AS tlo, o.timed AS ttimed, o.aday, o.alo, o.ahi, o.atimed,
        o.n AS own, o.sort AS own_sort, o.trigger_type AS own_type, o.cas AS own_cas, o.upstream, f.grouped,
        f.shape, f.direction, f.hours, f.same_day, f.tie, f.about, f.win IS NOT NULL AS windowed, f.not_before,
        -- [if windows]
        w.due_day AS window_end, b.due_day AS not_before_day,
        -- [end]

        (f.direction = 'forward' AND f.not_before = 'trigger') OR (o.place > 1 AND NOT f.survives_move) AS limited,
        o.prev_due, o.next_due, o.civil_first, o.civil_last, o.about_first, o.about_last, o.window_first, o.window_last
    FROM due d JOIN ob o USING (o) JOIN form f USING (form)
    -- [if windows]
    LEFT JOIN reach w ON w.period = f.win AND w.anchor_day = o.day AND w.bound = d.bound
    LEFT JOIN reach b ON b.period = f.not_before_period AND b.anchor_day = o.day AND b.bound = d.bound
    -- [end]
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND d.reason IS DISTINCT FROM 'no_calendar'
)
SELECT c.o, c.member, c.n, c.b, c.weight, c.missing, l.bound, coalesce(g.bad, FALSE) AND l.about IS NOT NULL AS period_bad,
    coalesce(c.truth, FALSE) AND c.weight = 0 AND (NOT l.grouped OR c.n = l.own OR c.sort = l.own_sort) IS TRUE AS certain,
    CASE WHEN c.b IS NULL AND (c.truth IS NULL OR (l.grouped AND c.n <> l.own AND (c.sort = l.own_sort) IS NULL)) THEN c.why || ['missing_field'] ELSE c.why END AS why,
    CASE
        WHEN c.day IS NULL THEN 'I'
        WHEN l.shape = 'calendar' THEN CASE
            WHEN c.day <= l.prev_due OR c.day > l.next_due THEN 'O'
            WHEN l.about IS NOT NULL AND c.b IS NULL AND NOT coalesce(g.bad, FALSE) AND g.first IS NOT NULL
                 AND (g.first < l.about_first OR g.first > l.about_last) THEN 'O'
            WHEN l.about IS NOT NULL AND c.b IS NULL AND NOT coalesce(g.bad, FALSE) AND g.first IS NULL
                 AND (c.day < l.civil_first OR c.day > l.civil_last) THEN 'O'
            WHEN l.window_first IS NOT NULL AND c.day < l.window_first THEN 'O'
            WHEN c.day > l.due_day OR (l.window_last IS NOT NULL AND c.day > l.window_last) THEN 'L'
            ELSE 'I' END
        WHEN l.limited AND strictly_before(c.day, c.timed, c.lo, l.tday, l.ttimed, l.tlo) THEN 'O'
        -- [if windows]
        WHEN l.not_before = 'window' AND l.not_before_day IS NULL AND c.day < l.tday THEN 'N'
        WHEN l.not_before = 'window' AND c.day < l.not_before_day THEN 'O'
        WHEN l.windowed AND l.not_before = 'trigger' AND c.day < l.tday THEN 'O'
        WHEN l.windowed AND c.day > l.window_end THEN 'O'
        -- [end]
        WHEN l.hours AND l.direction = 'forward' THEN CASE
            WHEN c.hi <= l.due_lo THEN 'I' WHEN CASE WHEN l.limited THEN greatest(c.lo, l.tlo) ELSE c.lo END > l.due_hi THEN 'L' ELSE 'IL' END
        WHEN l.direction = 'order' THEN CASE
            WHEN c.day < l.aday THEN 'I' WHEN c.day > l.aday THEN 'O' WHEN l.same_day THEN 'I'
            WHEN c.timed AND l.atimed THEN CASE WHEN c.lo <= l.alo THEN 'I' ELSE 'O' END ELSE 'IO' END
        WHEN l.hours THEN CASE
            WHEN c.lo > l.ahi THEN 'O' WHEN c.hi <= l.due_lo THEN 'I' WHEN c.lo > l.due_hi THEN 'L' ELSE 'IL' END
        WHEN l.direction = 'backward' THEN CASE
            WHEN c.day <= l.due_day THEN 'I'
            WHEN c.day < l.aday OR (c.day = l.aday AND NOT (c.timed AND l.atimed AND c.lo > l.alo)) THEN 'L' ELSE 'O' END
        WHEN l.due_day IS NULL OR c.day <= l.due_day THEN 'I'
        ELSE 'L'
    END AS pos
FROM pair c JOIN limits l USING (o) LEFT JOIN given_period g ON g.n = c.n
-- §4.3 no event discharges its own trigger. §4.9 but a publication judged together with those of its case, type and kind is one of them;
-- a kind that cannot be read may be the same.
WHERE CASE WHEN l.grouped THEN c.type = l.own_type AND coalesce(c.sort = l.own_sort, TRUE) AND (c.cas IS NULL OR c.cas = l.own_cas)
           ELSE c.b IS NOT NULL OR l.upstream > 0 OR c.n IS DISTINCT FROM l.own END;

-- [if windows]
-- §7.11 whether an earlier candidate counts cannot be known where the beginning of `not_before` lies outside the calendar.
CREATE OR REPLACE TEMP TABLE beyond AS SELECT DISTINCT o, bound FROM placed WHERE pos = 'N';
DELETE FROM placed USING beyond b WHERE placed.o = b.o AND placed.bound = b.bound;
UPDATE due SET reason = 'no_calendar', due_day = NULL, due_lo = NULL, due_hi = NULL, act_by = NULL
FROM beyond b WHERE due.o = b.o AND due.bound = b.bound;
-- [end]

-- Members on certain facts alone, and the outcome that follows (§7.5).
CREATE OR REPLACE TEMP TABLE standing_of AS
WITH met AS (
    SELECT o, bound, member, min(n) FILTER (pos = 'I') AS in_n, min(n) FILTER (pos <> 'I') AS late_n
    FROM placed WHERE certain AND NOT period_bad AND pos IN ('I', 'L', 'IL') GROUP BY o, bound, member
)
SELECT d.o, d.bound, m.member, p.in_n IS NOT NULL AS in_time, p.late_n IS NOT NULL AS late, p.in_n, p.late_n
FROM due d JOIN ob o USING (o) JOIN form f USING (form) JOIN member m ON m.form = f.form
LEFT JOIN met p ON p.o = d.o AND p.bound = d.bound AND p.member = m.member
WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND d.reason IS DISTINCT FROM 'no_calendar';

CREATE OR REPLACE TEMP TABLE base AS
WITH whole AS (
    SELECT s.o, s.bound, s.in_time AS all_in_time, s.in_time OR s.late AS all_met, CASE WHEN s.in_time THEN [s.in_n] WHEN s.late THEN [s.late_n] END AS evidence
    FROM standing_of s JOIN ob o USING (o) JOIN form f USING (form) WHERE f.members = 1
    -- [if several]
    UNION ALL
    SELECT s.o, s.bound, bool_and(s.in_time), bool_and(s.in_time OR s.late), list(DISTINCT CASE WHEN s.in_time THEN s.in_n WHEN s.late THEN s.late_n END) FILTER (s.in_time OR s.late)
    FROM standing_of s JOIN ob o USING (o) JOIN form f USING (form) WHERE f.members > 1
    GROUP BY s.o, s.bound
    -- [end]
)
SELECT w.o, w.bound, w.evidence,
    CASE WHEN w.all_in_time THEN 1 WHEN w.all_met THEN 2 WHEN f.grouped OR over(o.municipality, f.hours, d.due_day, d.due_hi) THEN 4 ELSE 8 END AS base
FROM whole w JOIN due d USING (o, bound) JOIN ob o USING (o) JOIN form f USING (form);

-- Doubts on members that are not in time: what they could make of them at best, and why.
CREATE OR REPLACE TEMP TABLE doubt AS
SELECT p.o, p.bound, p.member, CASE WHEN p.pos = 'L' THEN 2 ELSE 1 END AS best,
    list_distinct(p.why || CASE WHEN len(p.pos) = 2 THEN ['time_of_day'] ELSE []::VARCHAR[] END
        || CASE WHEN p.period_bad THEN ['missing_field'] ELSE []::VARCHAR[] END) AS why, p.n, p.b,
    list_distinct(p.missing || CASE WHEN p.period_bad THEN ['period'] ELSE []::VARCHAR[] END) AS fields
FROM placed p JOIN standing_of s USING (o, bound, member) JOIN base b USING (o, bound)
WHERE NOT s.in_time AND p.pos <> 'O' AND (NOT p.certain OR len(p.pos) = 2 OR p.period_bad)
  AND (p.pos <> 'L' OR NOT s.late) AND (p.weight < 2 OR b.base IN (2, 4));

-- Most municipalities cover everything from some day on: what lies behind it needs no closer look.
INSERT INTO doubt
WITH asked_of AS (
    SELECT s.o, s.bound, s.member, o.form, o.municipality, o.trigger_family, d.due_day,
        least(CASE WHEN f.shape = 'calendar' THEN o.civil_first ELSE o.day END, d.due_day) AS since
    FROM standing_of s JOIN base b USING (o, bound) JOIN due d USING (o, bound) JOIN ob o USING (o) JOIN form f USING (form)
    LEFT JOIN covered_throughout c ON c.municipality = o.municipality
    WHERE NOT s.in_time AND b.base IN (2, 4) AND (c.first <= least(CASE WHEN f.shape = 'calendar' THEN o.civil_first ELSE o.day END, d.due_day)) IS NOT TRUE
)
SELECT s.o, s.bound, s.member, 1, ['not_covered'], NULL, NULL, []::VARCHAR[]
FROM asked_of s JOIN form f USING (form) JOIN member m ON m.form = s.form AND m.member = s.member
-- [if patchy]
WHERE EXISTS (
    -- Publications judged together are of the one type that is judged.
    SELECT 1 FROM (SELECT unnest(CASE WHEN f.grouped THEN [s.trigger_family] ELSE m.families END) AS family) x WHERE NOT EXISTS (
        SELECT 1 FROM island i WHERE i.municipality = s.municipality AND i.family IN (x.family, '*') AND i.first <= s.since AND i.last >= s.due_day))
-- [end]
;
