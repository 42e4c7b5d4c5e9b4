-- What only findings show of an event stays in its record. Links between cases (§4.3) and the municipalities that an unreadable record may concern (§7.5).
CREATE OR REPLACE VIEW recorded AS
    SELECT e.n, e.id, e.type, e.municipality, e.cas, e.day, e.lo, r.place, r.time, r.file, r.related FROM event e JOIN known r USING (r);
-- An event stands in every file that has its record.
CREATE OR REPLACE VIEW standing_in AS
    SELECT municipality, cas, file FROM recorded
    UNION ALL
    SELECT e.municipality, e.cas, v.file FROM event e JOIN version_of v ON v.id = e.id JOIN latest l ON l.id = v.id AND l.content = v.content;
CREATE OR REPLACE TABLE link AS
WITH named AS (
    SELECT DISTINCT x.a, k.cas AS b FROM (SELECT municipality, cas AS a, unnest(related) AS name FROM recorded WHERE cas IS NOT NULL AND len(related) > 0) x
    JOIN case_name k USING (municipality, name)
)
SELECT a, b FROM named WHERE a <> b UNION SELECT b, a FROM named WHERE a <> b;
CREATE OR REPLACE TABLE blur_municipality AS
WITH own AS (
    SELECT b, municipality FROM blur WHERE municipality IS NOT NULL
    -- [if concerned]
    -- The whole of the log has said whom it may concern, and this is but a part of it.
    UNION ALL SELECT b.b, c.municipality FROM blur b JOIN concerned c ON c.place = b.place WHERE b.municipality IS NULL
    -- [end]
),
unplaced AS (SELECT * FROM blur ANTI JOIN own USING (b)),
by_case AS (SELECT DISTINCT b.b, e.municipality FROM unplaced b JOIN case_name k ON k.name = b.cas JOIN standing_in e ON e.file = b.file AND e.cas = k.cas),
by_file AS (SELECT DISTINCT b.b, e.municipality FROM unplaced b ANTI JOIN by_case c ON c.b = b.b JOIN standing_in e ON e.file = b.file),
everywhere AS (SELECT b.b, e.municipality FROM unplaced b ANTI JOIN by_case c ON c.b = b.b ANTI JOIN by_file f ON f.b = b.b
    CROSS JOIN (SELECT DISTINCT municipality FROM event) e)
SELECT x.b, x.municipality, CASE WHEN b.cas IS NOT NULL THEN coalesce(k.cas, -1) END AS cas
FROM (SELECT * FROM own UNION ALL SELECT * FROM by_case UNION ALL SELECT * FROM by_file UNION ALL SELECT * FROM everywhere) x
JOIN blur b USING (b) LEFT JOIN case_name k ON k.municipality = x.municipality AND k.name = b.cas;
