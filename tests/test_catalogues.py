"""Everything planctl says, it says in Mongolian too: whole, with the same blanks, in Mongolian letters."""

from __future__ import annotations

import importlib.util
import os
import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.mofile import read_mo

from planctl import words
from planctl.codes import CODES, Code
from running import started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from babel.messages.catalog import Message

TOOL = Path(__file__).parent.parent / "tools" / "catalogues.py"
LETTERS = frozenset("абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя")
LANGUAGE_VARIABLES = ("PLANCTL_LANG", "LANG", "LC_")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


catalogues = _tool()
MESSAGES: tuple[Message, ...] = tuple(message for message in catalogues.current() if message.id)


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return the sentence; the one for one and the one for many where it has both."""
    return (text,) if isinstance(text, str) else tuple(text)


def _english(message: Message) -> tuple[str, ...]:
    return _forms(message.id)


def _mongolian(message: Message) -> tuple[str, ...]:
    return _forms(message.string or "")


def _blanks(text: str) -> set[str]:
    """Return what stands between the braces; a doubled brace is a brace."""
    return {field for _text, field, _spec, _conversion in Formatter().parse(text) if field is not None}


def _mixed(text: str) -> list[str]:
    """Return the words of the text that have letters of two alphabets, or a letter that no Mongolian keyboard has."""
    prose = re.sub(r"`[^`]*`|\{[^{}]*\}", " ", text)
    found = re.findall(r"[^\W\d_]+", prose)
    return [word for word in found if not word.isascii() and not set(word.casefold()) <= LETTERS]


# The catalogue


def test_every_sentence_of_the_source_is_translated() -> None:
    assert catalogues.untranslated(catalogues.current()) == []


def test_the_po_file_is_the_one_that_the_tool_writes() -> None:
    assert catalogues.PO.read_bytes() == catalogues.as_po(catalogues.current())


def test_the_compiled_file_says_what_the_po_file_says() -> None:
    with catalogues.PO.with_suffix(".mo").open("rb") as file:
        compiled = {_english(message): _mongolian(message) for message in read_mo(file) if message.id}

    assert compiled == {_english(message): _mongolian(message) for message in MESSAGES}


def test_a_translation_has_the_blanks_of_its_sentence() -> None:
    differing = [
        said
        for message in MESSAGES
        for said in _mongolian(message)
        if _blanks(said) != set().union(*map(_blanks, _english(message)))
    ]

    assert differing == []


def test_a_translation_keeps_what_is_typed_as_it_is() -> None:
    """Keys and commands stand between backticks; a translation may name more of them, and never fewer."""
    lost = {
        english: typed
        for message in MESSAGES
        for english, mongolian in zip(_english(message), _mongolian(message), strict=False)
        if (typed := set(re.findall(r"`[^`]+`", english)) - set(re.findall(r"`[^`]+`", mongolian)))
    }

    assert lost == {}


def test_no_word_mixes_latin_and_mongolian_letters() -> None:
    assert [word for message in MESSAGES for said in _mongolian(message) for word in _mixed(said)] == []


@pytest.mark.parametrize("word", ["төлөвлөгoө", "тѳсѳл", "їнэлгээ", "тайланd"])
def test_a_word_with_a_foreign_letter_is_noticed(word: str) -> None:
    assert _mixed(f"энэ {word} `code` {{blank}} Word") == [word]


def test_quotations_stand_in_mongolian_marks() -> None:
    assert [said for message in MESSAGES for said in _mongolian(message) if set(said) & set("“”„")] == []


# What a code says


@pytest.fixture
def in_both_languages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    words.use("en")


@pytest.mark.usefixtures("in_both_languages")
@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_code_speaks_both_languages(code: Code) -> None:
    words.use("mn")
    mongolian = list(_sentences(code))
    words.use("en")
    english = list(_sentences(code))

    assert [one for one in english if one in mongolian] == []
    assert [one for one in mongolian if not re.search("[а-яёөү]", one)] == []


def _sentences(code: Code) -> Iterator[str]:
    for sentence in (code.message, *code.hints):
        yield words.said(sentence, {name: f"<{name}>" for name in _blanks(sentence)})
    yield words.translated(code.explanation)


# What a run says


PLAN = "form: resolution\nid: council\ntitle: Report\nsections: []\n"
IN_MONGOLIAN = """\
plans/council.yaml:1:7: алдаа: unknown-form: «resolution» гэсэн маягт алга
    «resolutions» гэж бичих гэсэн үү?
"""
IN_ENGLISH = """\
plans/council.yaml:1:7: error: unknown-form: there is no form “resolution”
    did you mean “resolutions”?
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one mistake and without a Mongolian letter, which says nothing of a language."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "planctl.yaml").write_text("planctl: 1\norganisation: Office\n", encoding="utf-8")
    (tmp_path / "plans" / "council.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def _run(project: Path, *arguments: str, **variables: str) -> tuple[str, str]:
    """Return what planctl writes to standard output and standard error; `variables` alone name a language."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(LANGUAGE_VARIABLES)}
    env = {**own, "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8", **variables}
    told = started(arguments, cwd=project, env=env)
    return told.stdout.decode().replace("\r\n", "\n"), told.stderr.decode().replace("\r\n", "\n")


def test_lang_mn_makes_findings_mongolian(project: Path) -> None:
    assert _run(project, "--lang", "mn", "check")[0] == IN_MONGOLIAN


def test_planctl_lang_makes_findings_english(project: Path) -> None:
    assert _run(project, "check", PLANCTL_LANG="en", LC_ALL="mn_MN.UTF-8")[0] == IN_ENGLISH


def test_a_mongolian_system_makes_findings_mongolian(project: Path) -> None:
    assert _run(project, "check", LC_ALL="mn_MN.UTF-8")[0] == IN_MONGOLIAN


def test_lang_goes_before_every_other_wish(project: Path) -> None:
    assert _run(project, "check", "--lang", "en", PLANCTL_LANG="mn", LC_ALL="mn_MN.UTF-8")[0] == IN_ENGLISH


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("build", "--help"),
        ("actuals", "new", "--help"),
        ("score",),
        ("build",),
        ("doctor",),
        ("explain", "missing-entry"),
        ("explain", "template-broken-tag"),
        ("explain", "nothing"),
        ("check", "nowhere"),
    ],
    ids=" ".join,
)
def test_every_command_speaks_mongolian(project: Path, arguments: tuple[str, ...]) -> None:
    mongolian = "".join(_run(project, *arguments, PLANCTL_LANG="mn"))
    english = "".join(_run(project, *arguments, PLANCTL_LANG="en"))

    assert re.search("[а-яёөү]{4}", mongolian)
    assert not re.search("[а-яёөү]", english)


def test_the_count_of_findings_is_mongolian(project: Path) -> None:
    assert _run(project, "check", PLANCTL_LANG="mn")[1] == "1 алдаа\n0 анхааруулга\n"
