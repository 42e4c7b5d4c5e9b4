-- `paged`: the obligations of the rules in `wanted_rule` by pages in the order of a report. Those that only their ids tell apart stand on one page.
CREATE OR REPLACE TEMP TABLE paged AS
SELECT o, (rank() OVER (ORDER BY municipality, rule, cas, period_key) - 1) // getvariable('page_size') AS page
FROM (
    SELECT d.o, o.municipality, d.rule, coalesce(k.name, '') AS cas, coalesce(o.period_key, '') AS period_key
    FROM done d SEMI JOIN wanted_rule w ON w.rule = d.rule JOIN ob o ON o.o = d.o LEFT JOIN case_name k ON k.cas = o.cas
)
