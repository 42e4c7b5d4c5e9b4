-- The first findings of each kind, in the order of a report: `asked`; `drawn` says of which kind, and how many there are of it. An obligation that an act in the future could still cure (§4.8) is of its own kind: the calendar says whether it can.
CREATE OR REPLACE TEMP TABLE kind AS
SELECT d.o, d.rule, o.v, d.outcome, m.most, {'m': o.municipality, 'c': coalesce(k.name, ''), 'p': coalesce(o.period_key, '')} AS place,
    CASE WHEN d.outcome NOT IN ('violated', 'late') THEN 0
         WHEN f.shape = 'event' AND f.direction <> 'forward' AND o.aday > as_of_day(o.municipality) THEN d.o
         WHEN d.outcome = 'violated' AND f.shape = 'calendar' AND o.next_due < as_of_day(o.municipality) THEN -1 ELSE 0 END AS cure
FROM done d JOIN ob o USING (o) JOIN form f USING (form) LEFT JOIN most_of m USING (outcome) LEFT JOIN case_name k ON k.cas = o.cas;

CREATE OR REPLACE TEMP TABLE cut AS
SELECT rule, v, outcome, cure, count(*) AS total, min(place, getvariable('most'))[least(any_value(most), count(*))] AS last
FROM kind WHERE most IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE asked AS
SELECT d.o FROM done d JOIN kind k USING (o) LEFT JOIN cut c ON c.rule = k.rule AND c.v = k.v AND c.outcome = k.outcome AND c.cure = k.cure
WHERE k.most IS NULL OR k.place <= c.last;

CREATE OR REPLACE TEMP TABLE drawn AS
SELECT k.o, c.total, k.rule, k.v, k.outcome, k.cure FROM kind k SEMI JOIN asked a ON a.o = k.o JOIN cut c USING (rule, v, outcome, cure)
WHERE k.cure <= 0;
