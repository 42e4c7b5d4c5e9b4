-- §4.2 the local duty takes the place of the general one where it is not later.
UPDATE done SET outcome = 'not_applicable', mask = 16, reasons = ['replaced'], instead = r.rule
FROM (
    SELECT d.o, any_value(l.rule) AS rule
    FROM done d JOIN replacement x ON x.general = d.rule JOIN done l ON l.rule = x.local
    JOIN ob p ON p.o = d.o JOIN ob q ON q.o = l.o AND q.municipality = p.municipality AND q.n IS NOT DISTINCT FROM p.n AND q.cas IS NOT DISTINCT FROM p.cas
        AND q.period_key IS NOT DISTINCT FROM p.period_key
    LEFT JOIN due a ON a.o = p.o AND a.bound = 0 LEFT JOIN due b ON b.o = q.o AND b.bound = 0
    JOIN form f ON f.form = p.form
    WHERE l.outcome <> 'not_applicable' AND d.outcome <> 'not_applicable' AND (b.due_hi <= a.due_hi OR (a.due_hi IS NULL AND b.due_hi IS NULL)) AND f.stratum = getvariable('stratum')
    GROUP BY d.o) r
WHERE done.o = r.o;
