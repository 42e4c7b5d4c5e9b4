"""Peer: the four rules as SQL written by hand for DuckDB.

    python duckdb_sql.py LOG CALENDAR OUTPUT

Writes the broken cases as ``duty,outcome,case`` and prints the number of each outcome. The log is trusted:
nothing is checked, and only the columns that the rules need are read.
"""

from __future__ import annotations

import json
import sys

import duckdb

LOG, CALENDAR, OUTPUT = sys.argv[1:4]
DUTIES = (
    sys.argv[4].split(",") if len(sys.argv) > 4 else ["XK-MTG-001", "XK-FOI-001", "XK-ACT-001", "XK-CON-007"]
)

NEEDED = {
    "type": "VARCHAR", "time": "VARCHAR", "case": "VARCHAR", "body": "VARCHAR", "session_kind": "VARCHAR",
    "planned_at": "VARCHAR", "notice_kind": "VARCHAR", "channel": "VARCHAR[]", "urgency_ground": "VARCHAR",
    "holder": "VARCHAR", "act_kind": "VARCHAR", "consultation_kind": "VARCHAR", "closes_at": "VARCHAR",
}  # fmt: skip
CHANNEL = "channel"
if LOG.endswith(".parquet"):
    SOURCE = f"read_parquet('{LOG}')"
elif LOG.endswith(".csv"):
    SOURCE, CHANNEL = f"read_csv('{LOG}', header = true, all_varchar = true)", "string_split(channel, '; ')"
else:
    COLUMNS = ", ".join(f"'{name}': '{kind}'" for name, kind in NEEDED.items())
    SOURCE = f"read_json('{LOG}', format = 'newline_delimited', columns = {{{COLUMNS}}})"

TABLES = f"""
CREATE TEMP TABLE event AS
SELECT type, CAST(left(time, 10) AS DATE) AS day, "case", body, session_kind,
       CAST(left(planned_at, 10) AS DATE) AS planned, notice_kind, {CHANNEL} AS channel,
       urgency_ground, holder, act_kind, consultation_kind, CAST(left(closes_at, 10) AS DATE) AS closes
FROM {SOURCE}
WHERE type IN ('meeting.scheduled', 'meeting.rescheduled', 'meeting.cancelled', 'notice.published',
               'request.received', 'request.registered', 'request.extended', 'request.withdrawn',
               'request.answered', 'act.adopted', 'act.published', 'consultation.opened',
               'consultation.extended', 'consultation.closed');

CREATE TEMP TABLE day AS
SELECT CAST(range AS DATE) AS day,
       isodow(range) < 6 AND range NOT IN (
           SELECT CAST(date AS TIMESTAMP) FROM read_csv('{CALENDAR}', all_varchar = true)
           WHERE off = 'yes') AS works
FROM range(TIMESTAMP '2019-01-01', TIMESTAMP '2028-01-01', INTERVAL 1 DAY);

CREATE TEMP TABLE working AS SELECT day, row_number() OVER (ORDER BY day) AS number FROM day WHERE works;

-- For any day: the seventh working day before it, and the first working day from it on.
CREATE TEMP TABLE calendar AS
SELECT d.day, back.day AS seven_before, forward.day AS rolled
FROM (SELECT day, count(*) FILTER (works) OVER (ORDER BY day) - works::INT AS earlier FROM day) AS d
JOIN working back ON back.number = d.earlier - 6
JOIN working forward ON forward.number = d.earlier + 1;
"""

VERDICTS = {
    "XK-MTG-001": """
        WITH session AS (
            SELECT "case", arg_max(planned, day) AS planned, max(day) AS since
            FROM event WHERE type IN ('meeting.scheduled', 'meeting.rescheduled') GROUP BY "case"
            HAVING bool_or(body = 'assembly' AND session_kind = 'ordinary')),
        notice AS (
            SELECT "case", day FROM event
            WHERE type = 'notice.published' AND notice_kind = 'meeting'
              AND list_has_any(channel, ['website', 'notice-board', 'media'])),
        first_notice AS (
            SELECT s."case", any_value(s.planned) AS planned, min(n.day) AS published
            FROM session s LEFT JOIN notice n ON n."case" = s."case" AND n.day BETWEEN s.since AND s.planned
            GROUP BY s."case")
        SELECT 'XK-MTG-001' AS duty, "case",
               CASE WHEN published <= seven_before THEN 'fulfilled'
                    WHEN published IS NOT NULL THEN 'late' ELSE 'violated' END AS outcome
        FROM first_notice JOIN calendar c ON c.day = planned
        WHERE "case" NOT IN (SELECT "case" FROM event WHERE type = 'meeting.cancelled')""",
    "XK-FOI-001": """
        WITH registered AS (SELECT "case", day FROM event WHERE type = 'request.registered'),
        answer AS (SELECT "case", min(day) AS day FROM event WHERE type = 'request.answered' GROUP BY "case"),
        other AS (
            SELECT "case" FROM event
            WHERE type IN ('request.extended', 'request.withdrawn')
               OR (type = 'request.received'
                   AND (urgency_ground = 'life-or-liberty' OR holder IN ('known-other', 'unknown-other'))))
        SELECT 'XK-FOI-001' AS duty, r."case",
               CASE WHEN a.day <= c.rolled THEN 'fulfilled'
                    WHEN a.day IS NOT NULL THEN 'late' ELSE 'violated' END AS outcome
        FROM registered r JOIN calendar c ON c.day = r.day + 7 LEFT JOIN answer a USING ("case")
        WHERE r."case" NOT IN (FROM other)""",
    "XK-ACT-001": """
        WITH adopted AS (
            SELECT "case", day FROM event
            WHERE type = 'act.adopted' AND body = 'assembly'
              AND act_kind IN ('statute', 'regulation', 'rules-of-procedure', 'collective-decision')),
        published AS (SELECT "case", min(day) AS day FROM event WHERE type = 'act.published' GROUP BY "case")
        SELECT 'XK-ACT-001' AS duty, a."case",
               CASE WHEN p.day <= c.rolled THEN 'fulfilled'
                    WHEN p.day IS NOT NULL THEN 'late' ELSE 'violated' END AS outcome
        FROM adopted a JOIN calendar c ON c.day = a.day + 7 LEFT JOIN published p USING ("case")""",
    "XK-CON-007": """
        WITH consultation AS (
            SELECT "case", min(day) FILTER (type = 'consultation.opened') AS opened,
                   coalesce(min(day) FILTER (type = 'consultation.closed'),
                            arg_max(closes, day) FILTER (closes IS NOT NULL)) AS closed
            FROM event WHERE type IN ('consultation.opened', 'consultation.extended', 'consultation.closed')
            GROUP BY "case" HAVING bool_or(consultation_kind IN ('written', 'mixed')))
        SELECT 'XK-CON-007' AS duty, "case",
               CASE WHEN closed >= opened + 30 THEN 'fulfilled' ELSE 'violated' END AS outcome
        FROM consultation""",
}

database = duckdb.connect()
database.execute(TABLES)
database.execute(
    "CREATE TEMP TABLE verdict AS " + " UNION ALL ".join(f"({VERDICTS[duty]})" for duty in DUTIES)
)
database.execute(
    f"""COPY (SELECT duty, outcome, "case" FROM verdict WHERE outcome <> 'fulfilled')
        TO '{OUTPUT}' (FORMAT csv, HEADER)"""
)
counts: dict[str, dict[str, int]] = {}
for duty, outcome, number in database.execute(
    "SELECT duty, outcome, count(*) FROM verdict GROUP BY ALL"
).fetchall():
    counts.setdefault(duty, {})[outcome] = number
sys.stdout.write(json.dumps(counts) + "\n")
