"""The command line: help in both languages to the last word, wrong settings refused by name."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from luoshi.site.management.commands.read import site_units
from luoshi.site.management.words import LISTED
from tests.databases import LUOSHI
from tests.story import make_world

DUE = ("due", "收到之日起15日内", "--receipt", "2026-02-09")
ENGLISH_IN_CHINESE_HELP = re.compile(r"(?<![-{\[<|,/.\w])(?!luoshi)[a-z]{3,}(?: [a-z]{3,})+")


def command(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `luoshi` with no other language than the one given."""
    kept = {k: v for k, v in os.environ.items() if k not in {"LANG", "LUOSHI_LANGUAGE"}}
    return subprocess.run(
        [LUOSHI, *words], env=kept | environment, check=False, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", LISTED)
def test_help_is_whole_in_both_languages(name: str) -> None:
    """Contract 1: `--help` of every command, argparse's own words included."""
    chinese = command(name, "--help", LUOSHI_LANGUAGE="zh").stdout
    english = command(name, "--help", LUOSHI_LANGUAGE="en").stdout
    assert chinese.startswith(f"用法：luoshi {name}")
    assert "显示本说明并退出" in chinese
    assert ENGLISH_IN_CHINESE_HELP.findall(chinese) == []
    assert english.startswith(f"usage: luoshi {name}")
    assert re.findall(r"[\u4e00-\u9fff]", english.replace("收到之日起15日内", "")) == []


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({}, True),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LUOSHI_LANGUAGE": "zh"}, True),
        ({"LANG": "zh_CN.UTF-8", "LUOSHI_LANGUAGE": "en"}, False),
    ],
)
def test_language_of_the_command_line(environment: dict[str, str], chinese: bool) -> None:
    """Contract 1: LUOSHI_LANGUAGE, else LANG, else Chinese."""
    assert command("--help", **environment).stdout.startswith("用法" if chinese else "Usage")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DATABASE_URL", "mysql://x/y", "postgresql://"),
        ("DATABASE_URL", "postgresql://u@h:99999/x", "a port from 1 to 65535"),
        ("DATABASE_URL", "postgresql://u@h/", "postgresql://"),
        ("LUOSHI_OWNER_DATABASE_URL", "x", "postgresql://"),
        ("LUOSHI_PORT", "70000", "a whole number from 1 to 65535"),
        ("LUOSHI_PORT", "８０", "a whole number from 1 to 65535"),
        ("LUOSHI_PROXY_COUNT", "9", "a whole number from 0 to 5"),
        ("LUOSHI_API_PER_MINUTE", "none", "a whole number from 1 to 1000000"),
        ("LUOSHI_ZONE", "Mars/Base", "a time zone such as Asia/Shanghai"),
        ("LUOSHI_LANGUAGE", "fr", "zh or en"),
        ("LUOSHI_SITE_LANGUAGE", "fr", "one of zh-hans, en"),
        ("LUOSHI_AUDIT_HASH", "md5", "one of sm3, sha256"),
        ("LUOSHI_DEMO", "maybe", "1 or 0"),
        ("LUOSHI_DEBUG", "maybe", "1 or 0"),
        ("LUOSHI_BEHIND_TLS", "maybe", "1 or 0"),
        ("LUOSHI_ALLOW_LOSS", "maybe", "1 or 0"),
        ("LUOSHI_VAR", "var", "an absolute path"),
        ("LUOSHI_FILES", "files", "an absolute path"),
        ("LUOSHI_FONTS", "fonts", "an absolute path"),
        ("LUOSHI_SECRET_KEY", "short", "at least 40 characters"),
    ],
)
def test_wrong_setting_is_refused_by_name(name: str, value: str, expected: str) -> None:
    """Contract 1: the name of the variable and what was expected, exit code 2, no stack."""
    done = command(*DUE, **{name: value})
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"luoshi: {name}=")
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_password_in_an_address_is_not_printed() -> None:
    """Security row 18: secrets do not appear in messages."""
    done = command(*DUE, DATABASE_URL="postgresql://u:geheim@h:99999/x")
    assert done.returncode == 2
    assert "geheim" not in done.stderr


def test_due_and_read_need_no_database() -> None:
    """Contract 2: `due` and `read` work without a database or a running site."""
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = command(*DUE, **nowhere)
    assert done.stdout.splitlines()[0] == "2026-02-24"
    gone = command("sweep", LUOSHI_LANGUAGE="en", **nowhere)
    assert gone.returncode == 1
    assert gone.stderr.startswith("luoshi: The database does not answer")


@pytest.mark.django_db
def test_read_knows_the_names_of_a_site_it_can_reach() -> None:
    """Names come from --units, from the site where it is reachable, else from the grammar alone."""
    make_world()
    assert site_units() is not None
    with connection.execute_wrapper(unreachable):
        assert site_units() is None


def into_closed_pipe(*words: str, both: bool = False) -> "subprocess.CompletedProcess[str]":
    """Run `luoshi` with a real pipe that nobody reads any more; `both`: its errors go there too."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [LUOSHI, *words],
            env=os.environ | {"LUOSHI_LANGUAGE": "en"},
            check=False,
            stdout=writer,
            stderr=writer if both else subprocess.PIPE,
            text=True,
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize("words", [(), *((name, "--help") for name in LISTED), ("check", "--help")])
def test_no_reader_ends_every_command_quietly(words: tuple[str, ...]) -> None:
    """Contract 1: a reader that went away is no error of ours: nothing said, SIGPIPE's code."""
    done = into_closed_pipe(*words)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_read_into_head_ends_quietly(tmp_path: Path, form: str, unbuffered: str) -> None:
    """Contract 1: `luoshi read FILE | head -1`: more than a pipe holds, one line of it wanted."""
    paper = tmp_path / "notice.txt"
    paper.write_text(
        "".join(f"{n}．市水利局应当于6月底前报送第{n}批情况。\n" for n in range(1, 1500))
    )
    with subprocess.Popen(
        [LUOSHI, "read", str(paper), "--format", form],
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as reading:
        assert reading.stdout and reading.stderr
        assert reading.stdout.readline().strip() in {"[", "notice: 1499"}
        reading.stdout.close()
        assert reading.stderr.read() == ""
        assert reading.wait(60) == 141


def test_refusal_nobody_reads_ends_quietly() -> None:
    """Contract 1: `2>&1 | head`: the sentence of a refusal goes nowhere, without a stack."""
    assert into_closed_pipe("read", "no-such-file.txt", both=True).returncode == 141
    assert into_closed_pipe("read", "no-such-file.txt").returncode == 2


def unreachable(*_args: object) -> None:
    """A database that does not answer."""
    raise OperationalError


def test_an_act_of_a_command_is_reached_from_the_shell(db: None) -> None:
    """Row 53: `luoshi exchange status` as a person types it."""
    settings_dict = connection.settings_dict
    address = (
        f"postgresql://{settings_dict['USER']}@/{settings_dict['NAME']}"
        f"?host={settings_dict['HOST']}"
    )
    said = command("exchange", "status", "--json", DATABASE_URL=address)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["nodes"] == []
