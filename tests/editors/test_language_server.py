"""In an editor: keys and words are offered, a key is explained, and a mistake is underlined in its line.

A project as `planctl init` makes it, and the language server that VS Code and Neovim run, with the project's own
settings.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from language_server import Server, command, nested, serving

from planctl.__main__ import run
from planctl.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAN = """\
form: resolutions
id: council
title: Хурлын тогтоол
sections:
  - title: Хурал
    decisions:
      - title: Хөгжлийн тухай
        clauses:
          - id: plan-1
            text: Тайлагнах
"""
ACTUALS = """\
actuals: council
period: 2023
items:
  plan-1:
    progress: Тайлагнав.
    state: closed
    self: 90
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if command() is None:
        pytest.skip("node or yaml-language-server is missing")
    root = tmp_path_factory.mktemp("төслийн хавтас") / "office"
    assert run(["init", str(root), "--lang", "mn"]) == 0
    settings = json.loads((root / ".vscode" / "settings.json").read_text("utf-8"))
    with serving(root, nested(settings)) as started:
        yield started


def test_the_files_of_a_new_project_are_not_underlined(server: Server) -> None:
    for path in ("planctl.yaml", "plans/council.yaml", "plans/council.2026.yaml"):
        assert server.diagnostics(path, (server.root / path).read_text("utf-8")) == []


# What is underlined


def test_a_wrong_key_is_underlined_in_its_line(server: Server) -> None:
    assert server.diagnostics("plans/a.yaml", PLAN.replace("text:", "tekst:")) == [
        (9, 'Missing property "text".'),
        (10, "Property tekst is not allowed."),
    ]


def test_a_wrong_state_is_underlined_with_the_states_there_are(server: Server) -> None:
    ((line, message),) = server.diagnostics("plans/a.2023.yaml", ACTUALS.replace("closed", "done"))

    assert line == 6
    assert message.startswith('Value is not accepted. Valid values: "not-due", "not-evaluated", ')


def test_a_wrong_score_and_a_wrong_form_are_told_in_our_words(server: Server) -> None:
    ((line, message),) = server.diagnostics("plans/b.2023.yaml", ACTUALS.replace("90", "сайн"))
    assert (line, message.split(" / ")[-1]) == (7, "per cent, such as `100`, `82,2` or `70%`")
    ((line, message),) = server.diagnostics("plans/b.yaml", PLAN.replace("resolutions", "resolution"))
    assert (line, "resolutions" in message) == (1, True)


def test_a_wrong_key_of_a_scale_is_underlined(server: Server) -> None:
    assert (1, "Property rubrik is not allowed.") in server.diagnostics("rubrics/own.yaml", "rubrik: own\n")


# What is offered


def test_a_new_file_is_offered_the_keys_that_say_what_it_is(server: Server) -> None:
    assert {"form", "actuals"} <= {*server.completions("plans/c.yaml", "|")}
    assert {*server.completions("plans/c.yaml", "form: |")} == {*FORMS}


def test_the_keys_of_the_form_are_offered(server: Server) -> None:
    offered = {*server.completions("plans/d.yaml", "form: action-plan\n|\n")}

    assert {"id", "title", "year", "weighted", "sections"} <= offered
    assert not {"goals", "items", "period"} & offered


def test_the_keys_of_an_entry_are_offered(server: Server) -> None:
    offered = {*server.completions("plans/d.2023.yaml", ACTUALS.replace("    self: 90\n", "    |\n"))}

    assert {"self", "superior", "reason", "evidence", "reached"} <= offered


def test_states_are_offered(server: Server) -> None:
    offered = {*server.completions("plans/e.2023.yaml", ACTUALS.replace("closed", "|"))}

    assert {"not-due", "not-evaluated", "postponed", "repealed", "merged", "closed"} <= offered


def test_levels_are_offered_with_their_names(server: Server) -> None:
    offered = server.completions("plans/f.2023.yaml", ACTUALS.replace("90", "|"))

    assert [text for label, text in offered.items() if " — " in label] == ["100", "90", "70", "50", "30", "0"]
    assert offered["100 — Үр дүнтэй / Effective"] == "100"


# What is explained


def test_a_key_is_explained_in_both_languages(server: Server) -> None:
    shown = server.hover("plans/g.2023.yaml", ACTUALS.replace("self:", "se|lf:"))

    assert "Өөрийн үнэлгээ, хувиар.\n\nThe office's own evaluation, in per cent." in shown


def test_a_file_is_led_to_its_schema_by_its_first_line_wherever_it_lies(server: Server) -> None:
    modeline = "# yaml-language-server: $schema=../.planctl/schema/plans.json\n"

    assert server.diagnostics("elsewhere/a.yaml", PLAN.replace("text:", "tekst:")) == []
    assert [line for line, _ in server.diagnostics("elsewhere/b.yaml", modeline + PLAN.replace("text:", "tekst:"))] == [
        10,
        11,
    ]
