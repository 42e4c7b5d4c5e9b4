"""Whom to remind and how: options, variables, configuration; what is missing or does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from reminding.conftest import SENDER, Run
from reminding.servers import HOST, Mailbox, running
from transparency_check.errors import UsageError
from transparency_check.messages.language import speaking
from transparency_check.reminding.recipients import address, recipient
from transparency_check.reminding.smtp import Credentials, server

TO = ("--to", "office@example.org")
FROM = ("--sender", SENDER)
SMTP = ("--smtp", HOST)


@pytest.mark.parametrize(
    ("value", "shown", "tag"),
    [
        ("office@example.org", "office@example.org", "en"),
        ("Office <office@example.org>", "Office <office@example.org>", "en"),
        ("sq:zyra@example.org", "zyra@example.org", "sq"),
        ("SR:kabinet@example.org", "kabinet@example.org", "sr-Latn"),
        ("sr_cyrl: Kabinet <kabinet@example.org>", "Kabinet <kabinet@example.org>", "sr-Cyrl"),
        ("zyra@komuna-klinë.example", "zyra@xn--komuna-klin-9bb.example", "en"),
    ],
)
def test_addresses(value: str, shown: str, tag: str) -> None:
    found = recipient(value, "--to")
    assert (str(found.address), found.language) == (shown, tag)


def test_the_language_of_the_run_is_that_of_who_names_none() -> None:
    with speaking("sq"):
        assert recipient("a@example.org", "--to").language == "sq"
        assert recipient("en:a@example.org", "--to").language == "en"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "office",
        "office@",
        "@example.org",
        "a@example.org, b@example.org",
        "a b@example.org",
        "xx:a@example.org",
        "a@example.org\nBcc: pwned@example.org",
        "a@exa\r\nmple.org",
        "zyrë@example.org",
        "a@example.org\x00",
        "Office <office@example.org",
        "a@b@example.org",
        "<>",
        "a@exam ple.org",
        "\u202ea@example.org",
    ],
    ids=ascii,
)
def test_what_is_no_address(value: str) -> None:
    with pytest.raises(UsageError, match="is no mail address"):
        address(value, "--to")


@pytest.mark.parametrize(
    ("value", "security", "host", "port"),
    [
        ("mail.example.org", "starttls", "mail.example.org", 587),
        ("mail.example.org", "ssl", "mail.example.org", 465),
        ("mail.example.org", "none", "mail.example.org", 25),
        ("mail.example.org:2525", "ssl", "mail.example.org", 2525),
        (" localhost:1 ", "none", "localhost", 1),
        ("[::1]", "none", "::1", 25),
        ("[2001:db8::1]:26", "none", "2001:db8::1", 26),
    ],
)
def test_servers(value: str, security: str, host: str, port: int) -> None:
    found = server(value, security, None, "--smtp")  # type: ignore[arg-type]
    assert (found.host, found.port) == (host, port)


@pytest.mark.parametrize(
    "value", ["", ":25", "a:0", "a:65536", "a:b", "a b", "::1", "smtp://a", "u@a", "a:25:26", "[]:1"]
)
def test_what_is_no_server(value: str) -> None:
    with pytest.raises(UsageError, match="is no server"):
        server(value, "none", None, "--smtp")


@pytest.mark.parametrize(
    ("host", "near"), [("localhost", True), ("127.0.0.9", True), ("[::1]", True), ("a.example", False)]
)
def test_a_password_goes_over_no_network_in_the_clear(host: str, near: bool) -> None:
    secret = Credentials("u", "p")
    assert "p" not in repr(secret).removeprefix("Credentials(user='u'")
    if near:
        assert server(host, "none", secret, "--smtp").credentials == secret
        return
    with pytest.raises(UsageError, match="for all to read"):
        server(host, "none", secret, "--smtp")
    assert server(host, "starttls", secret, "--smtp").credentials == secret


MISTAKES: dict[str, tuple[tuple[str, ...], dict[str, str], str]] = {
    "nobody": ((), {}, "Nobody is named to be reminded"),
    "no sender": ((*TO, *SMTP), {}, "A mail needs a sender"),
    "no server": ((*TO, *FROM), {}, "A mail needs a server"),
    "no address": (("--to", "office", *FROM, *SMTP), {}, "--to: office is no mail address"),
    "no address of a sender": ((*TO, "--sender", "x", *SMTP), {}, "--sender: x is no mail address"),
    "no server by that name": ((*TO, *FROM, "--smtp", "a b"), {}, "--smtp: a b is no server"),
    "no way to make it safe": ((*TO, *FROM, *SMTP, "--security", "tls"), {}, "'tls' is not one of"),
    "no horizon": ((*TO, *FROM, *SMTP, "--within", "soon"), {}, "soon"),
    "half a login": (
        (*TO, *FROM, *SMTP),
        {"TRANSPARENCY_CHECK_SMTP_USER": "u"},
        "TRANSPARENCY_CHECK_SMTP_USER and TRANSPARENCY_CHECK_SMTP_PASSWORD belong together",
    ),
    "a password that no login can send": (
        (*TO, *FROM, *SMTP),
        {"TRANSPARENCY_CHECK_SMTP_USER": "u", "TRANSPARENCY_CHECK_SMTP_PASSWORD": "pë"},
        "hold a character that no login can send",
    ),
    "no credentials there": (
        (*TO, *FROM, *SMTP, "--credentials", "none.txt"),
        {},
        "The credentials none.txt could not be read",
    ),
    "credentials in another form": (
        (*TO, *FROM, *SMTP, "--credentials", "odd.txt"),
        {},
        "odd.txt does not hold credentials",
    ),
    "the log as the report": ((*TO, *FROM, *SMTP, "--save", "log.jsonl"), {}, "log.jsonl"),
    "no earlier report": ((*TO, *FROM, *SMTP, "--since", "none.json"), {}, "none.json could not be read"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes(remind: Run, folder: Path, name: str) -> None:
    args, variables, said = MISTAKES[name]
    (folder / "odd.txt").write_text("user\n", "utf-8")
    result = remind(*args, env=variables)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


CONFIGURED = """\
[remind]
to = ["sq:zyra@example.org"]
sender = "duties@example.org"
smtp = "{smtp}"
security = "none"
within = "7d"
"""


def test_the_configuration_says_what_the_command_does_not(remind: Run, folder: Path) -> None:
    box = Mailbox()
    with running(box) as port:
        (folder / "transparency-check.toml").write_text(CONFIGURED.format(smtp=f"{HOST}:{port}"), "utf-8")
        assert remind().exit_code == 0
        assert remind("--to", "en:office@example.org", "--within", "30d").exit_code == 0
    (first, mail), (second, other) = box.taken
    assert (first, second) == ("zyra@example.org", "office@example.org")
    assert "javën e ardhshme" in mail["Subject"] and "më vonë" not in mail["Subject"]
    assert "1 later" in other["Subject"]


def test_a_variable_stands_between_them(remind: Run, folder: Path) -> None:
    (folder / "transparency-check.toml").write_text(CONFIGURED.format(smtp=HOST), "utf-8")
    variables = {"TRANSPARENCY_CHECK_REMIND_TO": "a@example.org; sr:b@example.org"}
    shown = remind("--dry-run", env=variables).stdout
    assert "To: a@example.org\n" in shown and "To: b@example.org\n" in shown and "zyra" not in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('password = "x"', "4: `password` does not belong here"),
        ('user = "x"', "TRANSPARENCY_CHECK_SMTP_USER"),
        ('credentials = "x"', "--credentials"),
        ('notify = ["json://key"]', "TRANSPARENCY_CHECK_NOTIFY"),
        ('smpt = "x"', "4: `smpt` is not a key of a reminder. Did you mean `smtp`?"),
        ('security = "tls"', "4: `tls` is not a value of `security`"),
        ('sender = "nobody"', "transparency-check.toml:4: nobody is no mail address"),
    ],
)
def test_what_the_configuration_must_not_say(remind: Run, folder: Path, line: str, said: str) -> None:
    text = f'municipality = "kline"\n[remind]\nto = ["a@example.org"]\n{line}\n'
    (folder / "transparency-check.toml").write_text(text, "utf-8")
    result = remind("--dry-run")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert "json://key" not in result.stderr
