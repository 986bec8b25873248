"""The manifest: what is written is read back, and what nobody wrote is refused."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import pytest

from planctl.errors import PlanctlError
from planctl.output.manifest import NAME, Input, Manifest, Output, read_outputs

if TYPE_CHECKING:
    from pathlib import Path

OUTPUT = Output(
    path="тогтоол.2023.table.docx",
    document="тогтоол",
    period="2023",
    sheet="table",
    format="docx",
    digest="ab" * 32,
    made_from=(Input("plans/тогтоол.yaml", "cd" * 32),),
)
MANIFEST = Manifest(planctl="1", libraries={}, as_of=None, revision=None, user=None, outputs=(OUTPUT,))


@pytest.mark.parametrize("outputs", [(), (OUTPUT,), (OUTPUT, replace(OUTPUT, made_from=(), as_of="2024-01-31"))])
def test_it_reads_as_the_library_writes_it(outputs: tuple[Output, ...]) -> None:
    whole = replace(MANIFEST, outputs=outputs, revision='"outputs": []', refused=("council 2023",))

    plainly = json.dumps({"manifest": 1, **asdict(whole)}, ensure_ascii=False, indent=2) + "\n"
    assert whole.to_json().decode() == plainly


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(MANIFEST.to_json())

    assert read_outputs(tmp_path) == (OUTPUT,)


def test_a_source_whose_name_is_no_text_is_written_and_read_back(tmp_path: Path) -> None:
    output = replace(OUTPUT, made_from=(Input("plans/bad\udcff.yaml", "cd" * 32),))
    (tmp_path / NAME).write_bytes(replace(MANIFEST, outputs=(output,)).to_json())

    assert read_outputs(tmp_path) == (output,)


@pytest.mark.parametrize("folder", [".", "missing", "file/below"])
def test_where_nothing_was_built_there_are_no_outputs(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").write_bytes(b"")

    assert read_outputs(tmp_path / folder) == ()


def changed(**values: Any) -> str:
    whole = json.loads(MANIFEST.to_json())
    whole["outputs"][0] |= values
    return json.dumps(whole)


BROKEN: dict[str, str | bytes] = {
    "nothing": "",
    "half of it": MANIFEST.to_json().decode()[:200],
    "a list": "[]",
    "a number": "1",
    "no outputs": "{}",
    "outputs that are no list": '{"outputs": 1}',
    "an output that is a text": '{"outputs": ["x"]}',
    "a path that is a number": changed(path=1),
    "a document that is a list": changed(document=[]),
    "inputs that are none": changed(made_from=None),
    "an input that is a text": changed(made_from=["x"]),
    "a depth that nobody wrote": "[" * 100_000,
    "another encoding": MANIFEST.to_json().decode().encode("cp1251"),
    "the marks of a merge": "<<<<<<< HEAD\n{}\n",
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_manifest_that_cannot_be_understood_is_told(tmp_path: Path, case: str) -> None:
    content = BROKEN[case]
    (tmp_path / NAME).write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(PlanctlError, match=r"manifest\.json cannot be understood; delete it and build again"):
        read_outputs(tmp_path)


def test_a_folder_in_the_place_of_the_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()

    with pytest.raises(PlanctlError, match=r"manifest\.json cannot be read"):
        read_outputs(tmp_path)
