"""Which files belong to a project, and what becomes of those that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.diagnostics import Severity, Span, finding
from planctl.errors import PlanctlError
from planctl.source.discover import LARGEST_FILE_BYTES, discover, read_text
from planctl.source.document import SourceText
from planctl.source.root import find_root

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("a: 1\n", encoding="utf-8")


def paths_in(root: Path) -> list[str]:
    return [source.path for source in discover(root)[0]]


def test_the_root_is_the_nearest_folder_upwards_with_a_project_file(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml", "office/planctl.yaml", "office/plans/2023/a.yaml")

    assert find_root(tmp_path / "office/plans/2023") == tmp_path / "office"


def test_a_folder_outside_of_every_project_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlanctlError) as raised:
        find_root(tmp_path)

    assert str(raised.value) == f"no planctl.yaml in {tmp_path} or above it"
    assert raised.value.message == "no planctl.yaml in {folder} or above it"


def test_plans_are_found_at_any_depth_and_rubrics_only_directly(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml", "plans/b.yml", "plans/2023/x/a.YAML", "rubrics/r.yaml", "rubrics/old/q.yaml")
    write(tmp_path, "plans/notes.txt", "other.yaml")

    assert paths_in(tmp_path) == ["planctl.yaml", "plans/2023/x/a.YAML", "plans/b.yml", "rubrics/r.yaml"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml", "plans/.git/a.yaml", "plans/._b.yaml")

    assert discover(tmp_path) == ((SourceText("planctl.yaml", "a: 1\n"),), ())


def test_a_link_out_of_the_project_is_left_out_with_a_warning(tmp_path: Path) -> None:
    root = tmp_path / "office"
    write(tmp_path, "outside.yaml", "office/planctl.yaml", "office/shared/b.yaml")
    (root / "plans").mkdir()
    (root / "plans/a.yaml").symlink_to(tmp_path / "outside.yaml")
    (root / "plans/b.yaml").symlink_to(root / "shared/b.yaml")

    sources, findings = discover(root)

    assert [source.path for source in sources] == ["planctl.yaml", "plans/b.yaml"]
    target = (tmp_path / "outside.yaml").resolve()
    assert findings == (finding("link-leaves-project", Span("plans/a.yaml"), target=target),)
    assert findings[0].severity is Severity.WARNING


def test_folders_that_link_to_themselves_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml", "plans/a.yaml")
    (tmp_path / "plans/again").symlink_to(tmp_path / "plans")

    assert paths_in(tmp_path) == ["planctl.yaml", "plans/a.yaml"]


def test_a_link_that_leads_nowhere_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/a.yaml").symlink_to(tmp_path / "plans/gone.yaml")

    (tmp_path / "plans/b.yaml").symlink_to("../planctl.yaml")
    expected = finding("link-leads-nowhere", Span("plans/a.yaml"), target=tmp_path / "plans/gone.yaml")
    assert discover(tmp_path)[1] == (expected,)


def test_a_folder_in_the_place_of_a_yaml_file_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "planctl.yaml", "plans/a.yaml/b.yaml", "plans/2025/c.yaml")
    (tmp_path / "rubrics/own.yml").mkdir(parents=True)

    assert paths_in(tmp_path) == ["planctl.yaml", "plans/2025/c.yaml", "plans/a.yaml/b.yaml"]
    expected = [finding("folder-named-yaml", Span(path)) for path in ("plans/a.yaml", "rubrics/own.yml")]
    assert list(discover(tmp_path)[1]) == expected
    assert {one.severity for one in expected} == {Severity.WARNING}


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(LARGEST_FILE_BYTES + 1)

    expected = finding("file-too-large", Span("a.yaml"), size="40,000,001", largest="40,000,000")
    assert read_text(tmp_path, "a.yaml") == (None, (expected,))


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("зам: 1\r\n".encode("utf-8-sig"))

    assert read_text(tmp_path, "a.yaml") == (SourceText("a.yaml", "зам: 1\r\n"), ())


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r"])
def test_an_old_encoding_is_named_and_the_file_is_read_all_the_same(tmp_path: Path, encoding: str) -> None:
    text = "form: resolutions\ntitle: Хурлын шийдвэрийн хэрэгжилт, Талын сум\n"
    (tmp_path / "a.yaml").write_bytes(text.encode(encoding))

    expected = finding("not-utf8", Span("a.yaml", 2, 8), encoding=encoding)
    assert read_text(tmp_path, "a.yaml") == (SourceText("a.yaml", text), (expected,))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named_and_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.yaml").write_bytes("\ufeffзам: 1\n".encode(encoding))

    expected = finding("not-utf8", Span("a.yaml"), encoding="UTF-16")
    assert read_text(tmp_path, "a.yaml") == (SourceText("a.yaml", "зам: 1\n"), (expected,))


def test_a_damaged_byte_in_utf_8_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("a: 1\nb: зам".encode() + b"\xff\n")

    expected = finding("not-utf8", Span("a.yaml", 2, 7), byte="0xFF")
    assert read_text(tmp_path, "a.yaml") == (SourceText("a.yaml", "a: 1\nb: зам\ufffd\n"), (expected,))
