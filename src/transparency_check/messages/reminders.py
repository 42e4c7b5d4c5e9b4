"""Texts about what comes next: how it is discharged, what changed in it, and how people are told of it."""

from __future__ import annotations

_REMIND: dict[str, str | tuple[str, str]] = {
    # The reminder itself.
    "remind.subject": "Transparency duties, {names}: {counts}",
    "remind.subject.plain": "Transparency duties: {counts}",
    "remind.title": "Transparency duties on {day}",
    "remind.count.overdue": "{n} overdue",
    "remind.count.today": "{n} today",
    "remind.count.this_week": "{n} this week",
    "remind.count.next_week": "{n} next week",
    "remind.count.later": "{n} later",
    "remind.count.over": "{n} over",
    "remind.count.none": "nothing is due",
    "remind.group.overdue": "Overdue: missed, and still owed ({n})",
    "remind.group.today": "Today ({n})",
    "remind.group.this_week": "This week ({n})",
    "remind.group.next_week": "Next week ({n})",
    "remind.group.later": "After that, until {until} ({n})",
    "remind.group.undated": "May be open; no due date can be given ({n})",
    "remind.more": "and {n} more, which upcoming lists",
    "remind.errors": (
        "Records that could not be read: {n}. What they may decide is not certain; run validate."
    ),
    "remind.end": "Made by transparency-check {version} from {inputs}.",
    "remind.end.why": (
        "What each date follows from, day by day: transparency-check explain LOG ID (ID: behind #)."
    ),
    # What is told of sending it.
    "remind.sent": "Reminded: {recipient}.",
    "remind.shown": "To {service}:",
    "remind.first": "There is no {path} yet: this run is the first, and nothing is told as changed.",
    "remind.nothing": "Nothing is due, so no one was reminded; --always reminds all the same.",
    "remind.open": "{path} can be read by everybody on this machine. Keep it to its owner: chmod 600.",
    "remind.failed": "{recipient} was not reminded: {why}",
    "remind.again": "Run the same command again once that is put right.",
    "remind.again.save": (
        "{path} was left as it was, so that nothing is lost: run the same command again once that is put "
        "right."
    ),
    "remind.failed.recipient": (
        "{server} does not take mail for this address ({answer}). Correct the address, or ask who runs the "
        "server."
    ),
    "remind.failed.refused": "{server} refused it ({answer}). Ask who runs the server.",
    "remind.failed.login": (
        "{server} does not accept user and password ({answer}). Correct them where they are kept."
    ),
    "remind.failed.login.closed": (
        "{server} ended the connection at the login, as some do for a wrong user or password. Correct them "
        "where they are kept."
    ),
    "remind.failed.no_login": (
        "{server} takes no user and password. Leave them out, or name the server and port for sending."
    ),
    "remind.failed.no_tls": (
        "{server} does not offer STARTTLS, and nothing is sent in the clear. Try --security ssl and its "
        "port, or --security none for a server in your own network."
    ),
    "remind.failed.certificate": (
        "the certificate of {server} does not hold ({why}). Name the server as its certificate does; one of "
        "your own authority is trusted by way of the variable SSL_CERT_FILE."
    ),
    "remind.failed.tls": (
        "no safe connection to {server} came about ({why}). Ports with STARTTLS (587) need --security "
        "starttls, others (465) --security ssl."
    ),
    "remind.failed.disconnected": (
        "{server} ended the connection; whether it took the mail is not known. Sent again, it has the same "
        "id."
    ),
    "remind.failed.connection": "{server} could not be reached: {why}. Look at --smtp and the network.",
    "remind.failed.service": (
        "{service} did not take it. Look at its URL: apprise -vv with the same URL says what it answers."
    ),
    # What keeps it from being sent.
    "error.remind.nobody": (
        "Nobody is named to be reminded. Give --to ADDRESS or --notify URL, or write `to` below [remind] in "
        "transparency-check.toml."
    ),
    "error.remind.sender": (
        "A mail needs a sender. Give --sender ADDRESS, or write `sender` below [remind] in "
        "transparency-check.toml."
    ),
    "error.remind.no_server": (
        "A mail needs a server. Give --smtp HOST:PORT, or write `smtp` below [remind] in "
        "transparency-check.toml; --dry-run needs none."
    ),
    "error.remind.address": (
        "{option}: {value} is no mail address. Write it as office@example.org, with a language before it "
        "where that is another one: sr-Latn:office@example.org."
    ),
    "error.remind.url": (
        "--notify takes a URL as apprise has them: json://host/path. (What was given is not repeated, as it "
        "may hold a key.)"
    ),
    "error.remind.service": "apprise knows no service behind {service}. Its documentation lists their URLs.",
    "error.remind.missing": "--notify needs apprise: pip install 'transparency-check[{extra}]'.",
    "error.remind.server": (
        "{option}: {value} is no server. Write it as mail.example.org or mail.example.org:587."
    ),
    "error.remind.clear": (
        "With --security none the password would go to {server} for all to read. Leave the option out, or "
        "send without user and password."
    ),
    "error.remind.half": "{user} and {password} belong together. Set both, or none.",
    "error.remind.credentials": (
        "{path} does not hold credentials: the user in its first line, the password in its second, and no "
        "more."
    ),
    "error.remind.ascii": "User and password in {place} hold a character that no login can send.",
    "error.credentials.read": "The credentials {path} could not be read: {reason}.",
    "error.credentials.no_file": (
        "{path} is no file. Name one with the user in its first line, the password below."
    ),
    "error.credentials.large": "{path} is larger than 10 kB: these are no credentials.",
    "error.output.since": "{path} is the earlier report, which is an input. Choose another file.",
    "config.secret": (
        "`{key}` does not belong here, as this file is read by many. User and password go into the variables "
        "TRANSPARENCY_CHECK_SMTP_USER and TRANSPARENCY_CHECK_SMTP_PASSWORD, or into a file named by "
        "--credentials; URLs of --notify, which hold keys, into TRANSPARENCY_CHECK_NOTIFY."
    ),
    # The command.
    "short.remind": "Send what is due by mail or to a service.",
    "help.remind": (
        "Tell people what is overdue, due today, this week, next week and until --within, and what changed "
        "since an earlier report: by mail, or through the services that apprise knows."
    ),
    "help.remind.say": (
        "Where nothing is due and nothing changed, nobody is reminded. User and password of the mail server "
        "come from TRANSPARENCY_CHECK_SMTP_USER and TRANSPARENCY_CHECK_SMTP_PASSWORD, or from --credentials."
    ),
    "help.remind.to": (
        "Whom to remind by mail, in the language of the run or in one that stands before: "
        "sr-Latn:office@example.org. Repeatable. The variable is TRANSPARENCY_CHECK_REMIND_TO."
    ),
    "help.remind.notify": (
        "Which service to remind through: a URL of apprise, with a language before it where that is another "
        "one. Repeatable. As it may hold a key, better by TRANSPARENCY_CHECK_NOTIFY."
    ),
    "help.remind.sender": "The sender of the mail.",
    "help.remind.smtp": "The mail server. Default port: 587; 465 with --security ssl; 25 with none.",
    "help.remind.security": (
        "How the connection is made safe: starttls (the default), ssl, or none within your own network."
    ),
    "help.remind.credentials": "A file with the user in its first line and the password in its second.",
    "help.remind.within": "How far ahead: 30d (days), 4w (weeks) or 2m (months). Default: 14d.",
    "help.remind.save": (
        "Write the whole report there once everybody was reminded, for the next --since; it may be the same "
        "file."
    ),
    "help.remind.always": "Remind even where nothing is due.",
    "help.remind.dry_run": "Print what would be sent, and send and write nothing.",
    "help.exit.remind": (
        "Exit codes: 0 fine; 4 somebody was not reminded; 2 wrong usage or input with errors; 3 a rule or "
        "plugin failed; 5 nothing was evaluated."
    ),
    "metavar.address": "ADDRESS",
    "metavar.url": "URL",
    "metavar.server": "HOST[:PORT]",
    "metavar.report": "REPORT",
}

REMINDERS: dict[str, str | tuple[str, str]] = {
    # What the act has to be that discharges an obligation.
    "act.where": "Where: {what}",
    "act.languages": "Languages: {what}",
    "act.languages.by": "Languages: {what} (by {by})",
    "act.by": "{rule}: {confidence}",
    "act.and": "{first} and {last}",
    "act.of": '"{event}": {what}',
    "act.no_channel": '"{event}": no channel is named',
    "act.no_language": '"{event}": no language is named',
    # What changed since an earlier report.
    "since.new": "new since {day}",
    "since.was": "was {outcome}",
    "since.was_due": "was due {due}",
    "since.was_and_due": "was {outcome}, due {due}",
    "since.undated": "had no date",
    "since.range": "the days it may be due on changed",
    "since.gone": "It no longer arises from what is recorded.",
    "since.head": "Compared with the report of {day} ({name}): {new} new, {moved} changed, {over} over.",
    "section.over": "Over since {day}: met, missed, withdrawn or put off ({n})",
    "column.before": "Before",
    "help.since": (
        "An earlier report (check --format json, remind --save): mark what is new or moved since, and list "
        "what is over."
    ),
    "error.since.selection": (
        "{path} was narrowed to something else than this run, so that what it lacks may only have been left "
        "out. Give both the same --select, --ignore, --municipality, --case, --from and --to."
    ),
    "error.since.later": (
        "{path} was judged as of {then}, after {now}: nothing can have changed since. Name an earlier "
        "report, or give a later --as-of."
    ),
    "xlsx.days_left": "Days left",
    "xlsx.working_left": "Working days left",
    "xlsx.range": "May be due",
    "xlsx.provisional": "Provisional",
    "xlsx.channels": "Where",
    "xlsx.languages": "Languages",
    "xlsx.demanded_by": "Languages by",
    "xlsx.since": "Since the earlier report",
    "xlsx.since.over": "over; {was}",
    **_REMIND,
}
