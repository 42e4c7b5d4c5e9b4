"""Texts of the pages that ``serve`` shows, and of its commands."""

from __future__ import annotations

SERVING: dict[str, str | tuple[str, str]] = {
    # The command.
    "short.serve": "Pages for an office: what is due, recording, planning.",
    "help.serve": (
        "Show a register, or logs that are only read, as pages in a browser on this machine: what is due "
        "and why, the law of each duty, calendar, planning, and forms to record what was done."
    ),
    "help.serve.address": (
        "The address with the token that opens the pages is told on standard error. They are for this "
        "machine alone, unless --host says otherwise; put a server with TLS before them then."
    ),
    "help.exit.serve": (
        "Exit codes: 0 stopped; 2 wrong usage, or nothing could be judged at the start; 130 interrupted."
    ),
    "help.serve.host": "The address of this machine to listen at (127.0.0.1: this machine alone).",
    "help.serve.port": "The port to listen at.",
    "help.serve.allow_host": (
        "Another name by which people reach the pages, as register.example.org. Requests for any other "
        "name are refused."
    ),
    "help.serve.base_url": (
        "The address that people reach the pages by, where another server stands before them: for the "
        "calendar feed, and for cookies that travel only encrypted (https)."
    ),
    "help.serve.token": (
        "The token that opens the pages, at least 20 characters; without it one is made. Better in the "
        "variable than on the command line, which others may see."
    ),
    "help.serve.by": (
        "Whose token that is, as the register will name them; the user of this machine without it."
    ),
    "help.serve.people": (
        "A TOML file of names, roles (reader, recorder, admin) and digests of tokens; serve-token writes "
        "it. Then no other token is made."
    ),
    "help.serve.proxy_header": (
        "The header in which a trusted server says who asks, as X-Remote-User; a name of --people."
    ),
    "help.serve.proxy": (
        "The address of the server that may say so, as 127.0.0.1; also from where somebody asks "
        "(X-Forwarded-For)."
    ),
    "help.serve.audit": (
        "The file to which a line is added for every change and every refusal; beside a register "
        "REGISTER.audit.jsonl without it."
    ),
    "help.serve.title": "The name above the pages.",
    "help.serve.read_only": "Record nothing, also where a register is named.",
    "help.serve.within": (
        "How far ahead the overview shows what comes next: 30d (days), 4w (weeks) or 2m (months)."
    ),
    "short.serve_token": "A token for serve, and the lines to keep of it.",
    "help.serve_token": (
        "Make a token for somebody. The token is told once, on standard output; the file gets its digest, "
        "which opens nothing."
    ),
    "help.serve_token.role": (
        "What they may do: reader, recorder (record, correct, import), admin (also accept violations, see "
        "the audit log)."
    ),
    "help.exit.serve_token": "Exit codes: 0 made or taken back; 2 wrong usage.",
    "metavar.role": "ROLE",
    "metavar.port": "PORT",
    "metavar.host": "HOST",
    "metavar.address": "ADDRESS",
    "metavar.header": "HEADER",
    "metavar.register_logs": "[REGISTER|LOG]...",
    "metavar.token": "TOKEN",
    "serve.started": (
        "Pages at {address} - open this once, then the browser remembers it for {hours} hours. End with "
        "Ctrl-C."
    ),
    "serve.started.people": "Pages at {address}. End with Ctrl-C.",
    "serve.judging": "Judging {source} ...",
    "serve.token.made": "{path} has one entry more: {name}, {role}. The token, shown only now:",
    "serve.error.missing": (
        "To show pages, {module} has to be installed. Install it with pip install "
        "'transparency-check[{extra}]'."
    ),
    "serve.error.stdin": "Standard input can be read only once. Name a file.",
    "serve.error.token": (
        "A token needs at least {least} characters, without blanks: who guesses it sees everything. Leave "
        "--token out, and one is made."
    ),
    "serve.error.audit": "{path} cannot be written to: {reason}",
    "serve.error.name_twice": (
        "{name} stands there twice, so it is not clear who that is. Give each person one entry."
    ),
    "serve.error.port": "Nothing can listen at {host}:{port}: {reason}",
    "serve.error.proxy": (
        "--proxy-header needs --proxy, the address that may say so, and --people, who they are."
    ),
    "serve.error.open": (
        "At {host} others can reach the pages. Name who may with --people, and put a server with TLS "
        "before them; --base-url says its address."
    ),
    "serve.error.one_register": (
        "A register is served alone: {name} cannot be judged beside it. Import it into the register, or "
        "leave one of them out."
    ),
    "serve.error.day": "“{given}” is no day. Write it as 18.11.2026 or 2026-11-18.",
    "serve.error.days": "The first day ({first}) lies after the last ({last}): no day is between them.",
    # What stands around every page.
    "serve.name": "Transparency register",
    "serve.name.one": "Transparency register of {name}",
    "serve.footer": "A tool for the people of an office and their lawyers, not legal advice.",
    "serve.rests.register": "Rests on {source} up to record {seq}, judged {made} as of {as_of}.",
    "serve.rests.logs": "Rests on {source}, read and judged {made} as of {as_of}.",
    "serve.nav.overview": "Overview",
    "serve.nav.obligations": "Obligations",
    "serve.nav.calendar": "Calendar",
    "serve.nav.cases": "Cases",
    "serve.nav.plan": "Plan",
    "serve.nav.duties": "Duties",
    "serve.nav.record": "Record",
    "serve.nav.events": "Records",
    "serve.nav.waivers": "Waivers",
    "serve.nav.exports": "Exports",
    "serve.nav.about": "About",
    "serve.notice.behind": (
        "This page is being judged again: something was recorded, or a new day has begun. {rests}"
    ),
    "serve.heard": "What is shown was brought up to date.",
    "serve.notice.failed": "The newest records could not be judged, so this page may be out of date: {why}",
    "serve.notice.problems": "See what is wrong",
    "serve.form.needed": "(needed)",
    "serve.form.clock": "at (hour)",
    "serve.hint.day": "As 18.11.2026.",
    "serve.proof": "Why",
    "serve.more": "Show them",
    "serve.rest": "{number} of {total} are shown.",
    "serve.rest.link": "Show all",
    # Overview.
    "serve.overview.lead": (
        "What is due now, what was missed, and how much of the law is kept - as far as the records show."
    ),
    "serve.figure.overdue": ("obligation missed and still owed", "obligations missed and still owed"),
    "serve.figure.coming": ("obligation due until {until}", "obligations due until {until}"),
    "serve.figure.undetermined": ("obligation undetermined", "obligations undetermined"),
    "serve.action.record": "Record an event",
    "serve.action.import": "Import a spreadsheet",
    "serve.section.kept": "How much is kept",
    "serve.violations.caption": "The latest violations",
    "serve.undetermined.explained": (
        "The records or the law leave {number} obligations open. Each says what would settle it."
    ),
    "serve.empty": "Nothing is recorded yet from which a duty would follow, so there is nothing to show.",
    "serve.empty.begin": (
        "Begin with what you have: record the next meeting, or import the spreadsheet that you keep."
    ),
    # Obligations and findings.
    "serve.filter.label": "What is shown",
    "serve.filter.all": "all",
    "serve.filter.municipality": "Municipality",
    "serve.filter.outcome": "Outcome",
    "serve.filter.area": "Area",
    "serve.filter.rule": "Duty (id)",
    "serve.filter.case": "Case",
    "serve.filter.from": "From",
    "serve.filter.to": "To",
    "serve.filter.words": "Words in title or id",
    "serve.filter.show": "Show",
    "serve.filter.reset": "Show all",
    "serve.obligations.found": "What was found",
    "serve.obligations.caption": ("{number} obligation", "{number} obligations"),
    "serve.obligations.part": "{caption}, page {page} of {pages}",
    "serve.obligations.none": "No obligation is like that. Ask for less.",
    "serve.obligations.take": "Take these away as a file",
    "serve.page.before": "Page before",
    "serve.page.after": "Next page",
    "serve.finding.facts": "What is known",
    "serve.finding.duty": "All that the duty says",
    "serve.action.record_this": "Record: {event}",
    "serve.action.record_case": "Record an event of this case",
    "serve.action.sheet": "Readiness sheet",
    "serve.no.finding": (
        "No finding has the id {id} as of {as_of}. Where a record was corrected, its obligations may have "
        "got others: look for it among the obligations."
    ),
    # Cases.
    "serve.column.case": "Case",
    "serve.column.latest": "Latest record of",
    "serve.column.open": "Open",
    "serve.column.broken": "Violations",
    "serve.cases.caption": "Cases ({number})",
    "serve.cases.found": "What was found",
    "serve.cases.none": "No case is called so.",
    "serve.cases.rest": "The latest {number} of {total} are shown. Ask for a part of the name.",
    "serve.case.label": "Case",
    "serve.case.timeline": "What happened, and what is to come",
    "serve.case.nothing": "Nothing that counts is recorded of this case.",
    "serve.case.done": "Did in time:",
    "serve.case.late": "Did late:",
    "serve.case.begun": ("Set going {n} obligation.", "Set going {n} obligations."),
    "serve.case.linked": "Linked cases",
    "serve.no.case": "No record names the case {name}.",
    # Duties.
    "serve.column.provision": "Article",
    "serve.column.obligations": "Obligations",
    "serve.duties.lead": (
        "The {n} duty of the law that is applied here.",
        "The {n} duties of the law that is applied here.",
    ),
    "serve.duties.none": "No duty has these words.",
    "serve.duty.obligations": ("Its {n} obligation", "Its {n} obligations"),
    "serve.no.duty": "There is no duty {name}.",
    # Calendar.
    "serve.calendar.kicker": "By the last working day to act",
    "serve.calendar.feed": "Have it in your own calendar",
    "serve.calendar.month": "Month",
    "serve.calendar.agenda": "Agenda",
    "serve.calendar.agenda.caption": "To be done in {month} ({number})",
    "serve.calendar.none": "Nothing is to be done in {month}.",
    "serve.calendar.before": "Month before",
    "serve.calendar.after": "Next month",
    "serve.calendar.today": "This month",
    "serve.calendar.more": ("{n} more", "{n} more"),
    "serve.calendar.number": ("{n} obligation", "{n} obligations"),
    "serve.month": "{month} {year}",
    "serve.month.1": "January",
    "serve.month.2": "February",
    "serve.month.3": "March",
    "serve.month.4": "April",
    "serve.month.5": "May",
    "serve.month.6": "June",
    "serve.month.7": "July",
    "serve.month.8": "August",
    "serve.month.9": "September",
    "serve.month.10": "October",
    "serve.month.11": "November",
    "serve.month.12": "December",
    # Planning and readiness.
    "serve.plan.lead": "When something may lawfully be, and the last day of every step to it.",
    "serve.plan.legend": "What is planned",
    "serve.plan.what": "What",
    "serve.plan.any": "any municipality",
    "serve.plan.on": "Wished date",
    "serve.plan.on.hint": "Leave it empty to find the earliest lawful date.",
    "serve.plan.start": "Steps can be taken from",
    "serve.plan.start.hint": "Today, where it is empty.",
    "serve.plan.kind.hint": "None marked: all are put side by side.",
    "serve.plan.show": "Plan",
    "serve.plan.explained": "Nothing is recorded by planning.",
    "serve.plan.refused": "This cannot be planned",
    "serve.plan.basis": "What this rests on",
    "serve.sheet": "Readiness sheet",
    "serve.sheet.print": "This page prints on A4 without buttons and navigation.",
    "serve.sheet.take": "As {format}, to sign",
    # Waivers.
    "serve.waivers.lead": (
        "Violations that somebody has decided to live with until a certain day. They stay violations."
    ),
    "serve.waivers.found": "Decisions",
    "serve.waivers.caption": "Entries of {name}",
    "serve.waivers.none": "The file has no entries.",
    "serve.waivers.no_file": "There is no file of waivers. transparency-check waive writes one.",
    "serve.waivers.state": "State",
    "serve.waivers.until": "until {until}",
    "serve.waivers.by": "Decided by",
    "serve.waivers.reason": "Reason",
    "serve.waiver.used": "holds",
    "serve.waiver.unused": "not needed",
    "serve.waiver.expired": "expired",
    "serve.waiver.refused": "cannot hold",
    # Exports.
    "serve.exports.lead": "The report in every format, and the calendar to subscribe to.",
    "serve.exports.files": "Files",
    "serve.exports.narrow": "Narrow",
    "serve.export.table": "Plain text, as on a terminal.",
    "serve.export.json": "The whole report for programs.",
    "serve.export.jsonl": "The same, one object on each line.",
    "serve.export.csv": "One row for each obligation: for spreadsheets.",
    "serve.export.xlsx": "A workbook: obligations, numbers, problems.",
    "serve.export.markdown": "For a wiki.",
    "serve.export.html": "One page to read, print or mail.",
    "serve.export.pdf": "A document to print and sign.",
    "serve.export.docx": "A document to go on writing in.",
    "serve.export.ics": "What is open, for a calendar.",
    "serve.export.counts": "Numbers only, for programs.",
    "serve.export.sarif": "For programs that show defects.",
    "serve.export.junit": "For programs that show tests.",
    "serve.export.other": "The format {name}.",
    "serve.feed": "Calendar feed",
    "serve.feed.explained": (
        "Give this address to your calendar program as a subscription. It is kept up to date by itself."
    ),
    "serve.feed.secret": (
        "Whoever has the address sees what is open. It opens nothing else, and ends with your token."
    ),
    "serve.feed.none": "The address of a feed is made from a token. You came without one.",
    "serve.no.format": "There is no format {name}.",
    # About.
    "serve.about.made": "Judged",
    "serve.about.chain": "End of the chain",
    "serve.about.head": (
        "Write it down elsewhere: transparency-check register verify --head tells by it whether anything "
        "up to there was changed or cut off."
    ),
    "serve.about.head.label": "Number of records and hash",
    "serve.about.you": "You",
    "serve.about.name": "Name",
    "serve.about.role": "Role",
    "serve.role.reader": "reader",
    "serve.role.recorder": "recorder",
    "serve.role.admin": "admin",
    "serve.column.weight": "Weight",
    "serve.problem.error": "error",
    "serve.problem.warning": "warning",
    "serve.problem.note": "note",
    "serve.problems.caption": "Problems ({number})",
    "serve.problems.none": "All records could be read in full.",
    # Signing in, and what is refused.
    "serve.sign_in": "Sign in",
    "serve.sign_in.lead": "These pages are for the people of the office.",
    "serve.sign_in.token": "Token",
    "serve.sign_in.hint": "Who runs the pages gave it to you.",
    "serve.sign_in.submit": "Sign in",
    "serve.sign_in.lost": (
        "Who has lost their token gets a new one from whoever runs the pages; on this machine, the address "
        "that was told at the start opens them again."
    ),
    "serve.sign_in.empty": "Enter the token.",
    "serve.sign_in.wrong": "This is not the token of anybody here.",
    "serve.sign_in.refused": "You are not signed in yet",
    "serve.sign_out": "Sign out",
    "serve.refused.host": (
        "These pages are not served under this name. Use the address that was told at the start, or start "
        "with --allow-host."
    ),
    "serve.refused.origin": (
        "This came from another site and was not done. Open the page here and send it again."
    ),
    "serve.refused.size": "What was sent is larger than {limit} and was not read.",
    "serve.refused.unknown": "A token is needed.",
    "serve.refused.role": "This needs another role: {role}. Ask whoever runs the pages.",
    "serve.refused.attempts": (
        "Too many wrong tokens came from here. Try again in {n} second.",
        "Too many wrong tokens came from here. Try again in {n} seconds.",
    ),
    "serve.no.page": "There is no such page.",
    "serve.no.method": "This address does not take that.",
    "serve.trouble": "This did not work",
    "serve.trouble.403": "Not allowed",
    "serve.trouble.404": "Not found",
    "serve.trouble.409": "Not possible",
    "serve.trouble.413": "Too large",
    "serve.trouble.429": "Not yet",
    "serve.trouble.503": "Not now",
    "serve.trouble.said": (
        "Something went wrong on our side. Nothing was recorded by this. Who runs the pages finds more on "
        "the terminal."
    ),
    "serve.trouble.back": "Back to the overview",
    # Recording.
    "serve.record": "Record",
    "serve.record.lead": "What happened? Choose it, then fill in what the law asks of it.",
    "serve.record.lead.case": (
        "What happened in the case {case}? Choose it, then fill in what the law asks of it."
    ),
    "serve.record.many": "Many at once:",
    "serve.record.none": "No event is called so.",
    "serve.record.form.lead": "What is needed is marked. What is left empty counts as not known.",
    "serve.record.submit": "Record",
    "serve.record.events": "Events",
    "serve.record.other": "Another event",
    "serve.record.refused": "Nothing was recorded",
    "serve.record.doubts": "This looks doubtful, and nothing was recorded yet",
    "serve.record.all_the_same": "Record it as it is all the same",
    "serve.form.when": "When and where",
    "serve.form.what": "What",
    "serve.form.more": "More: evidence, remarks, linked cases",
    "serve.form.more.note": "None of this is needed.",
    "serve.form.until": "until",
    "serve.form.choose": "choose",
    "serve.form.unstated": "not known",
    "serve.hint.case": (
        "The session, act, consultation or request that it belongs to, by the same name everywhere."
    ),
    "serve.hint.time": "When it happened, as 18.11.2026; with the hour where it is known.",
    "serve.hint.related": "Other cases that it touches, one on each line.",
    "serve.hint.source": "Link or file number of the evidence.",
    "serve.hint.note": "For the office; no verdict rests on it. Names of requesters do not belong here.",
    "serve.hint.id": "Leave it empty, and one is made.",
    "serve.hint.interval": "Both days included, as 01.01.2026 until 31.12.2026.",
    "serve.hint.lines": "One on each line.",
    "serve.correct": "Correct",
    "serve.correct.title": "Correct: {event}",
    "serve.correct.lead": "What was recorded stays in the register; what counts is what you say now.",
    "serve.correct.submit": "Record the correction",
    "serve.correct.back": "Leave it as it is",
    "serve.retract": "Withdraw",
    "serve.retract.title": "Withdraw: {event}",
    "serve.retract.means": (
        "What is withdrawn counts no more, as if it had not been recorded. The record of it stays, with "
        "your name and the reason. A correction makes it count again."
    ),
    "serve.retract.submit": "Withdraw it",
    "serve.reason": "Reason",
    "serve.reason.hint": "It stays in the register.",
    "serve.reason.needed": "Say why.",
    "serve.no.event": "The register holds no event {id}.",
    "serve.no.event_type": "The vocabulary has no event {name}.",
    "serve.no.parameters": "The parameters are not as they are described.",
    # Records.
    "serve.events.lead": (
        "All that was recorded, the newest first. Nothing is ever changed or deleted: corrections and "
        "withdrawals are records of their own."
    ),
    "serve.events.found": "Newest records",
    "serve.events.caption": ("{number} record", "{number} records"),
    "serve.events.none": "Nothing is recorded yet.",
    "serve.events.older": "Older ones",
    "serve.events.left_out": ("{n} row that an import left out", "{n} rows that imports left out"),
    "serve.notice.left_out": (
        "Settle the {n} row that an import left out",
        "Settle the {n} rows that imports left out",
    ),
    "serve.left_out": "Rows left out",
    "serve.left_out.lead": (
        "What an import could not read is kept here, and whatever it could decide stays undetermined. "
        "Record what a row says, or say why it is no event."
    ),
    "serve.left_out.found": "Not settled yet",
    "serve.left_out.caption": ("{number} row", "{number} rows"),
    "serve.left_out.none": "No row is waiting to be settled.",
    "serve.left_out.column.says": "What stands there",
    "serve.left_out.record": "Record what row {n} says",
    "serve.left_out.none_of": "Row {n} is no event",
    "serve.left_out.row": "Row {n} that an import left out: {place}",
    "serve.left_out.none.title": "Row {n} is no event",
    "serve.left_out.none.here": "No event",
    "serve.left_out.none.lead": (
        "The row then leaves nothing open any more. Its text stays in the register, with your name and the "
        "reason. If it is an event, record what it says instead."
    ),
    "serve.left_out.settle": "It is no event",
    "serve.left_out.done": "The row is settled, as record number {seq}.",
    "serve.no.left_out": "No row {number} is waiting to be settled.",
    "serve.column.seq": "No.",
    "serve.column.event": "Event",
    "serve.column.kind": "Kind",
    "serve.column.entered": "Entered",
    "serve.column.hash": "Hash",
    "serve.column.when": "Date",
    "serve.kind.recorded": "recorded",
    "serve.kind.correction": "correction",
    "serve.kind.retraction": "withdrawal",
    "serve.kind.settlement": "settlement",
    "serve.entered": "{at} by {by}",
    "serve.entered.reason": "Reason: {reason}",
    "serve.event.withdrawn": "This was withdrawn and counts no more.",
    "serve.event.case": "The whole case",
    "serve.event.says": "What it says",
    "serve.event.history": "All records of it",
    "serve.event.touched": "What rests on it",
    "serve.event.nothing": "No obligation rests on it.",
    "serve.event.not_yet": "This is being judged. Load the page again in a moment.",
    "serve.done.recorded": "Recorded as number {seq}. It is in the register for good.",
    "serve.done.known": "The same was recorded before, as number {seq}. Nothing was added.",
    "serve.done.corrected": "The correction is recorded as number {seq}.",
    "serve.done.retracted": "Withdrawn, as record number {seq}.",
    "serve.done.back": "What you came from:",
    # Importing.
    "serve.import": "Import",
    "serve.import.lead": (
        "From a spreadsheet or any other log. You see what is in it before anything is recorded."
    ),
    "serve.import.file": "File",
    "serve.import.file.hint": "XLSX, ODS, CSV, JSON, JSON Lines or Parquet, up to 20 MB.",
    "serve.import.town.none": "each row names its own",
    "serve.import.town.hint": "Of rows that name none.",
    "serve.import.look": "Look at it",
    "serve.import.template": "An empty register to fill in, as a workbook",
    "serve.import.none": "Choose a file that is not empty.",
    "serve.import.ending": (
        "This is no file that can be imported. Its name has to end in one of these: {known}."
    ),
    "serve.import.refused": "Nothing was recorded",
    "serve.import.preview": "Looked at, nothing recorded yet",
    "serve.import.can": ("{number} event can be recorded.", "{number} events can be recorded."),
    "serve.import.cannot": (
        "This file cannot be imported as it is. Correct what is named below, and send it again."
    ),
    "serve.import.rows_bad": ("{n} row cannot be read.", "{n} rows cannot be read."),
    "serve.import.doubtful": (
        "{n} remark: what is doubtful is recorded as it stands.",
        "{n} remarks: what is doubtful is recorded as it stands.",
    ),
    "serve.import.bad": "Rows that cannot be read",
    "serve.import.skip": (
        "Leave out the {n} row, and record the others",
        "Leave out the {n} rows, and record the others",
    ),
    "serve.import.skip.hint": (
        "Better correct them in the file and send it again. What is left out is kept aside, and whatever "
        "it could decide stays undetermined until somebody settles it."
    ),
    "serve.import.not_skipped": (
        "Some rows cannot be read, and you did not say to leave them out. Nothing was recorded."
    ),
    "serve.import.take": ("Record {number} event", "Record {number} events"),
    "serve.import.other": "Another file",
    "serve.import.errors": ("What cannot be read ({n})", "What cannot be read ({n})"),
    "serve.import.warnings": ("Remarks ({n})", "Remarks ({n})"),
    "serve.import.first": "How the first rows were understood",
    "serve.import.more": "The first {number} of {total} are shown.",
    "serve.import.gone": "The file is not here any more. Send it again.",
    "serve.import.done.title": "Imported",
    "serve.import.done": ("{number} record was added.", "{number} records were added."),
    "serve.import.done.corrections": (
        "{n} of them corrects or withdraws an earlier one.",
        "{n} of them correct or withdraw earlier ones.",
    ),
    "serve.import.done.known": (
        "{n} event was there already, word for word.",
        "{n} events were there already, word for word.",
    ),
    "serve.import.done.left_out": ("{n} row was left out.", "{n} rows were left out."),
    # Who may come in, for how long.
    "help.serve_token.until": "The last day on which the token opens anything.",
    "help.serve_token.revoke": (
        "Take the token back: the entry is removed. A server that runs notices at the next request, and "
        "their sessions and their feed end."
    ),
    "serve.token.revoked": "{path} has no entry of {name} any more: their token opens nothing now.",
    "serve.people.not_read": (
        "{path} was changed and cannot be read, so who may come in stays as it was. {why}"
    ),
    "serve.error.nobody": (
        "{path} names nobody, so nobody could come in. Make an entry with serve-token --people {path}."
    ),
    "serve.error.nobody_so": "Nobody is called {name} in {path}.",
    "serve.error.name": (
        "A name needs a letter, and no characters that cannot be seen: it stands beside what is recorded."
    ),
    "serve.error.revoke": (
        "The entry of {name} ({path}, line {line}) cannot be taken out without changing others. Remove it by "
        "hand."
    ),
    "serve.error.plain": (
        "At {host} others can reach the pages, and tokens would travel where others can read them. Put a "
        "server with TLS before them, and say its address with --base-url https://..."
    ),
    "error.people.read": "The people {path} could not be read: {reason}.",
    "error.people.no_file": "The people {path} are no file. Name a file in TOML.",
    "error.people.large": "{path} is larger than 1 MB: these are no people.",
    "serve.no.json": (
        "The event holds what no log can say: half of a character, a number that is none, or lists in lists "
        "more than {deepest} deep."
    ),
    "serve.error.audit.read": "{path} cannot be read: {reason}",
    "serve.refused.twice": "The header {name} was sent twice, so it is not clear what holds.",
    "serve.refused.slow": "What was sent did not come to its end in time, and nothing was done with it.",
    # Accepting a violation.
    "serve.accept": "Accept a violation",
    "serve.accept.means": (
        "The violation stays one in every report and every rate, marked as accepted until the day you name, "
        "with who decided it and why. What the law leaves to nobody cannot be accepted."
    ),
    "serve.accept.nothing": "There is no violation that could be accepted.",
    "serve.accept.finding": "Violation",
    "serve.accept.reason": "Reason",
    "serve.accept.reason.hint": "Why it is accepted. It stands in the file of waivers and in reports.",
    "serve.accept.approved_by": "Who decided",
    "serve.accept.approved_by.hint": "Office and decision, as: mayor, decision 12/2026.",
    "serve.accept.legal_basis": "Legal basis",
    "serve.accept.legal_basis.hint": "The provision that the decision rests on.",
    "serve.accept.until": "Until",
    "serve.accept.until.hint": "The last day on which it holds, as 31.12.2026.",
    "serve.accept.submit": "Accept it",
    "serve.accept.refused": "Nothing was accepted",
    "serve.accept.choose": "Choose the violation.",
    "serve.accept.needed": "This is needed.",
    "serve.accept.text": "Up to {most} characters, and none that cannot be seen.",
    "serve.accept.over": "This day is over: it would never hold. Today is {today}.",
    "serve.accept.done": "Accepted until {until}: {duty}.",
    # The audit log.
    "serve.nav.audit": "Audit log",
    "serve.audit.lead": (
        "Who came in, what was changed and what was refused. Lines are only ever added; no token and no text "
        "of a record stands in them."
    ),
    "serve.audit.none": "No audit log is kept. The option --audit of serve names a file for it.",
    "serve.audit.empty": "Nothing has been noted yet.",
    "serve.audit.found": "The last {n} lines",
    "serve.audit.caption": "{name}, the newest first",
    "serve.audit.at": "When",
    "serve.audit.what": "What",
    "serve.audit.who": "Who, from where",
    "serve.audit.more": "More",
    "serve.audit.signed_in": "signed in",
    "serve.audit.signed_out": "signed out",
    "serve.audit.sent": "sent a change",
    "serve.audit.accepted": "accepted a violation",
    "serve.audit.people_changed": "other people may come in",
    "serve.audit.people_unreadable": "the file of people cannot be read",
    "serve.audit.refused_token": "refused: wrong token",
    "serve.audit.refused_host": "refused: unknown host",
    "serve.audit.refused_origin": "refused: from another page",
    "serve.audit.refused_role": "refused: not their role",
    "serve.audit.refused_headers": "refused: a header twice",
    "serve.audit.refused_waiver": "refused: a waiver that cannot be",
    "serve.audit.refused_more": "refused: more than are noted one by one",
}
