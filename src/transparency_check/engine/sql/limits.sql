-- Where the end of a window or the beginning of `not_before` depends on the calendar and due does not, each calendar is judged all the same.
CREATE OR REPLACE TEMP TABLE swinging AS
SELECT DISTINCT o.o FROM ob o JOIN form f USING (form) JOIN due d USING (o) JOIN reach r ON r.period IN (f.win, f.not_before_period) AND r.anchor_day = o.day
WHERE f.stratum = getvariable('stratum') AND d.bounds = 1
GROUP BY o.o, r.period HAVING count(DISTINCT r.due_day) > 1 OR count(r.due_day) NOT IN (0, count(*));
INSERT INTO due
SELECT d.o, b.bound, 4, d.due_day, d.due_lo, d.due_hi, d.act_by, d.reason, d.extension, d.lacking, d.plain_day, d.plain_hi
FROM due d SEMI JOIN swinging USING (o) CROSS JOIN (SELECT unnest([1, 2, 3]) AS bound) b;
UPDATE due SET bounds = 4 WHERE o IN (SELECT o FROM swinging);
