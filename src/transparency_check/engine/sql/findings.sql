-- One row of the obligation table with all that a finding shows; texts are made by the database where it can.
WITH span AS (
    SELECT o, min(due_lo) AS lo, max(due_lo) AS hi FROM due SEMI JOIN asked USING (o) WHERE bounds > 1 GROUP BY o HAVING min(due_lo) <> max(due_lo)
),
shown AS (
    SELECT d.rule, d.outcome, d.mask, d.reasons, d.instead, d.o, o.v, o.n, o.municipality, k.name AS cas, o.period_key, p.rule AS upstream_rule, f.shape, f.hours,
        CASE WHEN NOT f.hours THEN CAST(u.due_day AS VARCHAR) END AS due_text, u.due_lo, CASE WHEN f.shape <> 'duration' THEN CAST(u.act_by AS VARCHAR) END AS act_by,
        CASE WHEN NOT o.atimed THEN CAST(o.aday AS VARCHAR) END AS anchor_text, o.alo, v.evidence, s.lo AS range_lo, s.hi AS range_hi, f.readings > 1 AS many, e.id AS trigger_id,
        f.tie = 'case' AND o.cas IS NOT NULL AND f.take IN ('first', 'last')
            AND NOT EXISTS (FROM later l WHERE l.o = d.o) AS newest
    FROM asked d JOIN ob o ON o.o = d.o JOIN form f ON f.form = o.form LEFT JOIN due u ON u.o = d.o AND u.bound = 0
    LEFT JOIN span s ON s.o = d.o LEFT JOIN verdict v ON v.o = d.o AND v.bound = 0 LEFT JOIN event e ON e.n = o.n LEFT JOIN ob p ON p.o = o.upstream LEFT JOIN case_name k ON k.cas = o.cas
)
SELECT rule, municipality, cas, period_key, outcome, mask, reasons, instead, o, v, n, shape, hours, due_text, due_lo, act_by, anchor_text, alo, evidence,
    range_lo, range_hi, many, CASE WHEN shape IN ('count', 'calendar', 'standing') OR (newest AND upstream_rule IS NULL) THEN NULL ELSE concat_ws(chr(31), upstream_rule, trigger_id) END AS qualifier
FROM shown
