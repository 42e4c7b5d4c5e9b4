-- Cases by number. A name that only a link states may yet be that of a case with unreadable records.
CREATE OR REPLACE TABLE case_name AS
SELECT row_number() OVER () AS cas, municipality, name FROM (
    SELECT municipality, "case" AS name FROM known WHERE "case" IS NOT NULL
    UNION SELECT municipality, unnest(related) FROM known WHERE len(related) > 0
);
