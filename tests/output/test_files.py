"""Writing a file so that there is always the old one or the new one."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path
from typing import Any

import pytest

from planctl.errors import PlanctlError
from planctl.output.files import remove_file, replace_file, sweep, write_all


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    assert replace_file(tmp_path / "a" / "b" / "c.docx", b"new")

    assert (tmp_path / "a" / "b" / "c.docx").read_bytes() == b"new"
    assert names(tmp_path / "a" / "b") == {"c.docx"}


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "c.docx"
    replace_file(path, b"same")
    os.utime(path, ns=(1, 1))

    assert not replace_file(path, b"same")
    assert path.stat().st_mtime_ns == 1


@pytest.mark.parametrize("old", [b"", b"older", b"a longer one than before"])
def test_other_content_takes_the_place_of_the_old(tmp_path: Path, old: bytes) -> None:
    path = tmp_path / "c.docx"
    path.write_bytes(old)

    assert replace_file(path, b"newer")
    assert path.read_bytes() == b"newer"


def test_a_file_that_is_open_in_word_stays_and_nothing_is_left_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.docx"
    path.write_bytes(b"old")

    def refuse(_aside: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(PlanctlError, match="if it is open in Word or Excel, close it and run again"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"c.docx"}


@pytest.mark.parametrize(("holder", "step"), [(os, "fsync"), (Path, "replace")])
def test_a_full_disk_leaves_the_old_file_and_nothing_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holder: object, step: str
) -> None:
    path = tmp_path / "c.docx"
    path.write_bytes(b"old")

    def full(*_given: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(holder, step, full)

    with pytest.raises(PlanctlError, match=r"c\.docx cannot be written: No space left on device"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"c.docx"}


def test_an_interruption_leaves_the_old_file_and_nothing_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.docx"
    path.write_bytes(b"old")

    def interrupted(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)

    with pytest.raises(KeyboardInterrupt):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == {"c.docx"}


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.docx").mkdir()

    with pytest.raises(PlanctlError, match=r"c\.docx cannot be written"):
        replace_file(tmp_path / "c.docx", b"new")
    assert names(tmp_path) == {"c.docx"}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")

    with pytest.raises(PlanctlError, match=r"build/c\.docx cannot be written"):
        replace_file(tmp_path / "build" / "c.docx", b"new")


def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path: Path) -> None:
    (tmp_path / "other.docx").write_bytes(b"theirs")
    (tmp_path / "c.docx").symlink_to("other.docx")

    assert replace_file(tmp_path / "c.docx", b"new")
    assert (tmp_path / "other.docx").read_bytes() == b"theirs"


def test_removing_what_is_not_there_is_no_failure(tmp_path: Path) -> None:
    remove_file(tmp_path / "c.docx")


def test_what_cannot_be_removed_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.docx").mkdir()

    with pytest.raises(PlanctlError, match=r"c\.docx cannot be removed"):
        remove_file(tmp_path / "c.docx")


def test_what_killed_runs_left_aside_is_swept_after_an_hour(tmp_path: Path) -> None:
    for name in (".c.docx.123.part", ".d.docx.7.part", ".mine.part", "c.docx.123.part", ".c.docx.x.part"):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    os.utime(tmp_path / ".d.docx.7.part", (time.time(), time.time()))

    sweep(tmp_path)

    assert names(tmp_path) == {".d.docx.7.part", ".mine.part", "c.docx.123.part", ".c.docx.x.part"}


def test_sweeping_where_nothing_was_built_does_nothing(tmp_path: Path) -> None:
    sweep(tmp_path / "build")

    assert names(tmp_path) == set()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def three_files(folder: Path) -> dict[Path, tuple[bytes | None, bytes]]:
    """Return what is to be written: two files that are there, and one in a new folder."""
    (folder / "a.yaml").write_bytes(b"a")
    (folder / "b.yaml").write_bytes(b"b")
    return {
        folder / "a.yaml": (b"a", b"new a"),
        folder / "plans" / "2025" / "c.yaml": (None, b"new c"),
        folder / "b.yaml": (b"b", b"new b"),
    }


def test_several_files_are_written_at_once(tmp_path: Path) -> None:
    write_all(three_files(tmp_path))

    assert contents(tmp_path) == {"a.yaml": b"new a", "b.yaml": b"new b", "plans/2025/c.yaml": b"new c"}


def test_a_file_that_was_changed_since_it_was_read_keeps_all_from_being_written(tmp_path: Path) -> None:
    files = three_files(tmp_path)
    (tmp_path / "b.yaml").write_bytes(b"theirs")

    with pytest.raises(PlanctlError, match=r"b\.yaml was changed by somebody else just now; nothing was written"):
        write_all(files)
    assert contents(tmp_path) == {"a.yaml": b"a", "b.yaml": b"theirs"}
    assert names(tmp_path) == {"a.yaml", "b.yaml"}


def test_a_file_that_came_into_being_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    files = three_files(tmp_path)
    (tmp_path / "plans" / "2025").mkdir(parents=True)
    (tmp_path / "plans" / "2025" / "c.yaml").write_bytes(b"theirs")

    with pytest.raises(PlanctlError, match="was changed by somebody else"):
        write_all(files)
    assert contents(tmp_path) == {"a.yaml": b"a", "b.yaml": b"b", "plans/2025/c.yaml": b"theirs"}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
@pytest.mark.parametrize(("holder", "step"), [(os, "fsync"), (Path, "replace")])
@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_what_fails_in_the_middle_leaves_every_file_as_it_was(  # noqa: PLR0913, PLR0917
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, holder: Any, step: str, fails_at: int, error: BaseException
) -> None:
    files = three_files(tmp_path)
    real, calls = getattr(holder, step), []

    def failing(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == fails_at:
            raise error
        return real(*given)

    monkeypatch.setattr(holder, step, failing)

    with pytest.raises((PlanctlError, KeyboardInterrupt)):
        write_all(files)
    assert contents(tmp_path) == {"a.yaml": b"a", "b.yaml": b"b"}
    assert names(tmp_path) == {"a.yaml", "b.yaml"}


def test_what_cannot_be_put_back_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = three_files(tmp_path)
    real, calls = Path.replace, []

    def failing(aside: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(aside, target)

    monkeypatch.setattr(Path, "replace", failing)

    with pytest.raises(PlanctlError, match=r"No space left.*; these files are changed already: .*a\.yaml$"):
        write_all(files)
    assert contents(tmp_path) == {"a.yaml": b"new a", "b.yaml": b"b"}


def test_a_link_among_several_files_stays_one(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_bytes(b"old")
    (tmp_path / "a.yaml").symlink_to("other.yaml")

    write_all({tmp_path / "a.yaml": (b"old", b"new")})

    assert (tmp_path / "a.yaml").is_symlink()
    assert (tmp_path / "other.yaml").read_bytes() == b"new"
