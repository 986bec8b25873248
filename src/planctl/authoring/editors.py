"""What makes an editor complete, explain and underline plans as they are written: schemas, and where to find them.

In: the levels to suggest. Out: files by their path in the project, all paths relative, so that a project can be moved.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from planctl.authoring.schema import IN_EDITORS, schema
from planctl.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.authoring.model_schema import Json
    from planctl.authoring.schema import Levels
    from planctl.words import Language

SCHEMAS = ".planctl/schema"
"""The folder of the schemas in a project."""

VS_CODE: Mapping[str, Json] = {
    ".vscode/extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
    ".vscode/settings.json": {
        "yaml.schemas": {f"{SCHEMAS}/{name}.json": [*files] for name, files in IN_EDITORS.items()},
        "yaml.validate": True,
        "yaml.hover": True,
        "yaml.completion": True,
        "yaml.schemaStore.enable": False,
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        },
    },
}
"""What VS Code reads; the catalogue of schemas on the web is left alone, as offices may have no network."""

NEOVIM = ".nvim.lua"


def neovim() -> str:
    """Return what Neovim reads: the same, with absolute paths that it works out itself."""
    schemas = "\n".join(
        f'  [vim.uri_from_fname(folder .. "{name}.json")] = {{ {", ".join(json.dumps(file) for file in files)} }},'
        for name, files in IN_EDITORS.items()
    )
    return f"""\
-- Neovim 0.11 or later reads this where `:set exrc` is on; it needs yaml-language-server.
local here = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h")
local folder = here .. "/{SCHEMAS}/"
local schemas = {{
{schemas}
}}
vim.lsp.config("yamlls", {{
  cmd = {{ "yaml-language-server", "--stdio" }},
  filetypes = {{ "yaml" }},
  root_markers = {{ "planctl.yaml" }},
  settings = {{ yaml = {{ schemas = schemas, schemaStore = {{ enable = false, url = "" }} }} }},
}})
vim.lsp.enable("yamlls")
"""


def schema_files(levels: Levels, *, first: Language) -> dict[str, str]:
    """Return the schemas that editors need, by the name of their file."""
    return {f"{name}.json": as_text(schema(name, levels, first=first)) for name in IN_EDITORS}


def is_current(files: Mapping[str, str], levels: Levels) -> bool:
    """Tell whether these are the schemas that planctl would write now, whichever language comes first in them."""
    found = {name: text.replace("\r\n", "\n") for name, text in files.items()}
    return any(found == schema_files(levels, first=language) for language in LANGUAGES)


def as_text(value: Json) -> str:
    """Return JSON as it is written: for people too, and ending in a line's end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def merged(written: str, wanted: Json) -> str | None:
    """Return an office's own JSON with what it lacks of the wanted; nothing of it is changed or lost.

    None where it cannot be done: remarks, which JSON does not have, would be lost.
    """
    try:
        have = json.loads(written)
    except ValueError:
        return None
    if not isinstance(have, dict):
        return None
    whole = _joined(have, wanted)
    indent = re.search(r"^[ \t]+", written, re.MULTILINE)
    return written if whole == have else json.dumps(whole, ensure_ascii=False, indent=indent[0] if indent else 2) + "\n"


def _joined(have: object, wanted: object) -> object:
    match have, wanted:
        case dict(), dict():
            added = {key: value for key, value in wanted.items() if key not in have}
            return {key: _joined(value, wanted.get(key)) for key, value in have.items()} | added
        case list(), list():
            return [*have, *(value for value in wanted if value not in have)]
        case _:
            return have
