-- §2.4: the records that are known.
CREATE OR REPLACE VIEW known_record AS SELECT rowid AS r, * FROM record WHERE readable AND rlo <= known_hi(municipality);
CREATE OR REPLACE VIEW known AS
    SELECT r, id, municipality, day, lo, hi, rlo, rhi, retracted, file, place, time, "case", related FROM known_record
    UNION ALL
    SELECT r, id, municipality, day, lo, hi, rlo, rhi, retracted, file, place, time, "case", related FROM clean_row WHERE rlo <= known_hi(municipality);
