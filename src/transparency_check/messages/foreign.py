"""English texts about logs of others, by code."""

from __future__ import annotations

FOREIGN: dict[str, str | tuple[str, str]] = {
    "sql.error.address": (
        "After sql: comes the URL of a database, then a hash sign and the table: "
        "sql:sqlite:///records.db#meetings, sql:postgresql://user@host/database#meetings."
    ),
    "sql.error.url": "{name}: this is no URL of a database. Write sql:postgresql://user@host/database#table.",
    "sql.error.no_database": "{name} is no database of SQLite: it does not begin as one.",
    "sql.error.which": "{name}: say which table is to be read, behind a hash sign. There are: {tables}",
    "sql.error.table": "{name} has no table or view {table}.",
    "sql.error.sqlalchemy": (
        "To read a database, SQLAlchemy has to be installed. Install it with pip install "
        "'transparency-check[sql]'."
    ),
    "sql.error.psycopg": (
        "To read a database of PostgreSQL, psycopg has to be installed. Install it with pip install "
        "'transparency-check[postgresql]'."
    ),
    "sql.error.login": "{name}: the database does not let you in ({reason}). Check user and password.",
    "sql.error.missing": "{name}: there is no such database ({reason}). Check its name.",
    "sql.error.rights": "{name}: you may not read that ({reason}). Ask for the right to read it.",
    "sql.error.reach": "{name}: the database cannot be reached ({reason}). Check host, port and network.",
    "sql.error.other": "{name}: the database gives no answer to that ({reason}).",
}
