"""Texts of the public site, and of reports from which free texts were left out."""

from __future__ import annotations

SITE: dict[str, str | tuple[str, str]] = {
    # What was left out.
    "redacted.mark": "[left out]",
    "report.redacted": "Redacted: what people wrote in their own words is left out.",
    "waived.redacted": "Accepted until {until} [{place}]",
    "help.redact": (
        "Leave out what people wrote in their own words: quotations of records, reasons, names, whole "
        "paths."
    ),
    "error.diff.redact": (
        "A report that was written cannot be redacted afterwards. Make both with check --redact, then "
        "compare them."
    ),
    # The command.
    "short.site": "The compliance record as a public site.",
    "help.site": "The compliance record as a public site of static pages.",
    "help.site.build": (
        "Build a static site of what the logs show: scores, violations, what comes next, the law of each "
        "duty, open data, a calendar and a feed. It is always redacted. The same logs give the same files."
    ),
    "help.site.output": "The folder of the site: a new or empty one, or a site that was built here before.",
    "help.site.within": "How far ahead pages show what comes next: 30d (days), 4w (weeks) or 2m (months).",
    "help.site.title": "The name of the site, in all languages.",
    "help.site.base": "Where the site will lie, as https://example.org/transparency: for links in the feed.",
    "help.site.licence": "Under which licence the data may be used, as people are told it.",
    "help.site.language": "A language of the site; all without this option. The data are in the first one.",
    "help.exit.site": (
        "Exit codes: 0 built; 2 wrong usage, or an input that could not be read in full; 3 a rule or "
        "plugin failed; 5 nothing was evaluated; 130 interrupted."
    ),
    "metavar.url": "ADDRESS",
    "site.written": "Site written to {path}: {pages} pages, {files} files.",
    "site.error.file": "{path} is a file. Name a folder for the site.",
    "site.error.folder": (
        "{path} holds something else than a site of this program ({marker} is not there), and nothing in "
        "it is touched. Name a new or empty folder."
    ),
    "site.error.marker": (
        "{path} should say which files of the site were made here, and cannot be read. Nothing is touched. "
        "Name another folder, or remove this one yourself."
    ),
    "site.error.in_the_way": (
        "{path} was not made here and stands where the site has a file. Move it, and build again."
    ),
    "site.error.base": "--base-url {name} is no address of the web. Write it as https://example.org/folder.",
    "site.error.log_within": (
        "The log {path} lies in the folder of the site ({folder}), where everyone could read it whole. "
        "Move it elsewhere."
    ),
    # What stands around every page.
    "site.name": "Transparency record",
    "site.name.one": "Transparency record of {name}",
    "site.skip": "Skip to the content",
    "site.nav.pages": "Pages",
    "site.nav.languages": "Language",
    "site.nav.here": "You are here",
    "site.nav.on_page": "On this page",
    "site.nav.overview": "Overview",
    "site.nav.towns": "Municipalities",
    "site.nav.areas": "Areas",
    "site.nav.duties": "Duties",
    "site.nav.method": "Method",
    "site.nav.data": "Open data",
    "site.region": "{caption}: scrolls sideways",
    "site.region.chart": "{caption}, as a chart: scrolls sideways",
    "site.footer.judged": (
        "Judged by transparency-check {version} as of {as_of}, from what was recorded. A tool for lawyers, "
        "not legal advice."
    ),
    "site.footer.redacted": (
        "Free texts of the records are left out, and names of requesters never enter. Verdicts are the "
        "same with them."
    ),
    "site.as_of": "As of {as_of}",
    # Overview.
    "site.overview.lead": (
        "What the records show: which duties of transparency were kept, which were not, and what comes next."
    ),
    "site.honest": "Where records or law leave a question open, it says so.",
    "site.method.link": "How it is judged, and what it cannot say",
    "site.score.law": "Kept, of what the law demands",
    "site.score.commitments": "Kept, of own commitments",
    "site.score.numbers.law": "Obligations under law whose time has come: {judged}.",
    "site.score.numbers": "Own commitments whose time has come: {judged}.",
    "site.score.same": "Of these, {low} were met in time.",
    "site.score.bounds": (
        "At least {low} and at most {high} were met in time. The lower figure counts every undetermined "
        "one as not met, the higher one as met; the truth lies between."
    ),
    "site.score.nothing": "Nothing has come due yet, so there is nothing to count.",
    "site.score.bar": "How the obligations are shared out",
    "site.problems.error": (
        (
            "{n} record or file could not be read in full. What it could have decided is shown as "
            "undetermined."
        ),
        (
            "{n} records or files could not be read in full. What they could have decided is shown as "
            "undetermined."
        ),
    ),
    "site.rule_errors": "These rules failed and judged nothing: {rules}.",
    "site.overdue": "Overdue",
    "site.overdue.caption": "Missed and still owed ({number})",
    "site.coming": "What comes next",
    "site.coming.caption": "Due until {until}, by last working day to act ({number})",
    "site.column.to_do": "What is to be done",
    "site.trend": "Over time",
    "site.trend.year": "Kept, by year",
    "site.trend.quarter": "Kept, by quarter",
    "site.trend.month": "Kept, by month",
    "site.trend.description": (
        "From {first} ({first_rate}) to {last} ({last_rate}). All figures stand in the table beside it."
    ),
    "site.trend.rest": "The last {n} periods.",
    "site.chart.sure": "met in time",
    "site.chart.open": "undetermined",
    "site.percent": "{n} %",
    "site.towns": "Municipalities",
    "site.towns.caption": "Obligations under law, by municipality",
    "site.towns.lead": (
        "Scores say what records show. Who records more has more obligations: compare a municipality with "
        "itself before you compare it with others."
    ),
    "site.areas": "Areas of the law",
    "site.areas.caption": "Obligations under law, by area",
    "site.areas.lead": "How much was kept in each area of the law, all municipalities together.",
    "site.areas.others": (
        "Nothing is owed by law in these areas, but own commitments, duties of others or rules of "
        "recording stand in them:"
    ),
    "site.area.records": "Keeping of records",
    "site.violations": "Violations of the law",
    "site.violations.curable": "Not done, can still be cured ({number})",
    "site.violations.final": "Not done, final ({number})",
    "site.violations.late": "Done late ({number})",
    "site.violations.none": "No violations of the law are found.",
    "site.undetermined": "Undetermined",
    "site.undetermined.caption": "Undetermined obligations ({number})",
    "site.undetermined.explained": (
        "Obligations that the records or the law leave open: {number}. They stand on the pages of "
        "municipalities and areas, each with what would settle it."
    ),
    "site.reasons.caption": "Why, and for how many obligations (one may have several reasons)",
    "site.column.reason": "Reason",
    "site.commitments": "Own commitments",
    "site.commitments.explained": (
        "What municipalities have promised beyond the law, in documents of their own. It is no law and is "
        "counted apart."
    ),
    "site.commitments.caption": "Own commitments not kept, or undetermined ({number})",
    "site.others": "Duties of others",
    "site.others.explained": (
        "What binds other authorities, or is a right that need not be used. It counts neither for nor "
        "against the municipality."
    ),
    "site.others.caption": "Duties and rights of others",
    "site.rest": "The latest {number} of {total} are shown.",
    "site.rest.first": "The first {number} of {total} are shown.",
    "site.rest.link": "All of them are in the open data",
    "site.basis": "What this rests on",
    "site.coverage": "Completeness",
    "site.coverage.declared": "Declared in the records: what lies outside is no proof of anything",
    "site.waivers": (
        "{name}: {n} violation is accepted; it counts all the same",
        "{name}: {n} violations are accepted; they count all the same",
    ),
    "site.selection": "Narrowed to",
    "site.selection.select": "selected",
    "site.selection.ignore": "left aside",
    "site.column.place": "Place",
    "site.column.problem": "What is wrong",
    "site.problems.caption": "Problems of the records",
    # Duties.
    "site.duties": "By duty",
    "site.duties.counted": "Obligations by duty and outcome",
    "site.duties.lead": (
        "The duties that arise in these records, each with the law that it rests on and what the records "
        "show of it."
    ),
    "site.duty.area": "Area:",
    "site.duty.record": "What the records show",
    "site.duty.numbers": "Obligations of this duty, by outcome",
    "site.duty.own": (
        "Events should be entered soon after they happen: what is entered late may have been entered to "
        "look as if it had been done in time."
    ),
    "site.all": "All",
    # The feed.
    "site.feed.title": "{name}: violations",
    "site.feed.subtitle": "Violations that the records show, and what was made good late",
    "site.feed.violated": "Not done: {duty} ({about})",
    "site.feed.late": "Done late: {duty} ({about})",
    # Method.
    "site.method": "Method and limits",
    "site.method.lead": (
        "How the figures on these pages come about, what their words mean, and what they cannot say."
    ),
    "site.method.steps": "How it is counted",
    "site.method.caption": "The rules of counting",
    "site.column.step": "Step",
    "site.column.rule": "Rule",
    "site.method.counted": "What is counted",
    "site.method.counted.rule": (
        "Obligations: one duty towards one case or period. A session with eleven duties counts eleven "
        "times."
    ),
    "site.method.which": "Which of them",
    "site.method.which.rule": (
        "Those that are fulfilled, late, violated or undetermined. Pending ones are not judged yet; those "
        "that are not applicable are not judged at all."
    ),
    "site.method.rate": "The rate",
    "site.method.rate.rule": "The share of fulfilled ones among them. What was done late is not kept.",
    "site.method.bounds": "Two bounds",
    "site.method.bounds.rule": (
        "The lower one counts every undetermined obligation as violated, the upper one as fulfilled. The "
        "truth lies between; nothing is said about where."
    ),
    "site.method.apart": "Never mixed",
    "site.method.apart.rule": (
        "The law, a municipality's own commitments, and what binds others are counted apart."
    ),
    "site.method.weights": "Weights",
    "site.method.weights.rule": "None: every obligation counts the same, however sure its source is.",
    "site.method.period": "The period",
    "site.method.period.rule": (
        "An obligation stands in the period of its due day, else of the event that it is counted from. "
        "Duties that hold at all times stand in none."
    ),
    "site.method.waived": "Accepted violations",
    "site.method.waived.rule": "Count as violations; that they are accepted is said beside.",
    "site.method.together": "All municipalities",
    "site.method.together.rule": (
        "Obligations are added up, so that a municipality with many records weighs more."
    ),
    "site.limits": "What it cannot say",
    "site.limits.gaps": (
        "It says what records show. A gap makes the bounds wide where it is declared which time the "
        "records cover; else they are taken as complete, and what is not recorded counts as not done."
    ),
    "site.limits.recent": (
        "A recent period looks better or worse than it will: what is pending there is not counted yet."
    ),
    "site.limits.few": (
        "A rate rests on how many were judged; the number stands beside. One of one is no trend."
    ),
    "site.limits.more": (
        "Who records more has more obligations. A municipality that announces no meeting has none to "
        "announce late."
    ),
    "site.limits.unseen": "Duties that no record can show are not in it.",
    "site.words": "What the words mean",
    "site.outcome.fulfilled": "A record shows that it was done in time, as the law demands.",
    "site.outcome.late": "It was done, but after the last lawful day.",
    "site.outcome.violated": "The last lawful day is over, and no record shows that it was done.",
    "site.outcome.undetermined": (
        "The records or the law do not say enough to decide. What would settle it is said with it."
    ),
    "site.outcome.pending": "The last lawful day is still to come.",
    "site.outcome.not_applicable": (
        "It was not owed after all: called off in time, given up for another date, or an exception "
        "applies. These are not shown."
    ),
    "site.word.obligation": "Obligation",
    "site.word.obligation.means": "A duty of the law in one case, as one session, or in one period.",
    "site.word.violation": "Violation",
    "site.word.violation.means": "An obligation that was met late or not at all.",
    "site.word.curable": "Can still be cured",
    "site.word.curable.means": (
        "It can still be done, or the date can be moved. What is done then counts as late, unless the date "
        "was moved in time."
    ),
    "site.word.waived": "Accepted",
    "site.word.waived.means": (
        "Somebody has decided to live with the violation until a certain day. It stays a violation."
    ),
    "site.word.commitment": "Own commitment",
    "site.word.commitment.means": "What a municipality has promised in a document of its own. It is no law.",
    "site.word.act_by": "Act by",
    "site.word.act_by.means": "The last working day on which it can be done in time.",
    "site.word.reading": "Reading",
    "site.word.reading.means": (
        "One of several meanings that the words of the law allow. Where they lead to different results, "
        "the obligation is undetermined."
    ),
    "site.grades": "How sure the law is",
    "site.grades.lead": "Every finding says how sure the source of its rule is.",
    "site.left_out": "What is left out",
    "site.left_out.lead": (
        "These pages and data show records without anything that people wrote in their own words:"
    ),
    "site.left_out.texts": (
        "Free texts of the records, as places, reasons and remarks; also where a problem would quote them."
    ),
    "site.left_out.names": (
        "Names. No verdict needs the name of a requester; who decided something in the office is left out, "
        "too."
    ),
    "site.left_out.folders": "The folders in which the files lay.",
    "site.left_out.ids": (
        "Ids of cases and events, dates, languages and channels are shown as they were recorded: names do "
        "not belong in them."
    ),
    "site.program": "The program",
    "site.program.lead": (
        "The pages are made by transparency-check, a free program, from the records and from rules that "
        "lawyers can read. The same records give the same pages, byte for byte."
    ),
    # Open data.
    "site.data.lead": "All that these pages are made of. Obligations: {number}.",
    "site.data.files": "Files",
    "site.data.findings.csv": (
        "One row for each obligation: for spreadsheets. Those that do not apply are left out."
    ),
    "site.data.findings.jsonl": "The same for programs, one object on each line.",
    "site.data.report": "The whole report: what was judged, by which law, from which files.",
    "site.data.score.csv": "The scores by municipality, area and period.",
    "site.data.score.json": "The same for programs.",
    "site.data.feeds": "To subscribe to",
    "site.data.feed": "New and changed violations, for feed readers.",
    "site.data.calendar": "What is due, for calendars.",
    "site.data.again": "To check it",
    "site.data.again.lead": (
        "report.json names the digests of all files that were judged. Whoever has the files can run the "
        "program on them and compare."
    ),
    "site.licence": "Licence",
    "site.licence.none": "No licence was named. Ask the publisher of this site how the data may be used.",
}
