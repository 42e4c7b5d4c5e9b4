-- §7.5 the municipalities and cases that an unreadable record may concern.
INSERT INTO blur_municipality
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
