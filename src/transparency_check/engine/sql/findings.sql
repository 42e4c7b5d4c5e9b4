-- One row for each obligation of `asked` with all that a finding shows, in the order of a report but for what only ids tell apart. Texts are made by the database where it can. `detail` is what lateness, cure and progress need, of the obligations that have any.
WITH span AS (
    SELECT o, min(due_lo) AS lo, max(due_lo) AS hi FROM due SEMI JOIN asked USING (o) WHERE bounds > 1 GROUP BY o HAVING min(due_lo) <> max(due_lo) AND count(due_lo) = count(*)
)
SELECT d.o, o.form, o.v, o.n, o.municipality, k.name AS cas, o.period_key, d.outcome, d.mask, nullif(array_to_string(d.reasons, ' '), '') AS reasons, d.instead,
    CASE WHEN NOT f.hours THEN CAST(u.due_day AS VARCHAR) END AS due_text, CASE WHEN f.hours THEN u.due_lo END AS due_lo, CASE WHEN f.shape <> 'duration' THEN CAST(u.act_by AS VARCHAR) END AS act_by,
    CASE WHEN NOT o.atimed THEN CAST(o.aday AS VARCHAR) END AS anchor_text, CASE WHEN o.atimed OR o.aday IS NULL THEN o.alo END AS anchor_lo,
    CASE WHEN len(v.evidence) > 0 THEN list_sort(v.evidence) END AS evidence, s.lo AS range_lo, s.hi AS range_hi,
    CASE WHEN f.shape IN ('count', 'calendar', 'standing') THEN NULL
         WHEN p.rule IS NULL AND f.tie = 'case' AND o.cas IS NOT NULL AND f.take IN ('first', 'last') AND NOT EXISTS (FROM later l WHERE l.o = d.o) THEN NULL
         ELSE concat_ws(chr(31), p.rule, e.id) END AS qualifier,
    CASE WHEN d.outcome = 'late' OR f.shape = 'count' OR (d.outcome = 'violated' AND f.shape = 'calendar')
        OR (d.outcome = 'violated' AND f.shape = 'event' AND f.direction <> 'forward' AND o.aday > as_of_day(o.municipality))
        OR (d.outcome = 'pending' AND f.shape = 'duration' AND len(d.reasons) > 0) OR list_contains(d.reasons, 'planned_too_short') THEN {
        'threshold': o.threshold, 'aday': o.aday, 'next_due': o.next_due, 'due_day': u.due_day, 'due_hi': u.due_hi, 'period': o.period, 'closes': CASE WHEN list_contains(d.reasons, 'planned_too_short') THEN c.hi END, 'met_day': m.day, 'met_lo': m.lo,
        'readings': list_transform(d.readings, lambda x: x.reading)
    } END AS detail
FROM asked a JOIN done d ON d.o = a.o JOIN ob o ON o.o = a.o JOIN form f ON f.form = o.form LEFT JOIN due u ON u.o = a.o AND u.bound = 0
LEFT JOIN span s ON s.o = a.o LEFT JOIN verdict v ON v.o = a.o AND v.bound = 0 LEFT JOIN closes c ON c.o = a.o
-- Of several events the latest one decides how late it was; n is the order of time.
LEFT JOIN event m ON m.n = CASE WHEN d.outcome = 'late' THEN list_max(v.evidence) END
LEFT JOIN event e ON e.n = o.n LEFT JOIN ob p ON p.o = o.upstream LEFT JOIN case_name k ON k.cas = o.cas
ORDER BY o.municipality, d.rule, k.name NULLS FIRST, o.period_key NULLS FIRST
