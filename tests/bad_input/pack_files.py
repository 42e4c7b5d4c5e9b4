"""Files of packs: YAML and tables that are damaged, hostile, or mean something else than they seem."""

# Tables are read across, however long their lines.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from packs.small_pack import DUTY_FILE, SECOND_FILE

YAML_FILES = ("pack.yaml", "instruments.yaml", "events.yaml", DUTY_FILE, SECOND_FILE)
TABLES = ("municipalities.csv", "calendar.csv")
BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 60))


@dataclass(frozen=True)
class Broken:
    """A change of a whole file: the code of the first defect and words of its message; none where the file means
    what it meant.
    """

    name: str
    change: Callable[[str], str | bytes]
    code: str = ""
    words: str = ""
    # Where it is told, as ``line:column`` or ``line``; anywhere in the file where it depends on the file.
    place: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Meant:
    """A text in place of another one in a file of the small pack, and what is told: place, code and words; nothing
    where it is read as it stands.
    """

    name: str
    file: str
    old: str
    new: str
    told: tuple[str, str, str] | None = None

    def __str__(self) -> str:
        return self.name


# In whatever file of YAML.
YAML = [
    Broken("an anchor", lambda text: text.replace(": ", ": &a ", 1),
           "pack-anchor", "An anchor (`&a`) is not used in packs. Delete it."),
    Broken("values that grow when read", lambda text: BOMB, "pack-anchor", "An anchor (`&a0`) is not used", "1:5"),
    Broken("a value that holds itself", lambda text: "&a [*a]", "pack-anchor", "An anchor (`&a`)", "1:1"),
    Broken("an anchor of a thousand letters", lambda text: f"a: &{'x' * 1000} 1", "pack-anchor", "xxx...`)", "1:4"),
    Broken("an object of Python", lambda text: "a: !!python/object:os.system x", "pack-tag", "A tag (", "1:4"),
    Broken("a merge", lambda text: "a: 1\n<<: {b: 2}\nc: !!merge x", "pack-tag", "A tag (", "3:4"),
    Broken("two documents", lambda text: f"{text}---\n{text}", "pack-documents", "A second document begins here"),
    Broken("a directive", lambda text: f"%YAML 1.1\n---\n{text}", "pack-directive", "A directive", "1:1"),
    Broken("a directive that nobody knows", lambda text: f"# why\n\n%FOO\n---\n{text}", "pack-directive", "%", "3:1"),
    Broken("a directive below comments with CR", lambda text: "# why\r\n" * 500 + "%FOO\r\n", "pack-directive", "%", "501:1"),
    Broken("comments with CR", lambda text: "# why\r\n" * 500, "pack-empty", "The file is empty.", "1:1"),
    Broken("a key twice", lambda text: "a: 1\nb: 2\na: 3\n", "pack-duplicate-key",
           "The key `a` stands here a second time; the first is in line 1.", "3:1"),
    Broken("a key twice, once quoted", lambda text: 'a: 1\n"\\x61": 3\n', "pack-duplicate-key", "The key `a`", "2:1"),
    Broken("a list for a key", lambda text: "? [a, b]\n: 1\n", "pack-key", "A key is a single text", "1:3"),
    Broken("100,000 brackets", lambda text: "[" * 100_000, "pack-depth", "nested deeper than 40 levels", "1:41"),
    Broken("100,000 braces", lambda text: "{a: " * 100_000, "pack-depth", "nested deeper than 40 levels"),
    Broken("100,000 dashes", lambda text: "- " * 100_000, "pack-depth", "nested deeper than 40 levels", "1:81"),
    Broken("a tab", lambda text: "a:\n\tb: 1\n", "pack-yaml", "Indent with spaces, not with tabs.", "2:1"),
    Broken("a bracket without end", lambda text: "a: [1, 2\n", "pack-yaml", "expected ',' or ']'"),
    Broken("a quote without end", lambda text: 'a: "b\n', "pack-yaml", "This is not readable as YAML"),
    Broken("nothing", lambda text: "", "pack-empty", "The file is empty.", "1:1"),
    Broken("remarks only", lambda text: "# later\n", "pack-empty", "The file is empty.", "1:1"),
    Broken("a text", lambda text: "later", "pack-shape", "This file is a", "1:1"),
    Broken("more than 2 MB", lambda text: text + "#" * 2_000_001, "pack-size", "more than 2000000 are not read"),
    Broken("an escape that cannot be seen", lambda text: '"\\e[31mred": 1\n', "pack-invisible", "(U+001B)", "1:1"),
    Broken("an override of direction, escaped", lambda text: 'a: "x\\u202e"\n', "pack-invisible", "(U+202E)", "1:4"),
    Broken("half a character", lambda text: 'a: "\\ud800"\n', "pack-text", "holds half a character", "1:4"),
    Broken("a character beyond Unicode", lambda text: 'a: "\\U00110000"\n', "pack-yaml", "not readable as YAML"),
    Broken("lines that end with CR LF", lambda text: text.replace("\n", "\r\n")),
    Broken("lines that end with CR", lambda text: text.replace("\n", "\r")),
]  # fmt: skip
# In whatever file.
TEXT = [
    Broken("the mark of UTF-8", lambda text: "\ufeff" + text),
    Broken("the mark twice", lambda text: "\ufeff\ufeff" + text, "pack-invisible", "(U+FEFF)", "1:1"),
    *(Broken(codec, lambda text, codec=codec: text.encode(codec), "pack-encoding", "This line is not UTF-8", "1")
      for codec in ("utf-16", "utf-32")),
    Broken("utf-16 without mark", lambda text: "".join(filter(str.isascii, text)).encode("utf-16-le"), "pack-invisible", "(U+0000)", "1:2"),
    Broken("Windows-1250", lambda text: f"ë\n{text}".encode("cp1250"), "pack-encoding", "This line is not UTF-8", "1"),
    *(Broken(f"U+{ord(c):04X}", lambda text, c=c: f"{text[:1]}{c}{text[1:]}", "pack-invisible", f"(U+{ord(c):04X})",
             "1:2") for c in "\0\x1b\x85\u2028\u200b\u200f\u202e\u2066"),
]  # fmt: skip
TABLE = [
    Broken("nothing", lambda text: "", "pack-empty", "The file is empty.", "1"),
    Broken("a quote without end", lambda text: f'{text}"x', "pack-table", "This is not readable as CSV"),
    Broken("a row with two cells", lambda text: f"{text}a,b\n", "pack-table", "The row has 2 cells; the header has"),
    Broken("a cell of 200,000 letters", lambda text: f"{text}{'x' * 200_000}\n", "pack-table", "field larger than"),
    Broken("a column twice", lambda text: text.replace("name_sr", "name_sq", 1), "pack-duplicate-key", "stands here tw"),
    Broken("other delimiters", lambda text: text.replace(",", ";"), "pack-missing-key", "is missing. Add it.", "1"),
    Broken("lines that end with CR LF", lambda text: text.replace("\n", "\r\n")),
]  # fmt: skip


def _duty(name: str, old: str, new: str, told: tuple[str, str, str] | None = None) -> Meant:
    return Meant(name, SECOND_FILE, old, new, told)


def _number(name: str, new: str, code: str, words: str) -> Meant:
    return _duty(name, "n: 1,", f"n: {new},", ("8:28", code, words))


# What YAML of old would read as something else, and numbers and days that are none.
MEANINGS = [
    _duty("NO", "bearer: the assembly", "bearer: NO"),
    _duty("on", "en: What follows", "en: on"),
    _duty("yes", "en: What follows", "en: yes"),
    _duty("a day as a text", "bearer: the assembly", "bearer: 2026-01-01"),
    _duty("yes for a choice", "severity: advisory", "severity: yes", ("5:11", "pack-value", "`yes` is not a value of")),
    _duty("true for a text", "bearer: the assembly", "bearer: true", ("4:9", "pack-type", "the flag true; expected is")),
    _duty("null for a key", "bearer:", "~:", ("1:1", "pack-missing-key", "`bearer` is missing")),
    _number("1:30", "1:30", "pack-type", '`n` is the text "1:30"'),
    _number("014", "014", "pack-number", "`014` begins with a zero."),
    _number("0x1F", "0x1F", "pack-number", "could be read as a number that packs do not know"),
    _number("0o17", "0o17", "pack-number", "could be read as a number that packs do not know"),
    _number("1_000", "1_000", "pack-type", '`n` is the text "1_000"'),
    _number("1.0", "1.0", "pack-type", "`n` is the number 1.0"),
    _number("1e400", "1e400", "pack-number", "is too large for a number."),
    _number(".inf", ".inf", "pack-number", "could be read as a number"),
    _number(".nan", ".nan", "pack-number", "could be read as a number"),
    _number("5,000 digits", "9" * 5000, "pack-number", "is too long for a number."),
    _number("below 0", "-1", "pack-value", "`n` is -1; it must be at least 0."),
    _number("longer than a hundred years", "36501", "pack-value", "`n` is 36501; it must be at most 36500."),
    *(_duty(f"the day {day}", "{instrument: law-1,", f"{{instrument: law-1, from: {day},",
            ("9:38", "pack-value", f"`{day}` is no date.")) for day in (
        "2020-02-30", "20200101", "01.01.2020", "2020-01-01T10:00")),
    *(Meant(f"the recurrence {rule[:40]}", SECOND_FILE, "trigger: {obligation: XK-MTG-001}\n",
            f'calendar: {{rrule: "{rule}", roll: none}}\n', ("6:19", "pack-rrule", words)) for rule, words in (
        ("FREQ=SECONDLY", "The frequency is one of"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "names no day at all"),
        ("FREQ=WEEKLY;BYSETPOS=9;BYDAY=MO", "names no day at all"),
        ("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0` is not a number from 1 to 999."),
        ("FREQ=DAILY;INTERVAL=-1", "`INTERVAL=-1` is not a number from 1 to 999."),
        ("FREQ=YEARLY;INTERVAL=99999999999999999999", "is not a number from 1 to 999."),
        ("FREQ=YEARLY;FREQ=DAILY", "is not a recurrence."),
        ("FREQ=YEARLY;COUNT=0", "names no day at all"),
        ("FREQ=YEARLY;UNTIL=19990101", "names no day at all"),
        ("FREQ=YEARLY;BYMONTH=13", "names no day at all"),
        ("FREQ=YEARLY;BYHOUR=25", "is not a recurrence ("),
    )),
    Meant("a municipality in capitals", "municipalities.csv", "kline", "KLINE", ("2", "pack-form", "small letters")),
    Meant("a municipality twice", "municipalities.csv", "drenas,", "kline,", ("3", "pack-duplicate-id", "stands in line 2")),
    Meant("a day off that there is not", "calendar.csv", "2026-01-01", "2026-02-30", ("2", "pack-value", "is no date.")),
    Meant("a day off in the order of an office", "calendar.csv", "2026-01-01", "01.01.2026",
          ("2", "pack-value", "is no date.")),
    Meant("perhaps off", "calendar.csv", ",yes,", ",maybe,", ("2", "pack-value", "`maybe` is not a value of `off`.")),
]  # fmt: skip
