"""What the program says, in the reader's language: gettext catalogues in `locale/`, English being the message id.

In: an English sentence with blanks in braces. Out: the sentence in the language in use, filled in. The language is set
once, by the command line, before anything is said.
"""

from __future__ import annotations

import gettext
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["mn", "en"]
LANGUAGES: tuple[Language, ...] = ("mn", "en")
DOMAIN = "planctl"
CAUSE = "problem"
"""The blank for what keeps something from being done: what the system says, or a sentence that is worded already."""
_CATALOGUES = str(Path(__file__).parent / "locale")

_in_use: gettext.NullTranslations = gettext.NullTranslations()


def _(message: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is said."""
    return message


def use(language: Language) -> None:
    """Say everything from now on in this language, the words of the command-line library included."""
    global _in_use  # noqa: PLW0603  # the one language of a process, set before the first word
    _in_use = _catalogue(language)
    gettext.bindtextdomain(DOMAIN, _CATALOGUES)
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language


def in_mongolian() -> bool:
    """Tell whether Mongolian is in use, for data that brings both languages."""
    return _in_use.info().get("language") == "mn"


def in_both(message: str, *, first: Language) -> tuple[str, ...]:
    """Return the sentence in both languages, `first` before the other, any braces left as they are.

    One that has no translation is returned once.
    """
    order = sorted(LANGUAGES, key=lambda language: language != first)
    return tuple(dict.fromkeys(_catalogue(language).gettext(message) for language in order))


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, _CATALOGUES, languages=[language], fallback=True)


def translated(message: str) -> str:
    """Return the sentence in the language in use, any braces left as they are."""
    return _in_use.gettext(message) if message else ""


def said(message: str, values: Mapping[str, object] | None = None) -> str:
    """Return the sentence in the language in use, its blanks filled, with what the system says in it translated too."""
    filled = dict(values or {})
    if isinstance(cause := filled.get(CAUSE), str):
        filled[CAUSE] = translated(cause)
    return translated(message).format_map(filled)


def counted(one: str, many: str, number: int, **values: object) -> str:
    """Return the sentence for so many; `{n}` is the number. Each form is a sentence of its own for the translator."""
    return said(one if number == 1 else many, {"n": number, **values})
