-- §2.5: ids that occur more than once. Those of clean rows are their own.
CREATE OR REPLACE TABLE repeated AS SELECT id FROM known_record GROUP BY id HAVING count(*) > 1;
