from __future__ import annotations

from planctl.work.packing import packed, unpacked


def test_a_value_and_named_bytes_come_back_as_they_were() -> None:
    value = {"id": "council", "rows": [1, None, "Өргөн Үзэмчин", "\udcff"]}
    named = {"plans/нэгдэл.yaml": b"form: x\r\n", "": b"", "a/../b": b"\x00\xff"}

    assert unpacked(packed(value, named)) == (value, named)


def test_the_same_value_gives_the_same_bytes() -> None:
    assert packed({"a": 1}, {"b": b"c"}) == packed({"a": 1}, {"b": b"c"})
