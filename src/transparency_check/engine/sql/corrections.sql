-- §2.4-2.6, 7.2: known records, corrections, then what has happened. Only ids that occur more than once are looked at closely;
-- those of clean rows are their own.
CREATE OR REPLACE VIEW known_record AS SELECT rowid AS r, * FROM record WHERE readable AND rlo <= known_hi(municipality);
CREATE OR REPLACE VIEW known AS
    SELECT r, id, municipality, day, lo, hi, rlo, rhi, retracted, file, place, time, "case", related FROM known_record
    UNION ALL
    SELECT r, id, municipality, day, lo, hi, rlo, rhi, retracted, file, place, time, "case", related FROM clean_row WHERE rlo <= known_hi(municipality);
CREATE OR REPLACE TABLE repeated AS SELECT id FROM known_record GROUP BY id HAVING count(*) > 1;
CREATE OR REPLACE TABLE version_of AS
    SELECT k.r, k.id, k.content, k.rlo, k.rhi, k.rlo <> k.lo OR k.rhi <> k.hi AS entered, k.file, k.place, concat_ws(chr(31), k.type, k.municipality, coalesce(k."case", '')) AS about FROM known_record k SEMI JOIN repeated USING (id);
CREATE OR REPLACE TABLE content AS
    SELECT id, content, max(rlo) AS newest, max(rlo) FILTER (entered) AS entered, max(rhi) AS until_then FROM version_of GROUP BY id, content;
-- One id on two different things (type, municipality, case) corrects nothing, unless the later record says when it was entered.
CREATE OR REPLACE TABLE reused AS SELECT id FROM version_of GROUP BY id HAVING count(DISTINCT about) > 1;
CREATE OR REPLACE TABLE latest AS
    SELECT c.id, c.content FROM content c LEFT JOIN reused u ON u.id = c.id
    WHERE CASE WHEN u.id IS NULL THEN c.newest ELSE c.entered END
        > coalesce((SELECT max(d.until_then) FROM content d WHERE d.id = c.id AND d.content <> c.content), c.newest - 1);
CREATE OR REPLACE TABLE outdated AS
    SELECT r FROM version_of ANTI JOIN (
        SELECT v.r FROM version_of v SEMI JOIN latest l ON l.id = v.id AND l.content = v.content
        QUALIFY row_number() OVER (PARTITION BY v.id ORDER BY v.rlo, v.file, length(v.place), v.place) = 1
    ) kept USING (r);
CREATE OR REPLACE TABLE ordered AS
    SELECT r, row_number() OVER (ORDER BY lo, id) AS n FROM known ANTI JOIN outdated USING (r)
    WHERE NOT coalesce(retracted, FALSE) AND lo <= as_of_hi(municipality);
CREATE OR REPLACE TABLE blur AS
SELECT row_number() OVER (ORDER BY file, length(place), place) AS b, * FROM (
    SELECT 'unreadable_record' AS reason, type, municipality, "case" AS cas, related, rlo, day, lo, hi, lo = hi AS timed, file, place, id FROM record WHERE NOT readable
    UNION ALL
    SELECT 'conflicting_records', k.type, k.municipality, k."case", k.related, k.rlo, k.day, k.lo, k.hi, k.lo = k.hi, k.file, k.place, k.id
    FROM known_record k SEMI JOIN repeated USING (id) ANTI JOIN latest USING (id)
) WHERE coalesce(lo <= as_of_hi(municipality), TRUE) AND coalesce(coalesce(rlo, lo) <= known_hi(municipality), TRUE);
-- Cases by number. A name that only a link states may yet be that of a case with unreadable records.
CREATE OR REPLACE TABLE case_name AS
SELECT row_number() OVER () AS cas, municipality, name FROM (
    SELECT municipality, "case" AS name FROM known WHERE "case" IS NOT NULL
    UNION SELECT municipality, unnest(related) FROM known WHERE len(related) > 0
);
