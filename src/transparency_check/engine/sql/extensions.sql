-- §4.13: the first extension after the trigger and by due, under each calendar. A number that no law can mean is not known.
CREATE OR REPLACE TEMP TABLE lengthened AS
SELECT o, bound, first.n AS extension, first.add AS add, CASE WHEN first.add IS NULL THEN first.extra END AS lacking FROM (
SELECT d.o, d.bound, arg_min({'n': e.n, 'extra': r.extra, 'add': CASE WHEN regexp_full_match(r.extra, '[0-9]+') THEN r.extra::BIGINT WHEN x.value BETWEEN 0 AND 36500 THEN x.value END}, e.n) AS first
FROM due d JOIN ob o USING (o) JOIN form f USING (form)
JOIN role r ON r.form = o.form AND r.role = 'extend' JOIN hit h ON h.selector = r.selector AND h.truth
JOIN event e ON e.n = h.n AND e.cas = o.cas
LEFT JOIN number x ON x.n = e.n AND x.attribute = r.extra
WHERE comes_before(o.day, o.timed, o.lo, e.day, e.timed, e.lo) AND (o.upstream > 0 OR e.n IS DISTINCT FROM o.n) AND by_due(f.hours, e.day, e.lo, e.hi, d.due_day, d.due_lo, d.due_hi)
  -- Where the calendar does not reach to the first due, nobody can say that an extension came by it.
  AND d.reason IS DISTINCT FROM 'no_calendar'
GROUP BY d.o, d.bound);
