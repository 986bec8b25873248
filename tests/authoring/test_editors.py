"""What editors read: an office's own settings keep all they say, and nothing leads out of the project."""

from __future__ import annotations

import json

import pytest

from planctl.authoring.editors import VS_CODE, merged, neovim
from planctl.authoring.schema import IN_EDITORS

WANTED = {"on": True, "schemas": {"a.json": ["x", "y"]}, "list": ["one"]}


def test_what_is_lacking_is_added_and_what_is_there_stays() -> None:
    written = '{\n    "on": false,\n    "schemas": {\n        "a.json": ["z"],\n        "b.json": "w"\n    }\n}\n'

    assert json.loads(merged(written, WANTED) or "") == {
        "on": False,
        "schemas": {"a.json": ["z", "x", "y"], "b.json": "w"},
        "list": ["one"],
    }


def test_the_indentation_is_kept() -> None:
    assert merged('{\n\t"on": true,\n\t"list": []\n}\n', {"list": ["өө"]}) == (
        '{\n\t"on": true,\n\t"list": [\n\t\t"өө"\n\t]\n}\n'
    )


def test_what_lacks_nothing_stays_as_it_was_written() -> None:
    written = '{"list":["one","two"], "schemas":{"a.json":["y","x"]},"on":0}'

    assert merged(written, WANTED) == written


@pytest.mark.parametrize("written", ['{ // mine\n "on": true }', '{"on": true,}', "[]", "", "{"])
def test_what_json_cannot_hold_is_left_alone(written: str) -> None:
    assert merged(written, WANTED) is None


def test_every_schema_is_named_by_a_path_within_the_project() -> None:
    schemas = VS_CODE[".vscode/settings.json"]["yaml.schemas"]

    assert schemas == {f".planctl/schema/{name}.json": [*files] for name, files in IN_EDITORS.items()}
    assert [file for files in IN_EDITORS.values() for file in files if file not in neovim()] == []
