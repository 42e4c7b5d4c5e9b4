-- Events that start a duty (§4.4, 4.16): truth is NULL where the condition is unknown. An event that meets several alternatives counts once.
CREATE OR REPLACE TEMP TABLE starting AS
SELECT r.form, h.n, h.truth, h.missing
FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
WHERE r.role = 'trigger' AND r.sole AND f.stratum = getvariable('stratum')
-- [if twofold]
UNION ALL
SELECT r.form, h.n, bool_or(h.truth) AS truth, list_distinct(flatten(list(h.missing))) AS missing
FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
WHERE r.role = 'trigger' AND NOT r.sole AND f.stratum = getvariable('stratum')
GROUP BY r.form, h.n
-- [end]
;

-- [if each]
-- What is counted from, where that is not the trigger's own time: the moment that an attribute states, or another event (§7.6), the last
-- one not after the trigger, else the first after it.
CREATE OR REPLACE TEMP TABLE anchor_of AS
SELECT s.form, s.n, m.day, m.lo, m.hi, m.lo = m.hi AS timed FROM starting s JOIN form f USING (form) JOIN moment m ON m.n = s.n AND m.attribute = f.anchor
-- [if anchors]
UNION ALL
SELECT a.form, a.n, x.day, x.lo, x.hi, x.timed
FROM (
    SELECT s.form, s.n, coalesce(max(h.n) FILTER (comes_before(e.day, e.timed, e.lo, t.day, t.timed, t.lo)), min(h.n)) AS other
    FROM starting s JOIN form f ON f.form = s.form AND f.anchor = 'another event' JOIN event t ON t.n = s.n
    JOIN role r ON r.form = s.form AND r.role = 'anchor' JOIN hit h ON h.selector = r.selector AND h.truth
    JOIN event e ON e.n = h.n AND e.cas = t.cas
    GROUP BY s.form, s.n
) a JOIN event x ON x.n = a.other
-- [end]
;

-- Most duties take each trigger for itself: these are obligations at once, under the law in force (§4.1).
INSERT INTO ob
SELECT (SELECT coalesce(max(o), 0) FROM ob) + row_number() OVER (), *, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ''
FROM (
    SELECT t.form, t.rule, v.v, t.n, 0 AS upstream, t.municipality, t.cas, t.corr, NULL AS period_key, t.sort, t.trigger_type, t.trigger_family, t.day, t.lo, t.hi, t.timed,
        t.aday, t.alo, t.ahi, t.atimed, 1 AS place, FALSE AS given_up, trigger_doubts(t.truth, 0, t.unlinked, t.aday, t.anchor) AS doubts,
        trigger_fields(t.truth, 0, t.missing, t.aday, t.anchor) AS fields, p.period
    FROM (
        SELECT s.form, f.rule, f.anchor, f.applies_by, s.n, s.truth, s.missing, e.municipality, e.cas, c.value AS corr, CASE WHEN f.grouped THEN k.sort END AS sort, CASE WHEN f.grouped THEN e.type END AS trigger_type, CASE WHEN f.grouped THEN e.family END AS trigger_family,
            e.day, e.lo, e.hi, e.timed,
            CASE f.anchor WHEN 'time' THEN e.day ELSE a.day END AS aday, CASE f.anchor WHEN 'time' THEN e.lo ELSE a.lo END AS alo,
            CASE f.anchor WHEN 'time' THEN e.hi ELSE a.hi END AS ahi, CASE f.anchor WHEN 'time' THEN e.timed ELSE a.timed END AS atimed,
            CASE WHEN f.tie = 'case' THEN f.shape <> 'content' AND e.cas IS NULL WHEN f.tie = 'attributes' THEN c.whole IS NOT TRUE ELSE FALSE END AS unlinked
        FROM starting s JOIN form f USING (form) JOIN event e USING (n) LEFT JOIN sort_of k USING (n) LEFT JOIN corr c ON c.form = s.form AND c.n = s.n
        LEFT JOIN anchor_of a ON a.form = s.form AND a.n = s.n
        WHERE f.take = 'each'
            -- [if restricted]
            AND (NOT f.restricted OR row(f.rule, e.municipality) IN (SELECT row(rule, municipality) FROM bound_to))
            -- [end]
    ) t
    JOIN version v ON v.rule = t.rule AND (t.applies_by = 'due' OR t.day BETWEEN v.from_day AND v.to_day)
    JOIN term p ON p.form = t.form AND p.v = v.v
);
-- [end]

-- [if gathered]
-- The others are gathered by case first: those that take the first or the last trigger, and those that another duty's outcome starts.
CREATE OR REPLACE TEMP TABLE origin AS
WITH own AS (
    SELECT s.form, s.n, s.truth, s.missing, f.take, f.moved, f.tie, f.anchor, f.shape, 0 AS upstream
    FROM starting s JOIN form f USING (form)
    WHERE f.take <> 'each'
    UNION ALL
    -- §7.6 a move gives up the plan before it, also where what it moves to is none of this duty's business.
    SELECT r.form, h.n, FALSE, NULL, f.take, f.moved, f.tie, f.anchor, f.shape, 0
    FROM role r JOIN form f USING (form) JOIN hit h USING (selector)
    WHERE r.role = 'plan' AND f.stratum = getvariable('stratum') AND NOT EXISTS (FROM starting s WHERE s.form = r.form AND s.n = h.n)
)
SELECT o.form, o.n, o.upstream, e.municipality, e.cas, c.value AS corr, e.day, e.lo, e.hi, e.timed, o.truth, o.missing, o.take, o.moved,
    o.tie, o.anchor, o.shape,
    k.sort, e.type AS trigger_type, e.family AS trigger_family, NULL::VARCHAR AS period_key,
    CASE WHEN o.tie = 'case' AND o.shape <> 'content' AND e.cas IS NULL THEN TRUE
         WHEN o.tie = 'attributes' AND c.whole IS NOT TRUE THEN TRUE ELSE FALSE END AS unlinked
FROM own o JOIN event e USING (n) LEFT JOIN sort_of k USING (n) LEFT JOIN corr c ON c.form = o.form AND c.n = o.n;

-- [if sources]
-- §4.19 duties that start from another's outcome: the moment is its due.
INSERT INTO origin
SELECT f.form, p.n, p.o, p.municipality, p.cas, NULL, d.due_day, d.due_lo, d.due_hi, u.hours, CASE WHEN bool_or(x.outcome = s.outcome) THEN TRUE END, []::VARCHAR[],
    f.take, FALSE, f.tie, f.anchor, f.shape, NULL, NULL, NULL, p.period_key, f.tie = 'case' AND p.cas IS NULL
FROM source s JOIN form f USING (form) JOIN done x ON x.rule = s.rule JOIN ob p ON p.o = x.o JOIN form u ON u.form = p.form
LEFT JOIN due d ON d.o = p.o AND d.bound = 0
WHERE f.stratum = getvariable('stratum')
  AND ((x.outcome = s.outcome AND d.due_day IS NOT NULL) OR (x.outcome = 'undetermined' AND x.mask & s.bit > 0))
GROUP BY ALL;
-- [end]

CREATE OR REPLACE TEMP TABLE anchored AS
WITH aside AS (
    SELECT DISTINCT o.form, o.n, o.upstream, m.day, m.lo, m.hi, m.lo = m.hi AS timed FROM origin o JOIN moment m ON m.n = o.n AND m.attribute = o.anchor
    -- [if anchors]
    UNION ALL
    SELECT x.form, x.n, x.upstream, e.day, e.lo, e.hi, e.timed
    FROM (
        SELECT o.form, o.n, o.upstream, coalesce(max(h.n) FILTER (comes_before(e.day, e.timed, e.lo, o.day, o.timed, o.lo)), min(h.n)) AS other
        FROM origin o JOIN role r ON r.form = o.form AND r.role = 'anchor' JOIN hit h ON h.selector = r.selector AND h.truth
        JOIN event e ON e.n = h.n AND e.cas = o.cas
        -- Where the moment of the other duty's outcome is not known, nobody can say which event is the nearest.
        WHERE o.anchor = 'another event' AND o.day IS NOT NULL
        GROUP BY o.form, o.n, o.upstream
    ) x JOIN event e ON e.n = x.other
    -- [end]
)
SELECT o.*, o.take = 'each' OR (o.tie <> 'municipality' AND o.cas IS NULL) AS alone,
    CASE o.anchor WHEN 'time' THEN o.day ELSE a.day END AS aday, CASE o.anchor WHEN 'time' THEN o.lo ELSE a.lo END AS alo,
    CASE o.anchor WHEN 'time' THEN o.hi ELSE a.hi END AS ahi, CASE o.anchor WHEN 'time' THEN o.timed ELSE a.timed END AS atimed
FROM origin o LEFT JOIN aside a ON a.form = o.form AND a.n IS NOT DISTINCT FROM o.n AND a.upstream = o.upstream;

-- [if last]
CREATE OR REPLACE TEMP TABLE called_off AS
SELECT r.form, e.municipality, e.cas, e.day, e.timed, e.lo FROM role r JOIN form f USING (form) JOIN hit h USING (selector) JOIN event e USING (n)
WHERE r.role = 'cancel' AND f.moved AND h.truth AND f.stratum = getvariable('stratum');
-- [end]

-- take: each, first, last (§4.4, 7.6). `place` counts the plans of a case; `given_up` says that the next plan was before the anchor, NULL that it may have been.
CREATE OR REPLACE TEMP TABLE taken AS
SELECT *, 1 AS place, FALSE AS given_up, NULL::BIGINT AS next_n FROM anchored WHERE alone AND truth IS DISTINCT FROM FALSE
-- [if first]
UNION ALL
(
    SELECT *, 1, FALSE, NULL FROM anchored
    WHERE take = 'first' AND NOT alone AND form NOT IN (SELECT form FROM form WHERE win IS NOT NULL AND tie = 'municipality')
    QUALIFY row_number() OVER (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream) = 1
)
UNION ALL
SELECT a.*, 1, FALSE, NULL FROM anchored a JOIN first_of_window w ON w.form = a.form AND w.n IS NOT DISTINCT FROM a.n AND w.upstream = a.upstream
-- [end]
-- [if last]
UNION ALL
SELECT * FROM (
    WITH followed AS (
        SELECT *, lag(truth) OVER chain AS last_truth, lag(alo) OVER chain AS last_alo, lag(ahi) OVER chain AS last_ahi, lag(aday) OVER chain AS last_aday, lag(day) OVER chain AS last_day,
            lag(timed) OVER chain AS last_timed, lag(lo) OVER chain AS last_lo
        FROM anchored WHERE take = 'last' AND NOT alone
        WINDOW chain AS (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream)
    ), plans AS (
        -- A plan that keeps the day of the one before (the moment, where hours count) continues it, unless it was called off in between.
        SELECT p.* EXCLUDE (last_truth, last_alo, last_ahi, last_aday, last_day, last_timed, last_lo) FROM followed p JOIN form f USING (form)
        WHERE NOT coalesce(p.moved AND p.truth AND p.last_truth
                AND CASE WHEN f.hours THEN p.alo = p.last_alo AND p.ahi = p.last_ahi ELSE p.aday = p.last_aday END, FALSE)
           OR EXISTS (SELECT 1 FROM called_off c WHERE c.form = p.form AND c.cas = p.cas
                AND comes_before(p.last_day, p.last_timed, p.last_lo, c.day, c.timed, c.lo) AND comes_before(c.day, c.timed, c.lo, p.day, p.timed, p.lo))
    ), chained AS (
        -- An anchor that is the trigger's own time was not fixed ahead: there the next plan has the benefit of the order.
        SELECT *, row_number() OVER chain AS place,
            CASE WHEN lead(lo) OVER chain IS NULL THEN FALSE WHEN aday IS NULL THEN TRUE
                WHEN anchor = 'time' THEN comes_before(lead(day) OVER chain, lead(timed) OVER chain, lead(lo) OVER chain, aday, atimed, alo)
                ELSE is_before(lead(day) OVER chain, lead(timed) OVER chain, lead(lo) OVER chain, aday, atimed, alo) END AS given_up,
            lead(n) OVER chain AS next_n
        FROM plans
        WINDOW chain AS (PARTITION BY form, municipality, CASE WHEN tie <> 'municipality' THEN cas END ORDER BY lo, coalesce(n, -1), upstream)
    )
    SELECT * FROM chained WHERE truth IS DISTINCT FROM FALSE
)
-- [end]
;

-- Law that applies by the due date is sorted out once that is known.
INSERT INTO ob
SELECT (SELECT coalesce(max(o), 0) FROM ob) + row_number() OVER (), t.form, f.rule, v.v, t.n, t.upstream, t.municipality, t.cas, t.corr, t.period_key, t.sort, t.trigger_type, t.trigger_family,
    t.day, t.lo, t.hi, t.timed, t.aday, t.alo, t.ahi, t.atimed, t.place, t.given_up,
    trigger_doubts(t.truth, t.upstream, t.unlinked, t.aday, t.anchor) AS doubts, trigger_fields(t.truth, t.upstream, t.missing, t.aday, t.anchor) AS fields,
    p.period, NULL AS first, NULL AS last, NULL AS prev_due, NULL AS next_due, NULL AS civil_first, NULL AS civil_last,
    NULL AS about_first, NULL AS about_last, NULL AS window_first, NULL AS window_last, NULL AS since, NULL AS threshold, NULL AS off_shown, '' AS stops
FROM taken t JOIN form f USING (form)
JOIN version v ON v.rule = f.rule AND (f.applies_by = 'due' OR coalesce(t.day, as_of_day(t.municipality)) BETWEEN v.from_day AND v.to_day)
JOIN term p ON p.form = t.form AND p.v = v.v
-- [if restricted]
WHERE NOT f.restricted OR row(f.rule, t.municipality) IN (SELECT row(rule, municipality) FROM bound_to)
-- [end]
;

-- [end]
-- [if strangers]
-- Cases that hold a trigger of the duty themselves: their events belong there and to no linked case (§4.3, 7.5).
CREATE OR REPLACE TEMP TABLE home AS
SELECT DISTINCT s.form, e.cas FROM starting s JOIN event e USING (n)
-- Only of a case that is linked to, or that an unreadable record names, does anybody ask.
SEMI JOIN (SELECT b AS cas FROM link UNION SELECT cas FROM blur_municipality) a ON a.cas = e.cas;
-- [end]
