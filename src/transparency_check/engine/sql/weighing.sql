-- What nothing casts doubt on is what it is.
INSERT INTO verdict
SELECT b.o, b.bound, b.base, b.base, []::VARCHAR[], b.evidence, FALSE FROM base b ANTI JOIN doubt d USING (o, bound);

INSERT INTO verdict
WITH at_best AS (
    SELECT s.o, s.bound, s.member, CASE WHEN s.in_time OR bool_or(d.best = 1) THEN 1 WHEN s.late OR bool_or(d.best = 2) THEN 2 ELSE 4 END AS status
    FROM standing_of s SEMI JOIN doubt x ON x.o = s.o AND x.bound = s.bound LEFT JOIN doubt d USING (o, bound, member)
    GROUP BY s.o, s.bound, s.member, s.in_time, s.late
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
