from __future__ import annotations

import os
import time
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl.cache import stamps
from planctl.cache.stamps import KIND, Stamps, listing, listing_of_files
from planctl.cache.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

PATHS = ["plans/a.yaml", "plans/Өргөн.yaml"]


def later() -> int:
    """Return a moment at which nothing that was just written is young any more."""
    return after(60)


def after(seconds: int) -> int:
    """Return a moment so many seconds from now."""
    return time.time_ns() + seconds * 1_000_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "plans").mkdir(parents=True)
    for path in PATHS:
        (folder / path).write_text(f"id: {path}\n", encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files whose contents were read so far."""
    names: list[str] = []
    digest = stamps._content_digest

    def noting(path: str, status: os.stat_result) -> str:
        names.append(Path(path).name)
        return digest(path, status)

    monkeypatch.setattr(stamps, "_content_digest", noting)
    return names


def contents(root: Path) -> dict[str, str]:
    return {path: sha256((root / path).read_bytes()).hexdigest() for path in PATHS if (root / path).is_file()}


def write_unnoticed(path: Path, text: str) -> None:
    """Write another text of the same length and set both times of the file back as far as a program can."""
    before = path.stat()
    assert len(text.encode()) == before.st_size
    path.write_bytes(text.encode())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


# The digests of files


def test_digests_are_those_of_the_bytes_and_a_missing_file_has_none(root: Path, store: Store) -> None:
    found = Stamps(root, store).digests([*PATHS, "plans", "plans/none.yaml", "a\0b"])

    assert found == contents(root)


def test_only_what_changed_is_read_again(root: Path, store: Store, read: list[str]) -> None:
    first = Stamps(root, store, now=later)
    first.digests(PATHS)
    first.save()
    (root / "plans/a.yaml").write_text("id: other\n", encoding="utf-8")
    read.clear()

    found = Stamps(root, store, now=later).digests(PATHS)

    assert (found, read) == (contents(root), ["a.yaml"])


def test_a_young_file_is_read_again_until_it_is_old(root: Path, store: Store, read: list[str]) -> None:
    for now in (time.time_ns, later, later):
        found = Stamps(root, store, now=now)
        found.digests(["plans/a.yaml"])
        found.save()

    assert read == ["a.yaml", "a.yaml"]


def test_a_file_system_with_whole_seconds_makes_files_young_for_longer(
    root: Path, store: Store, read: list[str]
) -> None:
    os.utime(root / "plans/a.yaml", ns=(0, (time.time_ns() // 10**9 + 5) * 10**9))
    for seconds in (6, 9, 9):
        found = Stamps(root, store, now=partial(after, seconds))
        found.digests(["plans/a.yaml"])
        found.save()

    assert read == ["a.yaml", "a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no time of the last change beside that of writing")
def test_a_writing_that_leaves_size_and_time_is_seen(root: Path, store: Store) -> None:
    first = Stamps(root, store, now=later)
    first.digests(PATHS)
    first.save()
    time.sleep(0.02)
    write_unnoticed(root / "plans/a.yaml", "id: plans/b.yaml\n")

    assert Stamps(root, store, now=later).digests(PATHS) == contents(root)


def test_another_file_moved_into_the_place_is_seen(root: Path, store: Store) -> None:
    first = Stamps(root, store, now=later)
    first.digests(PATHS)
    first.save()
    (root / "plans/b.yaml").write_text("id: plans/b.yaml\n", encoding="utf-8")
    (root / "plans/b.yaml").replace(root / "plans/a.yaml")

    assert Stamps(root, store, now=later).digests(PATHS) == contents(root)


@pytest.mark.parametrize("value", [[], "x", 1, {"plans/a.yaml": 1}, {"plans/a.yaml": "x"}, {"plans/a.yaml": ""}])
def test_a_record_of_another_shape_is_as_good_as_none(root: Path, store: Store, value: object) -> None:
    store.put(KIND, os.path.realpath(root), value)

    assert Stamps(root, store).digests(PATHS) == contents(root)


def test_the_record_keeps_what_was_not_asked_for_as_long_as_it_is_there(root: Path, store: Store) -> None:
    first = Stamps(root, store, now=later)
    first.digests(PATHS)
    first.save()
    (root / "plans/b.yaml").write_text("id: b\n", encoding="utf-8")

    second = Stamps(root, store, now=later)
    second.digests(["plans/b.yaml"])
    second.save()
    (root / "plans/a.yaml").unlink()
    (root / "plans/b.yaml").write_text("id: new\n", encoding="utf-8")
    third = Stamps(root, store, now=later)
    third.digests(["plans/b.yaml"])
    third.save()

    assert sorted(store.get(KIND, os.path.realpath(root)) or {}) == ["plans/b.yaml", "plans/Өргөн.yaml"]


# The listing of a folder


def add(root: Path) -> None:
    (root / "plans/new.yaml").write_bytes(b"")


def add_folder(root: Path) -> None:
    (root / "plans/new").mkdir()


def remove(root: Path) -> None:
    (root / "plans/a.yaml").unlink()


def rename(root: Path) -> None:
    (root / "plans/a.yaml").rename(root / "plans/b.yaml")


def edit(root: Path) -> None:
    (root / "plans/a.yaml").write_text("id: other\n", encoding="utf-8")


def edit_unnoticed(root: Path) -> None:
    write_unnoticed(root / "plans/a.yaml", "id: plans/b.yaml\n")


def edit_what_a_link_names(root: Path) -> None:
    (root.parent / "elsewhere" / "linked.yaml").write_text("id: other\n", encoding="utf-8")


def turn_a_link(root: Path) -> None:
    (root / "plans/link.yaml").unlink()
    (root / "plans/link.yaml").symlink_to("a.yaml")


def turn_a_link_to_a_folder(root: Path) -> None:
    (root / "plans/folder").unlink()
    (root / "plans/folder").symlink_to(".")


CHANGES = (
    add,
    add_folder,
    remove,
    rename,
    edit,
    edit_unnoticed,
    edit_what_a_link_names,
    turn_a_link,
    turn_a_link_to_a_folder,
)


def link(root: Path) -> None:
    """Give the project links to a file, to a folder, nowhere, and in circles."""
    outside = root.parent / "elsewhere"
    outside.mkdir()
    (outside / "linked.yaml").write_text("id: linked\n", encoding="utf-8")
    try:
        (root / "plans/link.yaml").symlink_to(outside / "linked.yaml")
        (root / "plans/folder").symlink_to(outside, target_is_directory=True)
        (root / "plans/nowhere.yaml").symlink_to("none")
        (root / "plans/circle").symlink_to(root / "plans", target_is_directory=True)
        (root / "plans/itself").symlink_to("itself")
    except OSError:
        pytest.skip("this system makes no links")


@pytest.mark.parametrize("as_of", [time.time_ns, lambda: 0], ids=["now", "long ago"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_listing_changes_with_whatever_changes(
    root: Path, change: Callable[[Path], None], as_of: Callable[[], int]
) -> None:
    link(root)
    moment = as_of()
    before = listing([str(root)], as_of=moment)
    unchanged = listing([str(root)], as_of=moment)

    change(root)

    assert unchanged == before
    assert listing([str(root)], as_of=moment) != before


def test_a_listing_of_old_files_reads_none_of_them(root: Path, read: list[str]) -> None:
    listing([str(root)], as_of=later())

    assert read == []


def test_a_listing_tells_what_is_missing_from_what_is_there(root: Path) -> None:
    places = [str(root / "planctl.yaml"), str(root / "plans")]
    before = listing(places, as_of=0)

    (root / "planctl.yaml").write_bytes(b"")

    assert listing(places, as_of=0) != before


def test_a_listing_leaves_out_what_does_not_count(root: Path) -> None:
    before = listing([str(root)], as_of=0, without={"__pycache__"})

    (root / "plans/__pycache__").mkdir()
    (root / "plans/__pycache__/a.pyc").write_bytes(b"")

    assert listing([str(root)], as_of=0, without={"__pycache__"}) == before


def test_a_listing_reads_no_pipe(root: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    os.mkfifo(root / "plans/pipe.yaml")

    assert listing([str(root)], as_of=0)


def test_of_named_files_only_they_count(tmp_path: Path) -> None:
    for name in ("a", "b", "stranger"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    long_after = time.time_ns() + 60_000_000_000

    def told(as_of: int) -> str:
        return listing_of_files(str(tmp_path), ["a", "b", "none", "\0"], as_of=as_of)

    before = [told(0), told(long_after)]
    (tmp_path / "stranger").unlink()
    same = [told(0), told(long_after)]
    (tmp_path / "b").write_text("longer", encoding="utf-8")
    edited = [told(0), told(long_after)]
    (tmp_path / "none").write_text("", encoding="utf-8")
    new = [told(0), told(long_after)]

    assert same == before
    assert [len({*pair}) for pair in zip(before, edited, new, strict=True)] == [3, 3]


def test_a_listing_changes_when_a_folder_above_leads_elsewhere(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "plans").mkdir(parents=True)
    link = tmp_path / "link"
    try:
        link.symlink_to("a", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    moment = later()
    before = listing([f"{link}/plans"], as_of=moment)

    link.unlink()
    link.symlink_to("b", target_is_directory=True)

    assert listing([f"{link}/plans"], as_of=moment) != before
