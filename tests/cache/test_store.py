from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from planctl.cache.store import UNUSED_DAYS, Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_value_comes_back_for_its_key_and_kind_alone(tmp_path: Path) -> None:
    value = {"mean": "93.8", "rows": [1, None], "path": "plans/Өргөн.yaml", "odd": "\udcff"}
    Store(tmp_path).put("score", "a", value)

    found = Store(tmp_path)

    assert [found.get("score", "a"), found.get("score", "b"), found.get("check", "a")] == [value, None, None]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": "b", "value": 1}', b'{"key": "a"}', b"\xff"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    store = Store(tmp_path)
    store.put("score", "a", 1)
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(content)

    assert store.get("score", "a") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file" / "folder")

    store.put("score", "a", 1)
    store.sweep()

    assert store.get("score", "a") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder to its owner by itself")
def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    Store(tmp_path / "planctl").put("score", "a", 1)

    assert (tmp_path / "planctl").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder to its owner by itself")
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777])
def test_what_others_could_have_written_is_not_believed(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "shared"
    Store(folder).put("score", "a", 1)
    folder.chmod(mode)

    shared = Store(folder)
    shared.put("score", "b", 2)
    shared.sweep()

    assert [shared.get("score", "a"), len([*folder.rglob("*.json")])] == [None, 1]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder to its owner by itself")
def test_what_another_one_owns_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).put("score", "a", 1)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)

    assert Store(tmp_path).get("score", "a") is None


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store(None)

    store.put("score", "a", 1)
    store.sweep()

    assert store.get("score", "a") is None


def test_what_nobody_asked_for_is_swept_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("score", "old", 1)
    (old,) = tmp_path.rglob("*.json")
    long_ago = time.time() - (UNUSED_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))
    store.put("score", "new", 2)

    store.sweep()

    assert [store.get("score", "old"), store.get("score", "new")] == [None, 2]


def test_what_others_put_into_the_folder_is_not_swept_away(tmp_path: Path) -> None:
    long_ago = time.time() - (UNUSED_DAYS + 1) * 86_400
    others = [tmp_path / "a.txt", tmp_path / "repositories" / "abc" / "HEAD", tmp_path / "x" / "objects" / "ab" / "c"]
    for path in others:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
        os.utime(path, (long_ago, long_ago))

    Store(tmp_path).sweep()

    assert [path.is_file() for path in others] == [True, True, True]


def test_what_is_asked_for_stays(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("score", "old", 1)
    (old,) = tmp_path.rglob("*.json")
    long_ago = time.time() - (UNUSED_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))

    store.get("score", "old")
    store.sweep()

    assert store.get("score", "old") == 1
