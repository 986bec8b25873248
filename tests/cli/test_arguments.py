"""What the command line accepts, what it answers to the rest, and in which language."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planctl import __version__, cli
from planctl.cli import usage
from planctl.render import FORMATS
from running import OFFICE, Ran, process, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMMANDS = (
    *((name,) for name, *_rest in cli.COMMANDS),
    ("actuals", "new"),
    ("collect", "out"),
    ("collect", "in"),
    ("collect", "status"),
    ("template", "list"),
    ("template", "copy"),
)


def test_the_version_is_told_on_standard_output(tmp_path: Path) -> None:
    told = process("--version", cwd=tmp_path)

    assert (told.returncode, told.stdout, told.stderr) == (0, f"planctl {__version__}\n".encode(), b"")


def test_the_version_is_told_after_another_option_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    assert planctl("--lang", "mn", "--version", cwd=tmp_path) == Ran(0, f"planctl {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["mn", "en"])
def test_every_command_has_a_help_of_80_columns(
    planctl: Callable[..., Ran], tmp_path: Path, command: tuple[str, ...], lang: str
) -> None:
    told = planctl(*command, "--help", cwd=tmp_path, lang=lang)

    assert (told.code, told.err) == (0, "")
    assert f"planctl {' '.join(command)} " in told.out
    assert max(map(len, told.out.splitlines())) <= 80


def test_the_help_names_every_command(tmp_path: Path) -> None:
    told = process("--help", cwd=tmp_path, PYTHONIOENCODING="utf-8").stdout.decode()

    listed = set(re.findall(r"^  ([a-z-]+)", told.split("Commands:\n")[1], re.MULTILINE))
    assert listed == {name for name, *_rest in (*cli.COMMANDS, *cli.GROUPS)}


@pytest.mark.parametrize("arguments", [(), ("template",), ("actuals",), ("collect",)], ids=repr)
def test_without_a_command_the_help_is_shown_and_nothing_was_done(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    told = planctl(*arguments, cwd=tmp_path)

    assert (told.code, told.err) == (2, "")
    assert "Usage:" in told.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_calls_values_by_words_and_not_by_types(
    planctl: Callable[..., Ran], tmp_path: Path, command: tuple[str, ...]
) -> None:
    told = planctl(*command, "--help", cwd=tmp_path)

    assert not re.findall(r"<\w+", told.out)


@pytest.mark.parametrize("line", ["build --help", "template --help", "template", "--help"])
def test_the_first_word_of_the_help_is_in_the_language_in_use(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(usage, "said", str.upper)

    assert planctl(*line.split(), cwd=tmp_path).out.startswith("USAGE: planctl ")


WRONG = {
    "bogus": "planctl: No such command 'bogus'; `planctl --help` shows how",
    "approvals": "planctl: No such command 'approvals'; the nearest: approve; `planctl --help` shows how",
    "template bogus": "planctl: No such command 'bogus'; `planctl template --help` shows how",
    "score --bogus": "planctl: there is no option --bogus; `planctl score --help` shows how",
    "score --format yaml": (
        "planctl: --format: “yaml” is none of table, json, csv, md; `planctl score --help` shows how"
    ),
    "check --format csv": (
        "planctl: --format: “csv” is none of text, json, github, gitlab, sarif, junit; `planctl check --help` shows how"
    ),
    "score --period 2023-H3": (
        "planctl: --period: “2023-H3” is not a period such as 2023, 2023-H1 or 2023-Q3; "
        "`planctl score --help` shows how"
    ),
    "score --period": "planctl: --period takes a value; `planctl --help` shows how",
    "build --as-of 2023-02-30": (
        "planctl: --as-of: “2023-02-30” is not a date such as 2023-12-25; `planctl build --help` shows how"
    ),
    "build --as-of 20231225": (
        "planctl: --as-of: “20231225” is not a date such as 2023-12-25; `planctl build --help` shows how"
    ),
    "build --format pdf": (
        f"planctl: --format: “pdf” is not a format; the formats are {', '.join(FORMATS)}; "
        "`planctl build --help` shows how"
    ),
    "check --jobs 0": "planctl: --jobs: “0” is not a whole number from 1 on; `planctl check --help` shows how",
    "build --jobs two": "planctl: --jobs: “two” is not a whole number from 1 on; `planctl build --help` shows how",
    "build --format ,": (
        f"planctl: --format: “” is not a format; the formats are {', '.join(FORMATS)}; `planctl build --help` shows how"
    ),
    "explain": "planctl: DOCUMENT#ITEM | DOCUMENT | CODE is missing; `planctl explain --help` shows how",
    "init": "planctl: FOLDER is missing; `planctl init --help` shows how",
    "actuals new council": "planctl: --period is missing; `planctl actuals new --help` shows how",
    "doctor now": "planctl: now: more than the command takes; `planctl doctor --help` shows how",
    "check --lang fr": "planctl: --lang: “fr” is none of mn, en",
    "check --lang": "planctl: --lang: “” is none of mn, en",
    "check nowhere.yaml": "planctl: nowhere.yaml does not exist",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_command_line_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path, line: str) -> None:
    write(tmp_path, OFFICE)

    assert planctl(*line.split(), cwd=tmp_path) == Ran(2, "", WRONG[line] + "\n")


@pytest.mark.parametrize(
    "line",
    ["check", "score", "build", "explain council", "actuals new council --period 2024", "template copy summary.docx"],
)
def test_outside_of_a_project_one_line_says_so(planctl: Callable[..., Ran], tmp_path: Path, line: str) -> None:
    told = planctl(*line.split(), cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: no planctl.yaml in {tmp_path.as_posix()} or above it\n")


def test_a_current_folder_that_is_gone_is_told_in_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from planctl.__main__ import run; sys.exit(run(['check']))"

    told = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, check=False)

    assert (told.returncode, told.stdout, told.stderr.count(b"\n")) == (2, b"", 1)


LANGUAGES = {
    "the option before the command": (("--lang", "mn", "check"), {"PLANCTL_LANG": "en"}, "mn"),
    "the option after the command": (("check", "--lang=mn"), {"PLANCTL_LANG": "en"}, "mn"),
    "the option with a country": (("check", "--lang", "mn_MN.UTF-8"), {"PLANCTL_LANG": "en"}, "mn"),
    "PLANCTL_LANG": (("check",), {"PLANCTL_LANG": "mn", "LC_ALL": "en_US.UTF-8"}, "mn"),
    "PLANCTL_LANG before the project's": (("check",), {"PLANCTL_LANG": "en", "LC_ALL": "mn_MN.UTF-8"}, "en"),
    "the locale": (("check",), {"PLANCTL_LANG": "", "LC_ALL": "mn_MN.UTF-8"}, "mn"),
    "a language that planctl does not speak": (("check",), {"PLANCTL_LANG": "fr", "LC_ALL": "C"}, "en"),
}


@pytest.mark.parametrize("case", LANGUAGES)
def test_the_language_is_taken_from(case: str, tmp_path: Path) -> None:
    arguments, environment, language = LANGUAGES[case]
    write(tmp_path, OFFICE)

    told = process(*arguments, cwd=tmp_path, **environment)

    assert told.returncode == 0
    assert told.stderr.decode() == {"en": "0 errors\n0 warnings\n", "mn": "0 алдаа\n0 анхааруулга\n"}[language]


def test_the_projects_language_holds_where_nothing_else_is_said(tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"planctl.yaml": OFFICE["planctl.yaml"] + "language: mn\n"})

    told = process("check", cwd=tmp_path, PLANCTL_LANG="", LC_ALL="en_US.UTF-8")

    assert told.stderr.decode() == "0 алдаа\n0 анхааруулга\n"
