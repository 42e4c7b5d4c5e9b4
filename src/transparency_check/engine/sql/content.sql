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
