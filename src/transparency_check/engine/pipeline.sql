-- One pipeline for every duty. Each section is run by evaluate.py in the order below; the tables of the law (form, role,
-- member, term, version, source, period) and of the log (event, hit, moment, number, link, blur, island) stand before it.
-- Times: day is a local civil day, lo and hi are instants in microseconds. `cas` is the case. Outcomes are bits of a mask:
-- 1 fulfilled, 2 late, 4 violated, 8 pending, 16 not applicable. Numbers after § are clauses of docs/semantics.md.

-- section: macros
-- §7.1 "comes before": the benefit of the order on one day where a time of day is missing.
CREATE OR REPLACE TEMP MACRO comes_before(aday, atimed, alo, bday, btimed, blo) AS
    aday < bday OR (aday = bday AND (NOT atimed OR NOT btimed OR alo <= blo));
-- §4.7 strictly earlier than the trigger.
CREATE OR REPLACE TEMP MACRO strictly_before(aday, atimed, alo, bday, btimed, blo) AS
    aday < bday OR (aday = bday AND atimed AND btimed AND alo < blo);
-- At or before due: by day, or by instant for hours. No due known yet: nothing is after it.
CREATE OR REPLACE TEMP MACRO by_due(hours, day, lo, due_day, due_hi) AS
    due_day IS NULL OR (CASE WHEN hours THEN lo <= due_hi ELSE day <= due_day END);
CREATE OR REPLACE TEMP MACRO over(hours, due_day, due_hi) AS
    due_day IS NOT NULL AND (CASE WHEN hours THEN getvariable('as_of_hi') > due_hi ELSE getvariable('as_of_day') > due_day END);

-- What keeps an obligation from being judged at all, and the fields that would settle it (§7.6).
CREATE OR REPLACE TEMP MACRO trigger_doubts(truth, upstream, unlinked, aday, anchor) AS
    CASE WHEN truth IS NULL THEN CASE WHEN upstream > 0 THEN ['trigger_undetermined'] ELSE ['missing_field'] END
         WHEN unlinked THEN ['missing_link']
         WHEN aday IS NULL THEN CASE WHEN anchor = 'event' THEN ['missing_link'] ELSE ['missing_field'] END ELSE []::VARCHAR[] END;
CREATE OR REPLACE TEMP MACRO trigger_fields(truth, upstream, missing, aday, anchor) AS
    CASE WHEN upstream > 0 THEN []::VARCHAR[] WHEN truth IS NULL THEN missing WHEN aday IS NULL AND anchor <> 'event' THEN [anchor] ELSE []::VARCHAR[] END;

-- section: triggers
-- Events that start a duty (§4.4, 4.16): truth is NULL where the condition is unknown. An event that meets several alternatives counts once.
CREATE OR REPLACE TEMP TABLE starting AS
SELECT r.form, h.n, h.truth, h.missing
FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
WHERE r.role = 'trigger' AND r.sole AND f.stratum = getvariable('stratum')
UNION ALL
SELECT r.form, h.n, bool_or(h.truth) AS truth, list_distinct(flatten(list(h.missing))) AS missing
FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
WHERE r.role = 'trigger' AND NOT r.sole AND f.stratum = getvariable('stratum')
GROUP BY r.form, h.n;

-- Anchors in another event (§7.6): the last one not after the trigger, else the first after it.
CREATE OR REPLACE TEMP TABLE anchor_event AS
SELECT s.form, s.n, coalesce(max(h.n) FILTER (comes_before(e.day, e.timed, e.lo, t.day, t.timed, t.lo)), min(h.n)) AS other
FROM starting s JOIN form f ON f.form = s.form AND f.anchor = 'event' JOIN event t ON t.n = s.n
JOIN role r ON r.form = s.form AND r.role = 'anchor' JOIN hit h ON h.selector = r.selector AND h.truth
JOIN event e ON e.n = h.n AND e.municipality = t.municipality AND e.cas = t.cas
GROUP BY s.form, s.n;

-- Most duties take each trigger for itself: these are obligations at once, under the law in force (§4.1).
INSERT INTO ob
SELECT (SELECT coalesce(max(o), 0) FROM ob) + row_number() OVER (), *, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, FALSE, ''
FROM (
    SELECT t.form, t.rule, v.v, t.n, 0 AS upstream, t.municipality, t.cas, t.corr, NULL AS period_key, t.sort, t.trigger_type, t.trigger_family, t.day, t.lo, t.hi, t.timed,
        t.aday, t.alo, t.ahi, t.atimed, 1 AS place, FALSE AS given_up, trigger_doubts(t.truth, 0, t.unlinked, t.aday, t.anchor) AS doubts,
        trigger_fields(t.truth, 0, t.missing, t.aday, t.anchor) AS fields, p.period
    FROM (
        SELECT s.form, f.rule, f.anchor, f.applies_by, s.n, s.truth, s.missing, e.municipality, e.cas, c.value AS corr, e.sort, e.type AS trigger_type, e.family AS trigger_family,
            e.day, e.lo, e.hi, e.timed,
            CASE f.anchor WHEN 'time' THEN e.day WHEN 'event' THEN x.day ELSE m.day END AS aday, CASE f.anchor WHEN 'time' THEN e.lo WHEN 'event' THEN x.lo ELSE m.lo END AS alo,
            CASE f.anchor WHEN 'time' THEN e.hi WHEN 'event' THEN x.hi ELSE m.hi END AS ahi, CASE f.anchor WHEN 'time' THEN e.timed WHEN 'event' THEN x.timed ELSE m.lo = m.hi END AS atimed,
            CASE WHEN f.tie = 'case' THEN f.shape <> 'content' AND e.cas IS NULL WHEN f.tie = 'attributes' THEN c.whole IS NOT TRUE ELSE FALSE END AS unlinked
        FROM starting s JOIN form f USING (form) JOIN event e USING (n) LEFT JOIN corr c ON c.form = s.form AND c.n = s.n LEFT JOIN moment m ON m.n = s.n AND m.attribute = f.anchor
        LEFT JOIN anchor_event a ON a.form = s.form AND a.n = s.n LEFT JOIN event x ON x.n = a.other
        WHERE f.take = 'each' AND (NOT f.restricted OR EXISTS (FROM bound_to b WHERE b.rule = f.rule AND b.municipality = e.municipality))
    ) t
    JOIN version v ON v.rule = t.rule AND (t.applies_by = 'due' OR t.day BETWEEN v.from_day AND v.to_day)
    JOIN term p ON p.form = t.form AND p.v = v.v
);

-- The others are gathered by case first: those that take the first or the last trigger, and those that another duty's outcome starts.
CREATE OR REPLACE TEMP TABLE origin AS
WITH own AS (
    SELECT s.form, s.n, s.truth, s.missing, f.take, f.moved, f.tie, f.anchor, f.shape, 0 AS upstream
    FROM starting s JOIN form f USING (form)
    WHERE f.take <> 'each' AND NOT f.moved
    UNION ALL
    -- §7.6 with moved_by every record of the trigger's or the moving type is a plan, whatever its condition says.
    SELECT r.form, h.n, CASE WHEN s.n IS NULL THEN FALSE ELSE s.truth END, s.missing, f.take, f.moved, f.tie, f.anchor, f.shape, 0
    FROM role r JOIN form f USING (form) JOIN hit h USING (selector) LEFT JOIN starting s ON s.form = r.form AND s.n = h.n
    WHERE r.role = 'plan' AND f.stratum = getvariable('stratum')
)
SELECT o.form, o.n, o.upstream, e.municipality, e.cas, c.value AS corr, e.day, e.lo, e.hi, e.timed, o.truth, o.missing, o.take, o.moved,
    o.tie, o.anchor, o.shape,
    e.sort, e.type AS trigger_type, e.family AS trigger_family, NULL::VARCHAR AS period_key,
    CASE WHEN o.tie = 'case' AND o.shape <> 'content' AND e.cas IS NULL THEN TRUE
         WHEN o.tie = 'attributes' AND c.whole IS NOT TRUE THEN TRUE ELSE FALSE END AS unlinked
FROM own o JOIN event e USING (n) LEFT JOIN corr c ON c.form = o.form AND c.n = o.n;

-- §4.19 duties that start from another's outcome: the moment is its due.
INSERT INTO origin
SELECT f.form, p.n, p.o, p.municipality, p.cas, NULL, d.due_day, d.due_lo, d.due_hi, u.hours, CASE WHEN bool_or(x.outcome = s.outcome) THEN TRUE END, []::VARCHAR[],
    f.take, FALSE, f.tie, f.anchor, f.shape, NULL, NULL, NULL, p.period_key, f.tie = 'case' AND p.cas IS NULL
FROM source s JOIN form f USING (form) JOIN done x ON x.rule = s.rule JOIN ob p ON p.o = x.o JOIN form u ON u.form = p.form
LEFT JOIN due d ON d.o = p.o AND d.bound = 0
WHERE f.stratum = getvariable('stratum')
  AND ((x.outcome = s.outcome AND d.due_day IS NOT NULL) OR (x.outcome = 'undetermined' AND x.mask & s.bit > 0))
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE anchored AS
WITH other AS (
    SELECT o.form, o.n, o.upstream, max(h.n) FILTER (comes_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)) AS before, min(h.n) AS first
    FROM origin o JOIN role r ON r.form = o.form AND r.role = 'anchor' JOIN hit h ON h.selector = r.selector AND h.truth
    JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas = o.cas
    GROUP BY o.form, o.n, o.upstream
)
SELECT o.*, o.take = 'each' OR o.unlinked OR (o.tie <> 'municipality' AND o.cas IS NULL) AS alone,
    CASE o.anchor WHEN 'time' THEN o.day WHEN 'event' THEN e.day ELSE m.day END AS aday,
    CASE o.anchor WHEN 'time' THEN o.lo WHEN 'event' THEN e.lo ELSE m.lo END AS alo,
    CASE o.anchor WHEN 'time' THEN o.hi WHEN 'event' THEN e.hi ELSE m.hi END AS ahi,
    CASE o.anchor WHEN 'time' THEN o.timed WHEN 'event' THEN e.timed ELSE m.lo = m.hi END AS atimed
FROM origin o
LEFT JOIN moment m ON m.n = o.n AND m.attribute = o.anchor
LEFT JOIN other x ON o.anchor = 'event' AND x.form = o.form AND x.n IS NOT DISTINCT FROM o.n AND x.upstream = o.upstream
LEFT JOIN event e ON e.n = coalesce(x.before, x.first);

-- take: each, first, last (§4.4, 7.6). `place` counts the plans of a case; `given_up` says that a later plan came before the anchor.
CREATE OR REPLACE TEMP TABLE taken AS
WITH each_one AS (
    SELECT *, 1 AS place, FALSE AS given_up FROM anchored WHERE alone AND truth IS DISTINCT FROM FALSE
), first_one AS (
    SELECT *, 1 AS place, FALSE AS given_up FROM anchored
    WHERE take = 'first' AND NOT alone AND form NOT IN (SELECT form FROM form WHERE win IS NOT NULL AND tie = 'municipality')
    QUALIFY row_number() OVER (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream) = 1
), windowed AS (
    SELECT a.*, 1 AS place, FALSE AS given_up FROM anchored a JOIN first_of_window w ON w.form = a.form AND w.n IS NOT DISTINCT FROM a.n AND w.upstream = a.upstream
), plans AS (
    SELECT * FROM anchored WHERE take = 'last' AND NOT alone
    WINDOW chain AS (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream)
    QUALIFY NOT coalesce(moved AND truth AND lag(truth) OVER chain AND alo = lag(alo) OVER chain AND ahi = lag(ahi) OVER chain, FALSE)
), chained AS (
    SELECT *, row_number() OVER chain AS place,
        coalesce(CASE WHEN lead(lo) OVER chain IS NULL THEN FALSE
            ELSE aday IS NULL OR lead(day) OVER chain < aday
              OR (lead(day) OVER chain = aday AND NOT (lead(timed) OVER chain AND atimed AND lead(lo) OVER chain > alo)) END, FALSE) AS given_up
    FROM plans
    WINDOW chain AS (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream)
)
SELECT * FROM each_one UNION ALL SELECT * FROM first_one UNION ALL SELECT * FROM windowed
UNION ALL SELECT * FROM chained WHERE truth IS DISTINCT FROM FALSE;

-- Law that applies by the due date is sorted out once that is known.
INSERT INTO ob
SELECT (SELECT coalesce(max(o), 0) FROM ob) + row_number() OVER (), t.form, f.rule, v.v, t.n, t.upstream, t.municipality, t.cas, t.corr, t.period_key, t.sort, t.trigger_type, t.trigger_family,
    t.day, t.lo, t.hi, t.timed, t.aday, t.alo, t.ahi, t.atimed, t.place, t.given_up,
    trigger_doubts(t.truth, t.upstream, t.unlinked, t.aday, t.anchor) AS doubts, trigger_fields(t.truth, t.upstream, t.missing, t.aday, t.anchor) AS fields,
    p.period, NULL AS first, NULL AS last, NULL AS prev_due, NULL AS next_due, NULL AS civil_first, NULL AS civil_last,
    NULL AS about_first, NULL AS about_last, NULL AS window_first, NULL AS window_last, NULL AS since, NULL AS threshold, FALSE AS day_doubt, '' AS stops
FROM taken t JOIN form f USING (form)
JOIN version v ON v.rule = f.rule AND (f.applies_by = 'due' OR coalesce(t.day, getvariable('as_of_day')) BETWEEN v.from_day AND v.to_day)
JOIN term p ON p.form = t.form AND p.v = v.v
WHERE NOT f.restricted OR EXISTS (FROM bound_to b WHERE b.rule = f.rule AND b.municipality = t.municipality);

-- section: extensions
-- §4.13: the first extension after the trigger and by due, under each calendar. A number that no law can mean is not known.
CREATE OR REPLACE TEMP TABLE lengthened AS
SELECT o, bound, first.n AS extension, first.add AS add, CASE WHEN first.add IS NULL THEN first.extra END AS lacking FROM (
SELECT d.o, d.bound, arg_min({'n': e.n, 'extra': r.extra, 'add': CASE WHEN regexp_full_match(r.extra, '[0-9]+') THEN r.extra::BIGINT WHEN x.value BETWEEN 0 AND 36500 THEN x.value END}, e.n) AS first
FROM due d JOIN ob o USING (o) JOIN form f USING (form)
JOIN role r ON r.form = o.form AND r.role = 'extend' JOIN hit h ON h.selector = r.selector AND h.truth
JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas = o.cas
LEFT JOIN number x ON x.n = e.n AND x.attribute = r.extra
WHERE comes_before(o.day, o.timed, o.lo, e.day, e.timed, e.lo) AND e.n IS DISTINCT FROM o.n AND by_due(f.hours, e.day, e.lo, d.due_day, d.due_hi)
GROUP BY d.o, d.bound);

-- section: candidates
-- Events that may discharge (§4.3, 4.6): truth NULL where the condition is unknown.
CREATE OR REPLACE TEMP TABLE fact AS
WITH met AS (
    SELECT r.form, r.member, h.n, h.truth, h.missing FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
    WHERE r.role = 'fulfil' AND r.sole AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count')
    UNION ALL
    SELECT r.form, r.member, h.n, bool_or(h.truth), list_distinct(flatten(list(h.missing))) FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
    WHERE r.role = 'fulfil' AND NOT r.sole AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count')
    GROUP BY r.form, r.member, h.n
)
SELECT m.*, e.municipality, e.cas, e.day, e.lo, e.hi, e.timed, e.type, e.sort FROM met m JOIN event e USING (n);

CREATE OR REPLACE TEMP TABLE blurred AS
SELECT DISTINCT r.form, r.member, b.b, b.reason, m.municipality, b.cas, b.related, b.day, b.lo, b.hi, b.timed, s.event AS type
FROM role r JOIN form f USING (form) JOIN selector s USING (selector) JOIN blur b ON b.type IS NULL OR b.type = s.event
JOIN blur_municipality m USING (b)
WHERE r.role = 'fulfil' AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar', 'standing', 'count');

-- weight: 0 certain link, 1 weighs unless fulfilled, 2 weighs only on late and violated (§7.5).
CREATE OR REPLACE TEMP TABLE candidate AS
WITH pair AS (
    SELECT o.o, c.member, c.n, NULL::BIGINT AS b, c.truth, c.missing, []::VARCHAR[] AS why, 0 AS weight, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality AND c.cas = o.cas
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, []::VARCHAR[], 0, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN link l ON l.municipality = o.municipality AND l.a = o.cas
    JOIN fact c ON c.form = o.form AND c.municipality = o.municipality AND c.cas = l.b
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, ['missing_link'], 1, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality AND c.cas IS NULL
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, []::VARCHAR[], 0, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.tie = 'municipality' AND f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar')
      AND (o.first IS NULL OR (c.day >= o.first AND c.day <= o.last))
    UNION ALL
    SELECT o.o, c.member, c.n, NULL, c.truth, c.missing, CASE WHEN k.whole THEN []::VARCHAR[] ELSE ['missing_link'] END,
        CASE WHEN k.whole THEN 0 ELSE 1 END, c.day, c.lo, c.hi, c.timed, c.type, c.sort, c.cas
    FROM ob o JOIN form f USING (form) JOIN fact c ON c.form = o.form AND c.municipality = o.municipality
    JOIN corr k ON k.form = c.form AND k.n = c.n
    WHERE f.tie = 'attributes' AND f.stratum = getvariable('stratum') AND f.shape = 'event' AND NOT EXISTS (SELECT 1 FROM (SELECT unnest(k.value) AS x, unnest(o.corr) AS y) WHERE x <> y)
    UNION ALL
    SELECT o.o, c.member, NULL, c.b, NULL, []::VARCHAR[], [c.reason], 1, c.day, c.lo, c.hi, c.timed, c.type, NULL, c.cas
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.tie = 'case' AND f.stratum = getvariable('stratum') AND f.shape = 'event'
      AND (c.cas = o.cas OR (c.cas IS NOT NULL AND list_contains(c.related, o.cas)) OR EXISTS (FROM link l WHERE l.municipality = o.municipality AND l.a = o.cas AND l.b = c.cas))
    UNION ALL
    SELECT o.o, c.member, NULL, c.b, NULL, []::VARCHAR[], [c.reason], 2, c.day, c.lo, c.hi, c.timed, c.type, NULL, c.cas
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND (f.tie <> 'case' OR c.cas IS NULL)
)
SELECT p.o, p.member, p.n, p.b, coalesce(p.truth, FALSE) AND p.weight = 0 AND (NOT f.grouped OR p.n = o.n OR p.sort = o.sort) IS TRUE AS certain, p.missing,
    p.why || CASE WHEN p.b IS NULL AND (p.truth IS NULL OR (f.grouped AND p.n <> o.n AND (p.sort = o.sort) IS NULL)) THEN ['missing_field'] ELSE []::VARCHAR[] END AS why,
    p.weight, p.day, p.lo, p.hi, p.timed
FROM pair p JOIN ob o USING (o) JOIN form f USING (form)
-- §4.3 no event discharges its own trigger. §4.9 but a publication judged together with those of its case, type and kind is one of them;
-- a kind that cannot be read may be the same.
WHERE CASE WHEN f.grouped THEN p.type = o.trigger_type AND coalesce(p.sort = o.sort, TRUE) AND (p.cas IS NULL OR p.cas = o.cas)
           ELSE p.b IS NOT NULL OR o.upstream > 0 OR p.n IS DISTINCT FROM o.n END;

-- Where each candidate stands against the limits (§7.7): I in time, L late, O does not count; two letters: cannot be decided.
CREATE OR REPLACE TEMP TABLE placed AS
WITH limits AS (
    SELECT d.o, d.bound, d.due_day, d.due_lo, d.due_hi, o.day AS tday, o.lo AS tlo, o.timed AS ttimed, o.aday, o.alo, o.ahi, o.atimed,
        f.shape, f.direction, f.hours, f.same_day, f.tie, f.about, f.win IS NOT NULL AS windowed, w.due_day AS window_end, b.due_day AS not_before_day, f.not_before,
        (f.direction = 'forward' AND f.not_before = 'trigger') OR (o.place > 1 AND NOT f.survives_move) AS limited,
        o.prev_due, o.next_due, o.civil_first, o.civil_last, o.about_first, o.about_last, o.window_first, o.window_last
    FROM due d JOIN ob o USING (o) JOIN form f USING (form)
    LEFT JOIN reach w ON w.period = f.win AND w.anchor_day = o.day
    LEFT JOIN reach b ON b.period = f.not_before_period AND b.anchor_day = o.day
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND d.reason IS DISTINCT FROM 'no_calendar'
)
SELECT c.*, l.bound, coalesce(g.bad, FALSE) AND l.about IS NOT NULL AS period_bad,
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
        WHEN l.not_before = 'window' AND c.day < l.not_before_day THEN 'O'
        WHEN l.windowed AND l.not_before = 'trigger' AND c.day < l.tday THEN 'O'
        WHEN l.windowed AND c.day > l.window_end THEN 'O'
        WHEN l.hours AND l.direction = 'forward' THEN CASE
            WHEN c.hi <= l.due_lo THEN 'I' WHEN greatest(c.lo, l.tlo) > l.due_hi THEN 'L' ELSE 'IL' END
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
FROM candidate c JOIN limits l USING (o) LEFT JOIN given_period g ON g.n = c.n;

-- Members on certain facts alone, and the outcome that follows (§7.5).
CREATE OR REPLACE TEMP TABLE standing_of AS
SELECT d.o, d.bound, m.member, coalesce(bool_or(p.certain AND NOT p.period_bad AND p.pos = 'I'), FALSE) AS in_time,
    coalesce(bool_or(p.certain AND NOT p.period_bad AND p.pos IN ('L', 'IL')), FALSE) AS late,
    min(p.n) FILTER (p.certain AND NOT p.period_bad AND p.pos = 'I') AS in_n,
    min(p.n) FILTER (p.certain AND NOT p.period_bad AND p.pos IN ('L', 'IL')) AS late_n
FROM due d JOIN ob o USING (o) JOIN form f USING (form) JOIN member m ON m.form = f.form
LEFT JOIN placed p ON p.o = d.o AND p.bound = d.bound AND p.member = m.member
WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'calendar') AND d.reason IS DISTINCT FROM 'no_calendar'
GROUP BY d.o, d.bound, m.member;

CREATE OR REPLACE TEMP TABLE base AS
SELECT s.o, s.bound, CASE WHEN bool_and(s.in_time) THEN 1 WHEN bool_and(s.in_time OR s.late) THEN 2
        WHEN any_value(f.grouped OR over(f.hours, d.due_day, d.due_hi)) THEN 4 ELSE 8 END AS base,
    list(DISTINCT CASE WHEN s.in_time THEN s.in_n WHEN s.late THEN s.late_n END) FILTER (s.in_time OR s.late) AS evidence
FROM standing_of s JOIN due d USING (o, bound) JOIN ob o USING (o) JOIN form f USING (form)
GROUP BY s.o, s.bound;

-- Doubts on members that are not in time: what they could make of them at best, and why.
CREATE OR REPLACE TEMP TABLE doubt AS
SELECT p.o, p.bound, p.member, CASE WHEN p.pos = 'L' THEN 2 ELSE 1 END AS best,
    list_distinct(p.why || CASE WHEN len(p.pos) = 2 THEN ['time_of_day'] ELSE []::VARCHAR[] END
        || CASE WHEN p.period_bad THEN ['missing_field'] ELSE []::VARCHAR[] END) AS why, p.n, p.b,
    list_distinct(p.missing || CASE WHEN p.period_bad THEN ['period'] ELSE []::VARCHAR[] END) AS fields
FROM placed p JOIN standing_of s USING (o, bound, member) JOIN base b USING (o, bound)
WHERE NOT s.in_time AND p.pos <> 'O' AND (NOT p.certain OR len(p.pos) = 2 OR p.period_bad)
  AND (p.pos <> 'L' OR NOT s.late) AND (p.weight < 2 OR b.base IN (2, 4));

INSERT INTO doubt
SELECT s.o, s.bound, s.member, 1, ['not_covered'], NULL, NULL, []::VARCHAR[]
FROM standing_of s JOIN base b USING (o, bound) JOIN due d USING (o, bound) JOIN ob o USING (o) JOIN form f USING (form)
JOIN member m ON m.form = o.form AND m.member = s.member
WHERE NOT s.in_time AND b.base IN (2, 4) AND EXISTS (
    -- Publications judged together are of the one type that is judged.
    SELECT 1 FROM (SELECT unnest(CASE WHEN f.grouped THEN [o.trigger_family] ELSE m.families END) AS family) x WHERE NOT EXISTS (
        SELECT 1 FROM island i WHERE i.municipality = o.municipality AND i.family IN (x.family, '*')
            AND i.first <= CASE WHEN f.shape = 'calendar' THEN o.civil_first ELSE least(o.day, d.due_day) END AND i.last >= d.due_day));

-- section: outages
INSERT INTO doubt
SELECT s.o, s.bound, s.member, 1, ['outage'], min(g.n), NULL, []::VARCHAR[]
FROM standing_of s JOIN base b USING (o, bound) JOIN due d USING (o, bound) JOIN ob o USING (o)
JOIN member m ON m.form = o.form AND m.member = s.member AND m.one_channel
JOIN outage g ON g.municipality = o.municipality AND g.first <= d.due_day AND g.last >= d.due_day
WHERE NOT s.in_time AND b.base IN (2, 4)
GROUP BY s.o, s.bound, s.member;

-- section: weighing
INSERT INTO verdict
WITH at_best AS (
    SELECT s.o, s.bound, s.member, CASE WHEN s.in_time OR bool_or(d.best = 1) THEN 1 WHEN s.late OR bool_or(d.best = 2) THEN 2 ELSE 4 END AS status
    FROM standing_of s LEFT JOIN doubt d USING (o, bound, member) GROUP BY s.o, s.bound, s.member, s.in_time, s.late
), optimum AS (
    SELECT o, bound, max(status) AS status FROM at_best GROUP BY o, bound
)
SELECT b.o, b.bound, b.base, b.base | CASE WHEN z.status = 4 THEN b.base ELSE z.status END, []::VARCHAR[], b.evidence,
    CASE WHEN z.status < 4 AND z.status <> b.base THEN TRUE ELSE FALSE END
FROM base b JOIN optimum z USING (o, bound);

UPDATE verdict SET reasons = r.why
FROM (SELECT o, bound, list_distinct(flatten(list(why))) AS why FROM doubt GROUP BY o, bound) r
WHERE verdict.o = r.o AND verdict.bound = r.bound AND verdict.doubted;

INSERT INTO settling
SELECT DISTINCT d.o, unnest(d.why), d.n, d.b, d.fields FROM doubt d JOIN verdict v USING (o, bound) WHERE v.doubted;

-- section: content
-- §4.9 judged at the event itself.
INSERT INTO verdict
WITH single AS (
    SELECT o.o, o.n, CASE WHEN bool_or(h.truth) THEN 1 WHEN count(h.n) > 0 THEN 5 ELSE 4 END AS mask
    FROM ob o JOIN form f USING (form) LEFT JOIN role r ON r.form = o.form AND r.role = 'fulfil' LEFT JOIN hit h ON h.selector = r.selector AND h.n = o.n
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'content' GROUP BY o.o, o.n
)
SELECT o, 0, CASE WHEN mask = 1 THEN 1 ELSE 4 END, mask, CASE WHEN mask = 5 THEN ['missing_field'] ELSE []::VARCHAR[] END, CASE WHEN mask = 1 THEN [n] ELSE []::BIGINT[] END, mask = 5
FROM single;

INSERT INTO settling
SELECT DISTINCT o.o, 'missing_field', h.n, NULL::BIGINT, h.missing
FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'fulfil' JOIN hit h ON h.selector = r.selector AND h.n = o.n AND h.truth IS NULL
JOIN verdict v ON v.o = o.o AND v.mask = 5
WHERE f.stratum = getvariable('stratum') AND f.shape = 'content';

-- section: duration
-- §7.9. `closing` is the first certain closing; `planned_*` the closing date as last extended in time.
CREATE OR REPLACE TEMP TABLE closing AS
SELECT o.o, min(e.n) AS n, arg_min(e.hi, e.n) AS hi
FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'close' JOIN hit h ON h.selector = r.selector AND h.truth
JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas = o.cas
WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)
GROUP BY o.o;

CREATE OR REPLACE TEMP TABLE planned AS
WITH step AS (
    SELECT o.o, -1::BIGINT AS n, o.lo, m.hi AS ends, coalesce(list_contains(e.bad, r.extra), FALSE) AS bad
    FROM ob o JOIN form f USING (form) JOIN event e ON e.n = o.n JOIN (SELECT DISTINCT form, extra FROM role WHERE role = 'planned') r ON r.form = o.form
    LEFT JOIN moment m ON m.n = o.n AND m.attribute = r.extra
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration'
    UNION ALL
    SELECT o.o, e.n, e.lo, m.hi, list_contains(e.bad, r.extra)
    FROM ob o JOIN form f USING (form) JOIN role r ON r.form = o.form AND r.role = 'move_close' JOIN hit h ON h.selector = r.selector
    JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas = o.cas LEFT JOIN moment m ON m.n = e.n AND m.attribute = r.extra
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND (m.hi IS NOT NULL OR list_contains(e.bad, r.extra))
      AND NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)
), ordered AS (
    SELECT *, lag(ends) OVER (PARTITION BY o ORDER BY n) AS until_then FROM step
), valid AS (
    -- An extension after the closing date came too late, and so does all that follows it.
    SELECT *, bool_and(until_then IS NULL OR lo <= until_then) OVER (PARTITION BY o ORDER BY n) AS in_time FROM ordered
)
SELECT o, max_by({'ends': ends, 'bad': bad}, n).ends AS hi, max_by({'ends': ends, 'bad': bad}, n).bad AS bad
FROM valid WHERE in_time AND (ends IS NOT NULL OR bad) GROUP BY o;

CREATE OR REPLACE TEMP TABLE shutting AS
WITH open AS (
    SELECT o.*, d.bound, d.due_day, d.due_hi, f.hours FROM ob o JOIN form f USING (form) JOIN due d USING (o)
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration'
)
SELECT o.o, o.bound, 'missing_field' AS why, e.n, NULL::BIGINT AS b, h.missing AS fields, TRUE AS closes
FROM open o JOIN role r ON r.form = o.form AND r.role = 'close' JOIN hit h ON h.selector = r.selector AND h.truth IS NULL
JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas = o.cas
WHERE NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo) AND e.lo < o.due_hi
UNION ALL
SELECT o.o, o.bound, 'missing_link', e.n, NULL, h.missing, r.role = 'close'
FROM open o JOIN role r ON r.form = o.form AND r.role IN ('close', 'move_close') JOIN hit h ON h.selector = r.selector
JOIN event e ON e.n = h.n AND e.municipality = o.municipality AND e.cas IS NULL
WHERE NOT strictly_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo) AND e.lo < o.due_hi
UNION ALL
SELECT o.o, o.bound, b.reason, NULL, b.b, []::VARCHAR[], r.role = 'close'
FROM open o JOIN role r ON r.form = o.form AND r.role IN ('close', 'move_close') JOIN selector s USING (selector)
JOIN blur b ON b.cas = o.cas AND (b.type IS NULL OR b.type = s.event) JOIN blur_municipality m ON m.b = b.b AND m.municipality = o.municipality
WHERE b.lo IS NULL OR (b.lo < o.due_hi AND NOT strictly_before(b.day, b.timed, b.lo, o.day, o.timed, o.lo));

INSERT INTO verdict
WITH open AS (
    SELECT o.o, d.bound, d.due_day, d.due_hi, over(f.hours, d.due_day, d.due_hi) AS passed, c.n AS closed, c.hi AS closed_hi, p.hi AS planned_hi,
        coalesce(p.bad, FALSE) AS bad, EXISTS (SELECT 1 FROM role r JOIN selector s USING (selector) WHERE r.form = o.form AND r.role = 'close' AND NOT EXISTS (
            SELECT 1 FROM island i WHERE i.municipality = o.municipality AND i.family IN (split_part(s.event, '.', 1), '*') AND i.first <= o.day AND i.last >= d.due_day)) AS uncovered
    FROM ob o JOIN form f USING (form) JOIN due d USING (o) LEFT JOIN closing c ON c.o = o.o LEFT JOIN planned p ON p.o = o.o
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND d.reason IS DISTINCT FROM 'no_calendar'
), judged AS (
    SELECT *, CASE WHEN closed IS NOT NULL THEN CASE WHEN closed_hi < due_hi THEN 4 WHEN passed THEN 1 ELSE 8 END
        WHEN bad THEN 5
        WHEN planned_hi < due_hi THEN CASE WHEN planned_hi <= getvariable('as_of_hi') THEN 4 ELSE 8 END
        WHEN passed THEN 1 ELSE 8 END AS mask,
        closed IS NULL AND NOT bad AND planned_hi < due_hi AND planned_hi > getvariable('as_of_hi') AS short
    FROM open
), doubts AS (
    SELECT j.o, j.bound, list_distinct(list(s.why)) AS why, max(CASE WHEN s.closes THEN 4 ELSE 1 END) AS add4, bool_or(s.closes) AS closes, bool_or(NOT s.closes) AS extends
    FROM judged j JOIN shutting s USING (o, bound)
    WHERE (s.closes AND j.mask IN (1, 8)) OR (NOT s.closes AND j.mask = 4 AND j.closed IS NULL) GROUP BY j.o, j.bound
)
SELECT j.o, j.bound, CASE WHEN j.mask = 5 THEN 4 ELSE j.mask END,
    j.mask | CASE WHEN j.mask = 1 AND j.closed IS NULL AND j.uncovered THEN 4 ELSE 0 END
        | CASE WHEN x.closes THEN 4 ELSE 0 END | CASE WHEN x.extends THEN 1 ELSE 0 END,
    CASE WHEN j.mask = 5 THEN ['missing_field'] ELSE []::VARCHAR[] END || CASE WHEN j.short THEN ['planned_too_short'] ELSE []::VARCHAR[] END
        || CASE WHEN j.mask = 1 AND j.closed IS NULL AND j.uncovered THEN ['not_covered'] ELSE []::VARCHAR[] END || coalesce(x.why, []::VARCHAR[]),
    CASE WHEN j.closed IS NULL THEN []::BIGINT[] ELSE [j.closed] END, TRUE
FROM judged j LEFT JOIN doubts x USING (o, bound);

INSERT INTO settling
SELECT DISTINCT s.o, s.why, s.n, s.b, s.fields FROM shutting s JOIN verdict v USING (o, bound) WHERE list_contains(v.reasons, s.why)
UNION
SELECT v.o, 'missing_field', o.n, NULL, [(SELECT any_value(extra) FROM role r WHERE r.form = o.form AND r.role = 'planned')]
FROM verdict v JOIN ob o USING (o) JOIN form f USING (form) JOIN planned p ON p.o = o.o
WHERE f.stratum = getvariable('stratum') AND f.shape = 'duration' AND p.bad AND list_contains(v.reasons, 'missing_field');

-- section: count
-- §4.11: certain and possible events of each member within the period.
INSERT INTO verdict
WITH tally AS (
    SELECT o.o, m.member, count(DISTINCT c.n) FILTER (c.truth) AS certain, count(DISTINCT c.n) FILTER (c.truth IS NULL AND c.n IS NOT NULL) AS unknown
    FROM ob o JOIN form f USING (form) JOIN member m ON m.form = f.form
    LEFT JOIN fact c ON c.form = o.form AND c.member = m.member AND c.municipality = o.municipality AND c.day BETWEEN o.first AND o.last
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' GROUP BY o.o, m.member
), unread AS (
    SELECT o.o, c.member, count(DISTINCT c.b) AS unread, list(DISTINCT c.reason) AS why
    FROM ob o JOIN form f USING (form) JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality AND (c.day IS NULL OR c.day BETWEEN o.first AND o.last)
    WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' GROUP BY o.o, c.member
), judged AS (
    SELECT o.o, CASE WHEN bool_and(t.certain >= o.threshold) THEN 1 WHEN getvariable('as_of_day') > any_value(o.last) THEN 4 ELSE 8 END AS base,
        any_value(o.threshold) AS threshold, any_value(o.day_doubt) AS day_doubt
    FROM ob o JOIN tally t USING (o) GROUP BY o.o
), piece AS (
    SELECT t.o, t.member, t.certain >= j.threshold AS reached,
        t.certain + t.unknown + CASE WHEN j.base = 4 THEN coalesce(u.unread, 0) ELSE 0 END >= j.threshold AS reachable,
        j.base = 4 AND EXISTS (SELECT 1 FROM (SELECT unnest(m.families) AS family) x WHERE NOT EXISTS (
            SELECT 1 FROM island i WHERE i.municipality = o.municipality AND i.family IN (x.family, '*') AND i.first <= o.civil_first AND i.last >= o.last)) AS uncovered,
        CASE WHEN t.unknown > 0 THEN ['missing_field'] ELSE []::VARCHAR[] END || CASE WHEN j.base = 4 THEN coalesce(u.why, []::VARCHAR[]) ELSE []::VARCHAR[] END AS why
    FROM tally t JOIN judged j USING (o) JOIN ob o USING (o) JOIN member m ON m.form = o.form AND m.member = t.member
    LEFT JOIN unread u ON u.o = t.o AND u.member = t.member
), best AS (
    SELECT p.o, bool_and(reached OR reachable OR uncovered) AS may,
        list_distinct(flatten(list(why || CASE WHEN uncovered THEN ['not_covered'] ELSE []::VARCHAR[] END) FILTER (NOT reached))) AS why
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
UNION
SELECT DISTINCT o.o, c.reason, NULL, c.b, []::VARCHAR[] FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
JOIN blurred c ON c.form = o.form AND c.municipality = o.municipality AND (c.day IS NULL OR c.day BETWEEN o.first AND o.last)
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, c.reason)
UNION
SELECT DISTINCT o.o, 'not_covered', NULL, NULL, []::VARCHAR[] FROM ob o JOIN form f USING (form) JOIN verdict v USING (o)
WHERE f.stratum = getvariable('stratum') AND f.shape = 'count' AND list_contains(v.reasons, 'not_covered');

-- section: standing
-- §4.20: once a record shows it; else violated only where the log covers the whole time since the duty began.
INSERT INTO verdict
WITH shown AS (
    SELECT o.o, m.member, min(c.n) FILTER (c.truth AND (o.since IS NULL OR c.day >= o.since)) AS n,
        count(c.n) FILTER (c.truth IS NULL AND (o.since IS NULL OR c.day >= o.since)) > 0 AS unknown,
        EXISTS (SELECT 1 FROM (SELECT unnest(any_value(m.families)) AS family) x WHERE NOT EXISTS (
            SELECT 1 FROM island i WHERE i.municipality = any_value(o.municipality) AND i.family IN (x.family, '*')
                AND i.first <= any_value(o.first) AND i.last >= getvariable('as_of_day'))) AS uncovered
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

-- section: modifiers
-- §4.5, 4.13, 4.14, 7.8: what certainly ends an obligation, and what may. Acts are events and unreadable records in such a role; those
-- whose time is not known may have come at any time. weight: 0 doubts every base outcome, 1 all but fulfilled, 2 late and violated only.
CREATE OR REPLACE TEMP TABLE act AS
SELECT r.form, r.role, h.n, NULL::BIGINT AS b, h.truth, h.missing, r.extra, e.municipality, e.cas, e.day, e.lo, e.timed, NULL::VARCHAR AS reason
FROM role r JOIN form f USING (form) JOIN hit h USING (selector) JOIN event e USING (n)
WHERE r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume') AND f.stratum = getvariable('stratum')
UNION ALL
SELECT DISTINCT r.form, CASE WHEN r.role IN ('plan', 'trigger') THEN f.take ELSE r.role END, NULL, b.b, NULL, []::VARCHAR[], NULL, m.municipality, b.cas, b.day, b.lo, b.timed, b.reason
FROM role r JOIN form f USING (form) JOIN selector s USING (selector) JOIN blur b ON b.type IS NULL OR b.type = s.event JOIN blur_municipality m USING (b)
WHERE f.stratum = getvariable('stratum') AND b.cas IS NOT NULL
  AND (r.role IN ('cancel', 'unless_trigger', 'unless_due', 'extend', 'suspend', 'resume', 'plan') OR (r.role = 'trigger' AND f.take <> 'each'));

CREATE OR REPLACE TEMP TABLE modifier AS
WITH live AS (
    SELECT o.*, coalesce(d.bound, 0) AS bound, d.due_day, d.due_hi, d.plain_day, d.plain_hi, d.o IS NOT NULL AND d.lacking IS NULL AND d.reason IS DISTINCT FROM 'no_calendar' AS dated, x.lo AS extended_at, f.hours, f.direction, f.tie
    FROM ob o JOIN form f USING (form) LEFT JOIN due d ON d.o = o.o LEFT JOIN event x ON x.n = d.extension
    WHERE f.stratum = getvariable('stratum') AND f.shape IN ('event', 'content', 'duration')
), counting AS (
    SELECT l.o, l.bound, a.*, a.cas IS NULL AS loose, l.tie
    FROM live l JOIN act a ON a.form = l.form AND a.municipality = l.municipality AND (a.cas = l.cas OR (a.cas IS NULL AND l.tie = 'case'))
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
SELECT o, bound, 'superseded' AS ends, NULL AS why, NULL::BIGINT AS n, NULL::BIGINT AS b, NULL::VARCHAR AS instead, []::VARCHAR[] AS fields, 0 AS weight
FROM live WHERE given_up
UNION ALL
SELECT o, bound, CASE WHEN truth AND NOT loose AND role = 'cancel' THEN 'cancelled' WHEN truth AND NOT loose THEN 'exception' END,
    CASE WHEN loose THEN 'missing_link' WHEN truth IS NULL THEN coalesce(reason, 'missing_field') END, n, b, CASE WHEN role LIKE 'unless%' THEN extra END,
    CASE WHEN truth IS NULL THEN missing ELSE []::VARCHAR[] END, CASE WHEN loose THEN 1 WHEN b IS NOT NULL AND tie <> 'case' THEN 2 ELSE 0 END
FROM counting WHERE role IN ('cancel', 'unless_trigger', 'unless_due') OR loose OR truth IS NULL
UNION ALL
SELECT l.o, l.bound, CASE WHEN h.truth THEN 'exception' END, CASE WHEN h.truth IS NULL THEN 'missing_field' END, h.n, NULL, r.extra, CASE WHEN h.truth IS NULL THEN h.missing ELSE []::VARCHAR[] END, 0
FROM live l JOIN role r ON r.form = l.form AND r.role = 'unless_where' JOIN hit h ON h.selector = r.selector AND h.n = l.n WHERE l.upstream = 0;

-- section: outcomes
-- Per obligation and calendar: the possible outcomes and why they are several.
CREATE OR REPLACE TEMP TABLE variant AS
WITH ended AS (
    SELECT o, bound, arg_min(ends, CASE ends WHEN 'superseded' THEN 1 WHEN 'cancelled' THEN 2 ELSE 3 END) AS ends,
        arg_min(instead, CASE ends WHEN 'superseded' THEN 1 WHEN 'cancelled' THEN 2 ELSE 3 END) AS instead
    FROM modifier WHERE ends IS NOT NULL GROUP BY o, bound
), may_end AS (
    SELECT m.o, m.bound, list_distinct(list(m.why)) AS why FROM modifier m JOIN verdict v USING (o, bound)
    WHERE m.ends IS NULL AND m.why IS NOT NULL AND CASE m.weight WHEN 0 THEN TRUE WHEN 1 THEN v.base <> 1 ELSE v.base IN (2, 4) END
    GROUP BY m.o, m.bound
), all_of_them AS (
    SELECT o.o, coalesce(d.bound, 0) AS bound, coalesce(d.bounds, 1) AS bounds, d.reason, d.lacking, o.doubts
    FROM ob o JOIN form f USING (form) LEFT JOIN due d ON d.o = o.o WHERE f.stratum = getvariable('stratum')
)
SELECT a.o, a.bound, a.bounds, e.instead,
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
SELECT o, mask AS shown, mask, FALSE AS swings, reasons, instead FROM variant WHERE bounds = 1
UNION ALL
SELECT o, any_value(mask) FILTER (bound = 0), bit_or(mask), count(DISTINCT mask) > 1, list_distinct(flatten(list(reasons))), any_value(instead)
FROM variant WHERE bounds > 1 GROUP BY o;

-- Law that applies by the due date (§4.1): what was counted under a version that is not in force then falls away.
-- Where no version leads to a due date, the one of the trigger's day stays.
DELETE FROM per_form WHERE o IN (
    SELECT o FROM (
        SELECT o.o, coalesce(d.due_day BETWEEN v.from_day AND v.to_day, FALSE) AS fits, bool_or(d.due_day IS NOT NULL) OVER same AS dated,
            coalesce(o.day, getvariable('as_of_day')) BETWEEN v.from_day AND v.to_day AS begun,
            row_number() OVER (PARTITION BY o.form, o.n, o.upstream, coalesce(d.due_day BETWEEN v.from_day AND v.to_day, FALSE) ORDER BY v.v) AS place
        FROM ob o JOIN form f USING (form) JOIN version v ON v.rule = o.rule AND v.v = o.v LEFT JOIN due d ON d.o = o.o AND d.bound = 0
        WHERE f.applies_by = 'due' AND f.stratum = getvariable('stratum') WINDOW same AS (PARTITION BY o.form, o.n, o.upstream)
    ) WHERE NOT CASE WHEN dated THEN fits AND place = 1 ELSE begun END);

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
        list({'reading': reading, 'o': o, 'mask': mask} ORDER BY reading), any_value(instead)
    FROM keyed WHERE readings > 1
    GROUP BY rule, municipality, k_trigger, k_subject, upstream
)
SELECT rule, o, CASE possible WHEN 1 THEN 'fulfilled' WHEN 2 THEN 'late' WHEN 4 THEN 'violated' WHEN 8 THEN 'pending' WHEN 16 THEN 'not_applicable' ELSE 'undetermined' END,
    possible,
    CASE WHEN possible = 16 THEN [CASE WHEN list_contains(reasons, 'superseded') THEN 'superseded' WHEN list_contains(reasons, 'cancelled') THEN 'cancelled' ELSE 'exception' END]
         WHEN NOT swings AND NOT differ AND len(reasons) < 2 THEN reasons
         ELSE list_sort(list_distinct(reasons || CASE WHEN swings THEN ['provisional_calendar'] ELSE []::VARCHAR[] END || CASE WHEN differ THEN ['readings_differ'] ELSE []::VARCHAR[] END)) END,
    readings, CASE WHEN possible = 16 THEN instead END
FROM merged;

-- section: replacements
-- §4.2 the local duty takes the place of the general one where it is not later.
UPDATE done SET outcome = 'not_applicable', mask = 16, reasons = ['replaced'], instead = r.rule
FROM (
    SELECT d.o, any_value(l.rule) AS rule
    FROM done d JOIN replacement x ON x.general = d.rule JOIN done l ON l.rule = x.local
    JOIN ob p ON p.o = d.o JOIN ob q ON q.o = l.o AND q.municipality = p.municipality AND q.n IS NOT DISTINCT FROM p.n AND q.cas IS NOT DISTINCT FROM p.cas
        AND q.period_key IS NOT DISTINCT FROM p.period_key
    LEFT JOIN due a ON a.o = p.o AND a.bound = 0 LEFT JOIN due b ON b.o = q.o AND b.bound = 0
    JOIN form f ON f.form = p.form
    WHERE l.outcome <> 'not_applicable' AND d.outcome <> 'not_applicable' AND (b.due_hi <= a.due_hi OR (a.due_hi IS NULL AND b.due_hi IS NULL)) AND f.stratum = getvariable('stratum')
    GROUP BY d.o) r
WHERE done.o = r.o;
