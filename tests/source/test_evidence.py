from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.source.evidence import is_project_file, project_files

if TYPE_CHECKING:
    from pathlib import Path

PATHS = (
    *("a.txt", "photos/b.txt", "photos//b.txt", "./a.txt", "photos/../a.txt", "none/../a.txt", "photos/./b.txt"),
    *("", ".", "..", "photos", "photos/", "photos/.", "photos/..", "none.txt", "none/a.txt", "a.txt/b.txt", "a.txt/"),
    *("../outside.txt", "../project/a.txt", "/etc/hostname", "photos\\b.txt", "a\0b", "photos\0/b.txt", "x" * 5000),
    *("link.txt", "out.txt", "nowhere.txt", "itself", "album/b.txt", "away/outside.txt", "away/../a.txt", "circle/x"),
    "Өргөн/зураг.txt",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for path in ("a.txt", "photos/b.txt", "Өргөн/зураг.txt", "../outside.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(b"")
    return folder


def link(root: Path) -> None:
    for name, target in (
        ("link.txt", "a.txt"),
        ("out.txt", "../outside.txt"),
        ("nowhere.txt", "none"),
        ("itself", "itself"),
        ("album", "photos"),
        ("away", ".."),
        ("circle", "circle/x"),
    ):
        try:
            (root / name).symlink_to(target)
        except OSError:
            pytest.skip("this system makes no links")


@pytest.mark.parametrize("by_link", [False, True])
def test_many_paths_are_told_as_each_alone(root: Path, tmp_path: Path, *, by_link: bool) -> None:
    link(root)
    if by_link:
        (tmp_path / "door").symlink_to(root)
        root = tmp_path / "door"

    assert project_files(root, PATHS) == {path for path in PATHS if is_project_file(root, path)}


def test_files_inside_the_project_are_found(root: Path) -> None:
    assert project_files(root, PATHS) >= {"a.txt", "photos/b.txt", "Өргөн/зураг.txt"}
