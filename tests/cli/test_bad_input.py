"""Whatever lies in a project's folder: findings or one line, never a traceback."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from running import OFFICE, started, surroundings, write

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

PLAN = OFFICE["plans/council.yaml"].replace("id: council", "id: strange")
MEMORY_BYTES = 3_000_000_000


OTHER_COMMANDS = (
    "score",
    "score --format json",
    "explain council",
    "explain council#waste-1",
    "template list",
    "actuals new council --period 2030",
    "doctor",
)


def checked(project: Path) -> tuple[int, set[str]]:
    """Build and check the project; return the exit code of `check` and the codes of its errors."""
    built = limited("build", "--format", "html", cwd=project)
    assert built.returncode in {0, 1}, built.stderr.decode()[-2000:]
    told = limited("check", "--format", "json", cwd=project)
    assert told.returncode in {0, 1}, told.stderr.decode()[-2000:]
    return told.returncode, {one["code"] for one in json.loads(told.stdout)["findings"] if one["severity"] == "error"}


def limited(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run planctl with bounded memory, so that a runaway ends itself and not the machine."""
    return started(arguments, cwd=cwd, env=surroundings(), memory=MEMORY_BYTES)


FILES: dict[str, tuple[str | bytes, str]] = {
    "an empty file": ("", "file-empty"),
    "comments alone": ("# nothing yet\n", "file-empty"),
    "a list": ("- form: resolutions\n- id: council\n", "top-not-mapping"),
    "a text": ("just words\n", "top-not-mapping"),
    "another mapping": ("name: value\n", "unknown-kind"),
    "an unknown form": ("form: novel\nid: x\n", "unknown-form"),
    "a form that is a mapping": ("form: {a: b}\nid: x\n", "expected-text"),
    "a form that is empty": ("form:\nid: x\n", "empty-value"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + os.urandom(0) + b"\xff\xfe\x00\x01" * 1000, "not-utf8"),
    "every byte there is": (bytes(range(256)) * 4, "not-utf8"),
    "nothing but zeros": (b"\x00" * 5000, "control-character"),
    "cp1251": (PLAN.encode("cp1251", errors="replace"), "not-utf8"),
    "cp866": (PLAN.encode("cp866", errors="replace"), "not-utf8"),
    "UTF-16 with its mark": (PLAN.encode("utf-16"), "not-utf8"),
    "UTF-16 without its mark": (PLAN.encode("utf-16-le"), "control-character"),
    "UTF-32": (PLAN.encode("utf-32"), "not-utf8"),
    "a cut letter": (PLAN.encode()[:-1] + b"\xd1", "not-utf8"),
    "lists in lists": ("[" * 50_000, "nested-too-deep"),
    "lists in lists that end": (
        "form: resolutions\nid: deep\nextra: " + "[" * 5000 + "]" * 5000 + "\n",
        "nested-too-deep",
    ),
    "mappings in mappings": ("".join(f"{' ' * at}k:\n" for at in range(300)), "nested-too-deep"),
    "quotes without an end": ("form: resolutions\nid: 'x\ntitle: \"y\n", "missing-key"),
    "a sign, a quote and a line": ("!'\n~", "top-not-mapping"),
    "sections that are a text": ("form: resolutions\nid: x\ntitle: y\nsections: none\n", "expected-list"),
    "sections of nothing": ("form: resolutions\nid: x\ntitle: y\nsections: [~, [], {}, a]\n", "expected-mapping"),
    "a clause without anything": (
        "form: resolutions\nid: x\ntitle: y\nsections:\n- title: z\n  decisions:\n  - clauses: [{}]\n",
        "missing-key",
    ),
    "actuals of nothing": ("actuals:\nperiod:\nitems:\n", "empty-value"),
    "actuals of a list": ("actuals: [council]\nperiod: [2023]\nitems: [a]\n", "expected-text"),
    "items that are texts": ("actuals: council\nperiod: 2023-H1\nitems:\n  waste-1: done\n", "expected-mapping"),
    "a score of a thousand digits": (
        f"actuals: council\nperiod: 2023-H1\nitems:\n  waste-1:\n    self: {'9' * 1000}\n",
        "not-a-score",
    ),
    "an id that leads out of the folder": (PLAN.replace("id: strange", "id: ../../etc/passwd"), "bad-document-id"),
    "an id of Windows' own": (PLAN.replace("id: strange", "id: con"), "bad-document-id"),
    "a key of half a million letters": (f"form: resolutions\n{'k' * 500_000}: x\n", "yaml-syntax"),
    "a line of a million letters": (f"form: resolutions\nid: x\ntitle: {'т' * 500_000}\nsections: []\n", ""),
}


@pytest.mark.parametrize("case", FILES)
def test_a_strange_file_is_a_finding_beside_the_good_ones(tmp_path: Path, case: str) -> None:
    content, code = FILES[case]
    write(tmp_path, OFFICE, {"plans/strange.yaml": content})

    told, codes = checked(tmp_path)

    assert told == 1 or not code
    assert not code or code in codes
    assert (tmp_path / "build" / "council.2023.table.html").is_file()


@pytest.mark.parametrize("command", OTHER_COMMANDS)
def test_every_command_bears_all_of_them_at_once(tmp_path: Path, command: str) -> None:
    strange = {f"plans/{at}.yaml": content for at, (content, _code) in enumerate(FILES.values())}
    write(tmp_path, OFFICE, strange)

    told = limited(*command.split(), cwd=tmp_path)

    assert told.returncode in {0, 1, 2}, told.stderr.decode()[-2000:]


@pytest.mark.parametrize("command", OTHER_COMMANDS)
@pytest.mark.parametrize("settings", ["", "planctl: 1\nunits: [\n", "- a list\n"])
def test_every_command_bears_strange_settings(tmp_path: Path, command: str, settings: str) -> None:
    write(tmp_path, OFFICE, {"planctl.yaml": settings})

    told = limited(*command.split(), cwd=tmp_path)

    assert told.returncode in {0, 1, 2}, told.stderr.decode()[-2000:]


SETTINGS: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "file-empty"),
    "broken": ("planctl: 1\nunits: [\n", "unclosed-bracket"),
    "a list": ("- planctl: 1\n", "top-not-mapping"),
    "without its version": ("organisation: x\n", "missing-key"),
    "of a version to come": ("planctl: 2\n", "unexpected-value"),
    "with units that are a list": ("planctl: 1\nunits: [legal]\n", "expected-mapping"),
    "with a unit that is empty": ("planctl: 1\nunits:\n  legal:\n", "empty-value"),
    "with templates that are a text": ("planctl: 1\ntemplates: own.docx\n", "expected-mapping"),
    "with a rounding of many": ("planctl: 1\nrounding: 12\n", "unexpected-value"),
    "with an unknown rubric": (OFFICE["planctl.yaml"].replace("mn-2020", "mn-1920"), "unknown-rubric"),
    "with a language that is a list": (OFFICE["planctl.yaml"] + "language: [mn, en]\n", "expected-text"),
    "binary": (b"\xff\x00\xfe" * 3000, "not-utf8"),
    "in cp1251": (OFFICE["planctl.yaml"].encode("cp1251", errors="replace"), "not-utf8"),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_that_are(tmp_path: Path, case: str) -> None:
    content, code = SETTINGS[case]
    write(tmp_path, OFFICE, {"planctl.yaml": content})

    told, codes = checked(tmp_path)

    assert (told, code in codes) == (1, True)
    assert not list((tmp_path / "build").glob("*.html"))


def test_a_file_of_50_million_bytes_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    with (tmp_path / "plans" / "junk.yaml").open("wb") as file:
        file.truncate(50_000_000)

    assert checked(tmp_path) == (1, {"file-too-large"})


def test_settings_of_50_million_bytes_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    with (tmp_path / "planctl.yaml").open("wb") as file:
        file.truncate(50_000_000)

    told, codes = checked(tmp_path)

    assert (told, "file-too-large" in codes) == (1, True)


def test_folders_links_and_pipes_named_like_plans_do_no_harm(tmp_path: Path) -> None:
    write(
        tmp_path,
        OFFICE,
        {"plans/folder.yaml/council.2022.yaml": OFFICE["plans/council.2023.yaml"].replace("2023", "2022")},
    )
    plans = tmp_path / "plans"
    (plans / "circle").symlink_to(".", target_is_directory=True)
    (plans / "up").symlink_to("../plans", target_is_directory=True)
    os.mkfifo(plans / "pipe.yaml")
    (plans / ".hidden.yaml").write_text("[")
    (plans / "notes.txt").write_text("[")

    assert checked(tmp_path) == (0, set())


@pytest.mark.parametrize(("target", "code"), [("loop.yaml", "file-unreadable"), ("missing.yaml", "link-leads-nowhere")])
def test_a_link_that_leads_nowhere_is_a_finding(tmp_path: Path, target: str, code: str) -> None:
    write(tmp_path, OFFICE)
    (tmp_path / "plans" / "loop.yaml").symlink_to(target)

    assert checked(tmp_path) == (1, {code})


def test_evidence_that_is_a_circle_of_links_is_missing(tmp_path: Path) -> None:
    evidence = "    evidence:\n      - file: evidence/loop.pdf\n  waste-2:\n"
    write(
        tmp_path,
        OFFICE,
        {"plans/council.2023.yaml": OFFICE["plans/council.2023.yaml"].replace("  waste-2:\n", evidence)},
    )
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "loop.pdf").symlink_to("loop.pdf")

    told = limited("check", "--format", "json", cwd=tmp_path)

    assert [one["code"] for one in json.loads(told.stdout)["findings"]] == ["missing-evidence"]


def test_a_folder_in_the_place_of_plans_may_be_missing_or_a_file(tmp_path: Path) -> None:
    write(tmp_path / "missing", {"planctl.yaml": OFFICE["planctl.yaml"]})
    write(tmp_path / "file", {"planctl.yaml": OFFICE["planctl.yaml"], "plans": "x"})

    for project in ("missing", "file"):
        told = limited("check", cwd=tmp_path / project)

        assert (told.returncode, told.stdout) == (2, b"")
        assert told.stderr.decode() == "planctl: there is nothing to check here: the project has no plan\n"


def test_ten_thousand_files_are_read(tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {f"plans/{at % 100}/{at}.yaml": "form: [\n" if at % 2 else "" for at in range(10_000)})

    told = limited("check", "--format", "json", cwd=tmp_path)

    assert (told.returncode, json.loads(told.stdout)["total"] >= 10_000) == (1, True)


def test_names_that_other_systems_would_not_take_do_no_harm(tmp_path: Path) -> None:
    faulty = "form: [\n"
    write(tmp_path, OFFICE, {"plans/a b'\".yaml": faulty, "plans/line\nbreak.yaml": faulty, "plans/Өө.YAML": faulty})
    with open(os.fsencode(tmp_path / "plans") + b"/bad\xff.yaml", "wb") as file:  # noqa: PTH123  # no text has this name
        file.write(OFFICE["plans/council.2023.yaml"].replace("2023", "2022").encode())

    for arguments in (("check",), ("check", "--format", "json"), ("build", "--format", "html")):
        told = limited(*arguments, cwd=tmp_path)
        assert told.returncode == 1, told.stderr.decode()[-2000:]
        assert (told.stdout + told.stderr).decode()
    assert (tmp_path / "build" / "council.2022.table.html").is_file()
