-- `later`: obligations of a case that is not taken up with each trigger, after which another one came (§5.1).
CREATE OR REPLACE TEMP TABLE later AS
SELECT o FROM (
    SELECT d.o, row_number() OVER (PARTITION BY d.rule, o.cas ORDER BY o.lo DESC NULLS LAST, o.n DESC NULLS LAST) AS place
    FROM done d JOIN ob o USING (o) JOIN form f USING (form) WHERE f.take IN ('first', 'last')
) WHERE place > 1
