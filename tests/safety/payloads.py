"""Hostile texts: every payload behind every beginning, at every place in a text."""

from __future__ import annotations

import os
from collections.abc import Iterator

BEGINNINGS = ("", " ", "\t", "\n", "\r\n", "\u00a0", "'", '"', ';"', "|", ",", "a;", "\u200b", "\x1b[0m")

PAYLOADS: dict[str, tuple[str, ...]] = {
    "formula": (
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1;1)",
        "=cmd|' /C calc'!A0",
        "=cmd|\u00a0'/C calc'!A0",
        '=HYPERLINK("http://pwned.example","x")',
        '=IMPORTXML("http://pwned.example","//a")',
        "-2+3+cmd|' /C calc'!A0",
        "=\t1+1",
        "\uff1d1+1",
        "\uff0b1+1",
        "\uff0d1+1",
        "\uff20SUM(1)",
        "{=1+1}",
        'DDE("cmd";"/C calc")',
    ),
    "markup": (
        "<script>pwned()</script>",
        "</script><script>pwned()</script>",
        "<svg/onload=pwned()>",
        "<img src=x onerror=pwned()>",
        "<a href='javascript:pwned()'>x</a>",
        "<!-- pwned",
        "-->",
        "]]><pwned/>",
        '" onmouseover="pwned()',
        "&lt;script&gt;",
        "&#60;script&#62;pwned()",
        "<br onclick=pwned()>",
        "</td></tr></table><pwned>",
        "<style>*{background:url(http://pwned.example)}</style>",
        "<iframe srcdoc='<script>pwned()</script>'>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    ),
    "markdown": (
        "[x](javascript:pwned())",
        "![x](http://pwned.example/x.png)",
        "[x]: http://pwned.example",
        "[x][x]",
        "<http://pwned.example>",
        "<https://pwned.example><svg/onload=pwned()>",
        "`pwned`",
        "```\npwned",
        "~~~",
        "**pwned** __pwned__ *p* _p_ ~~p~~",
        "| pwned | --- |",
        "# pwned",
        "pwned\n===",
        "---",
        "***",
        "- pwned",
        "- - - ",
        "+ pwned",
        "1. pwned",
        "1)",
        "-",
        "> pwned",
        "    pwned",
        "- [ ] pwned",
        "$$pwned$$",
        "@everyone",
        "@pwned/team",
        "a@pwned.example",
        "#12",
        "x#12",
        "\\",
        "\\|",
        "\\<script>",
        "&nbsp;",
    ),
    "terminal": (
        "\x1b[31mpwned\x1b[0m",
        "\x1b[2J\x1b[H",
        "\x1b]0;pwned\x07",
        "\x1b]8;;http://pwned.example\x1b\\x\x1b]8;;\x1b\\",
        "\x1b]52;c;cHduZWQ=\x07",
        '\x1bP$q"p\x1b\\',
        "\x1b[5i",
        "\x1b[6n",
        "\x1bc",
        "\x1b(0",
        "\x9b31m",
        "\x9d0;pwned\x9c",
        "\x90\x98\x9e\x9f",
        "\x85pwned",
        "ok\rpwned",
        "ok\b\b\bpwned",
        "\x00",
        "\x07\x0e\x0f",
        "\x0b\x0c\x1c\x1d\x1e\x1f",
        "\x7f",
        "\u2028pwned",
        "\u2029pwned",
    ),
    "direction": (
        "\u202edenwp",
        "\u202apwned\u202c",
        "\u2066pwned\u2069",
        "\u2067\u2068",
        "\u200f\u200e\u061c",
        "\u200b\u200c\u200d\u2060\ufeff\xad",
        "\u180e\u2061\u206a\u206f",
        "\U000e0001\U000e0070\U000e007f",
        "\ufff9a\ufffab\ufffb",
        "\ue000\U0010fffd",
        "\ud800",
        "\udcff",
    ),
    "command": (
        "::error::pwned",
        "::error file=a,line=1::pwned",
        "::set-output name=x::pwned",
        "::set-env name=PATH::pwned",
        "::add-mask::e",
        "::stop-commands::pwned",
        "::::error::pwned",
        "##[error]pwned",
        "##[set-env name=PATH;]pwned",
        "###[error]pwned",
        "##vso[task.setvariable variable=PATH]pwned",
        "##vso[task.complete result=Succeeded;]",
        "##teamcity[buildProblem description='pwned']",
        "section_start:1:pwned\r\x1b[0Kpwned",
    ),
    "template": (
        "{0}",
        "{n}",
        "{message!r:>9999}",
        "{",
        "}}",
        "%s%n",
        "${pwned}",
        "{{7*7}}",
        "{__class__}",
    ),
    "quotes": (
        '"},{"pwned":1}',
        '","pwned',
        '"',
        "'",
        "a,b;c\td|e",
        '"\r\n"',
        "\\u003c/script\\u003e",
        "\\",
        "\x01",
    ),
}


def placed(payload: str) -> Iterator[str]:
    """The payload alone, first, last, on a line of its own, in a long word, and where a line is broken."""
    yield payload
    yield f"{payload} and words"
    yield f"words {payload}"
    yield f"words\n{payload}\nwords"
    yield f"words; {payload}"
    yield "x" * 79 + payload
    yield "words of a text " * 6 + payload


def hostile() -> list[str]:
    """Hostile texts, each once: every payload behind every second beginning and at every place, and every
    beginning before every second payload.

    With HOSTILE_TEXTS=all every one behind every beginning at every place (``make output-safety``).
    """
    every = os.environ.get("HOSTILE_TEXTS") == "all"
    payloads = [payload for kind in PAYLOADS.values() for payload in kind]
    texts = []
    for number, payload in enumerate(payloads):
        for turn, beginning in enumerate(BEGINNINGS):
            places = list(placed(beginning + payload))
            if every:
                texts += places
            elif (number + turn) % 2 == 0:
                texts.append(places[(number + turn // 2) % len(places)])
        texts += placed(payload)
    return list(dict.fromkeys(texts))
