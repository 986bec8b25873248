"""Terminals that cannot show every letter: offices on Windows have consoles of cp1251 and cp866."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from running import OFFICE, process, write

if TYPE_CHECKING:
    from pathlib import Path

# Ө Ү ө ү and – — are in no old code page; № and « » are in one of the two.
ACTUALS = OFFICE["plans/council.2023.yaml"].replace("waste-2:", "өгөөж-ҮӨ:").replace("self: 100", "self: №9")
FAULTY = {"plans/council.2023.yaml": ACTUALS}
COMMANDS = (
    "check",
    "score",
    "explain council",
    "explain council#waste-1",
    "explain score-not-in-rubric",
    "explain өгөөж",
    "doctor",
    "--help",
    "check --help",
    "template list",
    "build --format xlsx",
    "score --format yaml",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("encoding", "lang"), [("cp1251", "mn"), ("cp866", "mn"), ("ascii", "mn"), ("cp866", "en")])
def test_every_command_survives(tmp_path: Path, command: str, encoding: str, lang: str) -> None:
    write(tmp_path, OFFICE, FAULTY if command == "check" else {})

    told = process(*command.split(), cwd=tmp_path, PYTHONIOENCODING=encoding, PLANCTL_LANG=lang)

    assert told.returncode in {0, 1, 2}
    # Everything is in the letters of the terminal: it decodes, and nothing else was put among it.
    shown = told.stdout.decode(encoding) + told.stderr.decode(encoding)
    assert shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("command", ["check", "score", "explain council", "explain council#waste-1", "doctor"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_no_letter_of_either_language_becomes_a_question_mark(tmp_path: Path, command: str, encoding: str) -> None:
    write(tmp_path, OFFICE, FAULTY if command == "check" else {})

    whole = process(*command.split(), cwd=tmp_path, PYTHONIOENCODING="utf-8", PLANCTL_LANG="mn").stdout
    shown = process(*command.split(), cwd=tmp_path, PYTHONIOENCODING=encoding, PLANCTL_LANG="mn").stdout

    assert shown.decode(encoding).count("?") == whole.decode().count("?")


@pytest.mark.parametrize("encoding", ["cp1251", "cp866"])
def test_letters_that_a_code_page_lacks_are_shown_as_offices_wrote_them(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, OFFICE, FAULTY)

    told = process("check", cwd=tmp_path, PYTHONIOENCODING=encoding)

    assert "єгєєж-ЇЄ" in told.stdout.decode(encoding)


@pytest.mark.parametrize("command", ["check", "score"])
@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "utf-16", "ascii"])
def test_json_in_a_pipe_is_utf8_whatever_the_terminal(tmp_path: Path, command: str, encoding: str) -> None:
    write(tmp_path, OFFICE, FAULTY if command == "check" else {})

    told = process(command, "--format", "json", cwd=tmp_path, PYTHONIOENCODING=encoding)

    whole = json.loads(told.stdout.decode("utf-8"))
    assert "өгөөж-ҮӨ" in str(whole) or "тогтоол" in str(whole)
    assert b"\r" not in told.stdout
