"""English texts about registers, by code."""

from __future__ import annotations

REGISTER: dict[str, str | tuple[str, str]] = {
    "metavar.register": "FILE|URL",
    "metavar.record": "[EVENT] [FIELD=VALUE]...",
    "metavar.number": "NUMBER",
    "metavar.head": "NUMBER:HASH",
    "short.record": "Record an event in the register, correct or withdraw one.",
    "short.register": "The register: events that are recorded and never changed.",
    "help.register": (
        "A register keeps events one by one, with who entered them and when, and never changes or "
        "deletes one. Each record is chained to the one before it by a hash. A register is a log: name "
        "it where a log is asked for, as in check register.db."
    ),
    "help.register.which": (
        "The register: a file, or a database of PostgreSQL by its URL (postgresql://...). Default: "
        "register.db in the current folder."
    ),
    "help.register.by": "Who enters it: the name that the record will bear.",
    "help.register.init": "Make an empty register.",
    "help.register.verify": (
        "Go along the chain of all records and say where something was changed, left out or moved. "
        "With heads that were noted before (every report has them) also whether the end was cut off or "
        "all was made anew."
    ),
    "help.register.head": "A head that was noted before, as reports show it. Can be given several times.",
    "help.register.backup": (
        "Copy the register as it stands, while others write to it, into a file that is not there yet "
        "or an empty database, and verify the copy. A copy is a register: to restore one, put the file "
        "in its place, or back it up into an empty database."
    ),
    "help.register.import": (
        "Record the events of logs of any format, all of them or none. What is there already word for "
        "word is not recorded again; an id that is there with other content is a correction."
    ),
    "help.register.skip_bad": (
        "Leave out rows that cannot be read, and keep their text. Until each is settled, a check of "
        "the register tells them and leaves open what they could decide."
    ),
    "help.register.export": (
        "Write all events as a log: .jsonl, .json, .csv, .xlsx or .parquet. It is read again before it "
        "is put in its place: each event must come out word for word."
    ),
    "help.register.history": "Show the newest records, or all records of the event with this id.",
    "help.register.last": "How many of the newest records. Default: 50.",
    "help.exit.register": "Exit codes: 0 done; 2 wrong usage, or a register that cannot be used.",
    "help.exit.register.verify": (
        "Exit codes: 0 whole; 1 something is not as it was recorded; 2 wrong usage, or a register that "
        "cannot be used."
    ),
    "help.exit.register.import": (
        "Exit codes: 0 recorded; 2 wrong usage, rows that cannot be read (nothing was recorded), or a "
        "register that cannot be used."
    ),
    "help.record": (
        "Record an event in the register. EVENT is an event type, by its id or its title in any "
        "language; FIELD=VALUE are its columns, read as the cells of a log are. What cannot be read, "
        "or would be warned of, is not recorded."
    ),
    "help.record.fields": (
        "Example: record meeting.held time=2026-11-27T10:00 municipality=kline case=assembly-2026-11 "
        'body=assembly meeting_type=session --by "A. Krasniqi"'
    ),
    "help.record.correct": (
        "Correct the event with this id: record it anew with other values for the given fields. An "
        "empty value leaves the field out."
    ),
    "help.record.retract": "Withdraw the event with this id. Needs --reason.",
    "help.record.reason": "Why: kept with the record.",
    "help.record.settles": (
        "The number of a row that an import left out, which this record settles; without an event, "
        "--reason says why it is none."
    ),
    "help.record.allow_warnings": "Record also what is warned of, as a missing attribute.",
    "help.exit.record": (
        "Exit codes: 0 recorded, or recorded before; 2 wrong usage, or it cannot be recorded."
    ),
    "register.place": "the event",
    "register.told": "{place}: {message}",
    "register.head": "Head of {name}: {head}",
    "register.made": "{name} is made. Its chain begins with {head}",
    "register.upgraded": "{name} was brought to version {version} of registers.",
    "register.copied": "{name} is a copy of {of}, and whole. Head: {head}",
    "register.exported": (
        "{n} event of {name} written to {path}. Head: {head}",
        "{n} events of {name} written to {path}. Head: {head}",
    ),
    "register.imported": (
        (
            "{n} event recorded (corrections and withdrawals among them: {corrections}); there "
            "already: {known}. Head of {name}: {head}"
        ),
        (
            "{n} events recorded (corrections and withdrawals among them: {corrections}); there "
            "already: {known}. Head of {name}: {head}"
        ),
    ),
    "register.imported.left_out": (
        (
            "{n} row was left out. Its text is kept; until it is settled (record --settles), checks of "
            "the register leave open what it could decide."
        ),
        (
            "{n} rows were left out. Their text is kept; until they are settled (record --settles), "
            "checks of the register leave open what they could decide."
        ),
    ),
    "register.acknowledged.recorded": "Recorded as {place}, id {id}. Hash: {hash}",
    "register.acknowledged.correction": "Correction recorded as {place}, id {id}. Hash: {hash}",
    "register.acknowledged.retraction": "Withdrawal recorded as {place}, id {id}. Hash: {hash}",
    "register.acknowledged.settlement": "Recorded as {place}: the row is settled. Hash: {hash}",
    "register.acknowledged.known": "Recorded before as {place}, id {id}; nothing was added. Hash: {hash}",
    "register.history.title": "Register",
    "register.history.none": "No record yet",
    "register.history.records": (
        "{n} record",
        "{n} records",
    ),
    "register.history.left": (
        "{n} older record is not shown.",
        "{n} older records are not shown.",
    ),
    "register.column.number": "Number",
    "register.column.entered": "Entered",
    "register.column.what": "What",
    "register.column.said": "Content",
    "register.kind.recorded": "recorded",
    "register.kind.correction": "correction",
    "register.kind.retraction": "withdrawal",
    "register.kind.settlement": "settled",
    "register.follows": "{kind} of #{seq}",
    "register.settles": "settles left-out row {n}",
    "register.reason": "Reason: {reason}",
    "register.origin": "Imported from {place}",
    "register.verify.title": "Register, verified",
    "register.whole": (
        "Whole: the record is as it was recorded",
        "Whole: all {n} records are as they were recorded",
    ),
    "register.not_whole": (
        "Not whole: {n} defect",
        "Not whole: {n} defects",
    ),
    "register.left_out": (
        "{n} row was left out at imports; not settled: {unsettled}",
        "{n} rows were left out at imports; not settled: {unsettled}",
    ),
    "register.fault.missing": "Records #{seq} to #{last} are missing: they were deleted or moved.",
    "register.fault.changed": (
        "Record #{seq} does not follow from the one before it: it was changed, or put in the place of "
        "another."
    ),
    "register.fault.cut": (
        "Records #{seq} to #{last} are missing at the end: the head that was noted had them. The end "
        "was cut off, or an older copy stands in the place of the register."
    ),
    "register.fault.rewritten": (
        "At record #{seq} the head that was noted had another hash: this record or one before it was "
        "changed, and the chain made anew; or the head is of another register."
    ),
    "register.damage": "The database says of its file: {what}",
    "register.unguarded": "The trigger {name}, which refuses changes, is gone.",
    "register.error.scheme": (
        "{name}:// is no database that a register can be in. It is a file, or a database of "
        "PostgreSQL: postgresql://host/database."
    ),
    "register.error.url": "{name}: this is no URL of a database. Write postgresql://user@host/database.",
    "register.error.head": (
        "--head {name} is no head of a register. Write it as reports show it: the number of records, a "
        "colon, and 64 digits and letters."
    ),
    "register.error.sqlalchemy": (
        "Registers need SQLAlchemy, which is not installed. Install it with pip install "
        "'transparency-check[register]'."
    ),
    "register.error.psycopg": (
        "A register in PostgreSQL needs psycopg, which is not installed. Install it with pip install "
        "'transparency-check[postgresql]'."
    ),
    "register.error.newer": (
        "The register is of version {version}, and this program knows registers up to version {known}. "
        "Install a newer version of the program; nothing was changed."
    ),
    "register.error.none": (
        "{name}: there is no such register. Make one with transparency-check register init."
    ),
    "register.error.no_register": (
        "{name} holds no register. Make one with transparency-check register init."
    ),
    "register.error.unfinished": (
        "{name}: the making of this register was cut short. Complete it with transparency-check "
        "register init."
    ),
    "register.error.there": "{name} is a register already; nothing was changed.",
    "register.error.taken": "{name} is there already and is not overwritten. Name another place.",
    "register.error.foreign": "{name} is no register: there is something else in it. Name another file.",
    "register.error.damaged": (
        "{name} is damaged ({reason}). Go back to the last backup that transparency-check register "
        "verify finds whole."
    ),
    "register.error.broken": (
        "The chain of {name} is broken, so it is not copied. See where with transparency-check "
        "register verify."
    ),
    "register.error.copy": (
        "The copy {name} is not whole and cannot be used. Check the drive, and try again."
    ),
    "register.error.full": "{name}: the disk takes no more ({reason}). Nothing of this was recorded.",
    "register.error.busy": (
        "{name}: another program is writing to it and did not finish ({reason}). Nothing was recorded; "
        "try again."
    ),
    "register.error.readonly": "{name}: you may not open or write it ({reason}). Nothing was recorded.",
    "register.error.refused": (
        "One problem keeps this from being recorded; nothing was recorded.",
        "{n} problems keep this from being recorded; nothing was recorded.",
    ),
    "register.error.login": "{name}: the database does not let you in ({reason}). Check user and password.",
    "register.error.missing": (
        "{name}: there is no such database ({reason}). Create it first, as with createdb."
    ),
    "register.error.reach": (
        "{name}: the database cannot be reached ({reason}). Check host, port and network."
    ),
    "register.error.other": "{name}: the database refused ({reason}). Nothing was recorded.",
    "register.error.reader": "The reader of the plugin {plugin} failed: {message} Nothing was imported.",
    "register.error.clock": (
        "The clock says {now}, and record #{seq} was entered at {last}, after that. Nothing was "
        "recorded: set the clock of the computer."
    ),
    "register.error.text": "{option} needs a text on one line, without control characters.",
    "register.error.both": "--correct and --retract do not go together: an event is corrected or withdrawn.",
    "register.error.reason": "Say why with --reason.",
    "register.error.retract_fields": (
        "--retract takes no event and no fields: what is withdrawn is withdrawn as it stands."
    ),
    "register.error.nothing": (
        "Say what is to be recorded: an event and its fields, as in record meeting.held "
        "time=2026-11-27 municipality=kline."
    ),
    "register.error.field": (
        "{field} is no field with a value. Write FIELD=VALUE; the event type stands first."
    ),
    "register.error.no_type": (
        "Say first what happened: an event type, as in record meeting.held time=2026-11-27."
    ),
    "register.error.column": "There is no field {name}.",
    "register.error.type": "There is no event type {name}.",
    "register.error.twice": "The field {name} is given twice.",
    "register.error.recorded_at": (
        "recorded_at cannot be given: the register says itself when something was entered. Older "
        "records are imported."
    ),
    "register.error.retracted": "An event is withdrawn with --retract ID --reason TEXT.",
    "register.error.id_there": (
        "The id {id} is there already, with other content (record #{seq}). To correct it, use --correct {id}."
    ),
    "register.error.no_event": "There is no event {id} in {name}.",
    "register.error.withdrawn": "The event {id} was withdrawn before, by record #{seq}; nothing was added.",
    "register.error.not_after": (
        "The event {id} cannot be corrected yet: a record of it (up to #{seq}) counts as entered at "
        "{at}, which is not before now ({now}). Nothing was recorded; record the correction after that."
    ),
    "register.error.bare": (
        "A register is named with an option: {command} --register {name}. Without it, register.db of this "
        "folder is meant."
    ),
    "register.error.settles": "There is no left-out row {n} that is still to be settled.",
    "register.error.not_imported": (
        "One problem is of no single row, so nothing was imported. Correct it first.",
        "{n} problems are of no single row, so nothing was imported. Correct them first.",
    ),
    "register.error.bad_rows": (
        (
            "{n} row cannot be recorded, and nothing was imported. Correct it, or leave it out with "
            "--skip-bad."
        ),
        (
            "{n} rows cannot be recorded, and nothing was imported. Correct them, or leave them out "
            "with --skip-bad."
        ),
    ),
    "register.error.ending": "{path}: an export ends in one of {known}.",
    "register.error.not_written": (
        "Record #{seq} cannot be written as {format} so that it would be read as the same; nothing was "
        "written. Export it as .jsonl."
    ),
}
