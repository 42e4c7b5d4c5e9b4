-- §2.5, 2.6, 7.2: corrections, then what has happened. Only ids that occur more than once are looked at closely.
CREATE OR REPLACE TABLE version_of (r BIGINT, id VARCHAR, content VARCHAR, rlo BIGINT, rhi BIGINT, entered BOOLEAN, file VARCHAR, place VARCHAR, about VARCHAR);
CREATE OR REPLACE TABLE content (id VARCHAR, content VARCHAR, newest BIGINT, entered BIGINT, until_then BIGINT);
CREATE OR REPLACE TABLE latest (id VARCHAR, content VARCHAR);
CREATE OR REPLACE TABLE outdated (r BIGINT);
-- [if repeated]
INSERT INTO version_of
    SELECT k.r, k.id, k.content, k.rlo, k.rhi, k.rlo <> k.lo OR k.rhi <> k.hi AS entered, k.file, k.place, concat_ws(chr(31), k.type, k.municipality, coalesce(k."case", '')) AS about FROM known_record k SEMI JOIN repeated USING (id);
INSERT INTO content
    SELECT id, content, max(rlo) AS newest, max(rlo) FILTER (entered) AS entered, max(rhi) AS until_then FROM version_of GROUP BY id, content;
-- One id on two different things (type, municipality, case) corrects nothing, unless the later record says when it was entered.
CREATE OR REPLACE TABLE reused AS SELECT id FROM version_of GROUP BY id HAVING count(DISTINCT about) > 1;
INSERT INTO latest
    SELECT c.id, c.content FROM content c LEFT JOIN reused u ON u.id = c.id
    WHERE CASE WHEN u.id IS NULL THEN c.newest ELSE c.entered END
        > coalesce((SELECT max(d.until_then) FROM content d WHERE d.id = c.id AND d.content <> c.content), c.newest - 1);
INSERT INTO outdated
    SELECT r FROM version_of ANTI JOIN (
        SELECT v.r FROM version_of v SEMI JOIN latest l ON l.id = v.id AND l.content = v.content
        QUALIFY row_number() OVER (PARTITION BY v.id ORDER BY v.rlo, v.file, length(v.place), v.place) = 1
    ) kept USING (r);
-- [end]
CREATE OR REPLACE TABLE ordered AS
    SELECT r, row_number() OVER (ORDER BY lo, id) AS n FROM known ANTI JOIN outdated USING (r)
    WHERE NOT coalesce(retracted, FALSE) AND lo <= as_of_hi(municipality);
CREATE OR REPLACE TABLE blur (b BIGINT, reason VARCHAR, type VARCHAR, municipality VARCHAR, cas VARCHAR, related VARCHAR[], rlo BIGINT, day DATE, lo BIGINT, hi BIGINT, timed BOOLEAN, file VARCHAR, place VARCHAR, id VARCHAR);
-- [if blurs]
INSERT INTO blur
SELECT row_number() OVER (ORDER BY file, length(place), place) AS b, * FROM (
    SELECT 'unreadable_record' AS reason, type, municipality, "case" AS cas, related, rlo, day, lo, hi, lo = hi AS timed, file, place, id FROM record WHERE NOT readable
    UNION ALL
    SELECT 'conflicting_records', k.type, k.municipality, k."case", k.related, k.rlo, k.day, k.lo, k.hi, k.lo = k.hi, k.file, k.place, k.id
    FROM known_record k SEMI JOIN repeated USING (id) ANTI JOIN latest USING (id)
) WHERE coalesce(lo <= as_of_hi(municipality), TRUE) AND coalesce(coalesce(rlo, lo) <= known_hi(municipality), TRUE);
-- [end]
