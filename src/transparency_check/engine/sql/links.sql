-- What only findings show of an event stays in its record. Links between cases (§4.3).
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
CREATE OR REPLACE TABLE blur_municipality (b BIGINT, municipality VARCHAR, cas BIGINT);
