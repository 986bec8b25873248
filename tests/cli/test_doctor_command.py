"""`planctl doctor`: what the machine gives planctl to work with."""

from __future__ import annotations

import os
import platform
from typing import TYPE_CHECKING

import pytest

from planctl import __version__
from planctl.cli import doctor
from planctl.cli.cache_folder import FOLDER, NONE
from planctl.output import pdf
from planctl.source import reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from running import Ran


def lines(told: Ran) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in told.out.splitlines())


def test_versions_parser_fonts_and_terminal_are_told(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = planctl("doctor", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    shown = lines(told)
    assert shown["planctl"] == __version__
    assert shown["Python"].startswith(platform.python_version())
    assert {*doctor.LIBRARIES, "YAML parser", "fonts", "LibreOffice", "terminal"} <= set(shown)


def test_the_parser_in_use_is_told(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "CParser", None)

    assert lines(planctl("doctor", cwd=tmp_path))["YAML parser"] == "ruamel.yaml"


def test_a_machine_without_fonts_and_office_is_told_so(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "FONT_FOLDERS", ())
    monkeypatch.delenv(pdf.CHOSEN, raising=False)
    monkeypatch.setattr(pdf, "PLACES", ())

    shown = lines(planctl("doctor", cwd=tmp_path))

    assert shown["fonts"] == "none of Arial, Liberation Sans found"
    assert shown["LibreOffice"] == "not found; only `planctl build --pdf` needs it"


@pytest.mark.parametrize(
    ("commands", "shown"),
    [('echo "LibreOffice 7.4.7.2 40(Build:2)"', "7.4.7.2 40(Build:2)"), ("exit 1", "does not tell its version")],
)
def test_where_libreoffice_is_and_its_version_are_told(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: str, shown: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{commands}\n")
    program.chmod(0o755)
    monkeypatch.setenv(pdf.CHOSEN, str(program))

    assert lines(planctl("doctor", cwd=tmp_path))["LibreOffice"] == f"{shown} ({program})"


def test_fonts_are_looked_for_in_the_folders_of_windows(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ARIAL.TTF").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "FONT_FOLDERS", (str(tmp_path / "none"), str(tmp_path)))

    assert lines(planctl("doctor", cwd=tmp_path))["fonts"] == "Arial"


@pytest.mark.parametrize("lister", ["exec sleep 60", "exit 1", "printf '\\377\\376'"])
def test_a_font_lister_that_hangs_fails_or_babbles_does_no_harm(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lister: str
) -> None:
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\n{lister}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(doctor, "SECONDS", 0.2)

    assert planctl("doctor", cwd=tmp_path).code == 0


# Kept results


def kept(planctl: Callable[..., Ran], cwd: Path) -> str:
    return lines(planctl("doctor", cwd=cwd))["kept results"]


def test_where_results_are_kept_and_how_much_is_told(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kept results"
    monkeypatch.setenv(FOLDER, str(folder))
    before = kept(planctl, tmp_path)
    (folder / "replay").mkdir(parents=True, mode=0o700)
    (folder / "replay" / "one.json").write_bytes(b" " * 1_500_000)

    assert before == f"{folder}; nothing is there yet"
    assert kept(planctl, tmp_path) == f"{folder}; 2 MB"


def test_that_nothing_is_kept_as_somebody_wished_so_is_told(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NONE, "1")

    assert kept(planctl, tmp_path) == "none are kept, as PLANCTL_NO_CACHE is set"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folder to its owner by itself")
@pytest.mark.parametrize(
    ("mode", "owner", "told"),
    [
        (0o777, 0, "none are kept: others may write {folder}; `chmod 700` makes it yours alone"),
        (0o700, 1, "none are kept: {folder} belongs to somebody else"),
    ],
)
def test_why_a_folder_is_not_used_is_told(  # noqa: PLR0913, PLR0917  # the cases
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, owner: int, told: str
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(mode)
    monkeypatch.setenv(FOLDER, str(folder))
    us = os.geteuid() + owner
    monkeypatch.setattr(os, "geteuid", lambda: us)

    assert kept(planctl, tmp_path) == told.format(folder=folder)


def test_a_place_where_no_folder_can_be_made_is_told_of(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch(mode=0o600)
    folder = tmp_path / "file" / "kept"
    monkeypatch.setenv(FOLDER, str(folder))

    assert kept(planctl, tmp_path) == f"none are kept: {folder} cannot be written"
