INSERT INTO doubt
SELECT s.o, s.bound, s.member, 1, ['outage'], min(g.n), NULL, []::VARCHAR[]
FROM standing_of s JOIN base b USING (o, bound) JOIN due d USING (o, bound) JOIN ob o USING (o)
JOIN member m ON m.form = o.form AND m.member = s.member AND m.one_channel
JOIN outage g ON g.municipality = o.municipality AND g.first <= d.due_day AND g.last >= d.due_day
WHERE NOT s.in_time AND b.base IN (2, 4)
GROUP BY s.o, s.bound, s.member;
