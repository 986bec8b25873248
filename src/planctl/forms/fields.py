"""The kinds of values that fields of plans and actuals take. Scalars arrive as text; each kind says what it accepts.

A value that does not fit raises `PydanticCustomError` whose type is the code of the finding (`codes/model.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import is_instance_schema, str_schema, with_info_after_validator_function

from planctl.forms.period import Period, period_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import StrEnum

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"
"""Begins a text that stands for a missing or faulty one, so that the rest of a file can still be looked at."""

PLACEHOLDER_YEAR = "1900"
"""Stands for a faulty period; nobody reports on it."""

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})\.?", re.ASCII)
_SCORE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*%?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,4}", re.ASCII)
_DOCUMENT_ID = re.compile(r"\w[\w.-]{0,59}")
_ITEM_ID = re.compile(r"[^\s#]{1,80}")
_RESERVED_NAMES = frozenset(
    {"office", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


class Strict(BaseModel):
    """The base of all that is read from a file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


@dataclass(frozen=True, slots=True)
class Written:
    """How a kind of value stands in a file: for whoever describes the files, such as to editors; nothing is read by it.

    `says` tells it in words. `pattern` is what a text must match, in the dialect that Python and JavaScript share;
    `least` and `greatest` bound what YAML takes for a number, which is `whole` or not.
    """

    says: str
    example: str
    pattern: str = ""
    least: int | None = None
    greatest: int | None = None
    whole: bool = False


class _Made:
    """Marks a value that a validator of ours makes of a text, so that the library need not see what it is made of."""

    def __get_pydantic_core_schema__(self, kind: type, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return is_instance_schema(kind)


MADE = _Made()


def _date(value: Any) -> Any:
    return day_of(value.strip()) if isinstance(value, str) else value


@lru_cache(maxsize=1000)
def day_of(text: str) -> date:
    """Return a day as written, `2023-12-25`; raise the finding where it is none. The same few stand in all rows."""
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            raise PydanticCustomError("impossible-date", "{text}", {"text": text}) from None
    if match := _LOOSE_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
        raise PydanticCustomError("not-a-date", "{text}", {"text": text, "suggestion": f"{year}-{month:02}-{day:02}"})
    raise PydanticCustomError("not-a-date", "{text}", {"text": text})


@lru_cache(maxsize=1000)
def as_score(text: str) -> Decimal:
    """Return a score as written, `100%` or `82,2`; raise the finding where it is none. Most rows have one of a few."""
    if not (match := _SCORE.fullmatch(text.strip())):
        raise PydanticCustomError("not-a-score", "{text}", {"text": text.strip()})
    return Decimal(match[1].replace(",", "."))


def _score(value: Any) -> Any:
    return as_score(value) if isinstance(value, str) else value


def _flag(value: Any) -> Any:
    if value == "true":
        return True
    if value == "false":
        return False
    if isinstance(value, str):
        raise PydanticCustomError("expected-flag", "{text}", {"text": value})
    return value


def one_of(kind: type[StrEnum]) -> BeforeValidator:
    """Return what reads one of a few words; `_` counts as `-`."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = value.strip().replace("_", "-")
        if text not in set(kind):
            raise PydanticCustomError("unexpected-value", "{expected}", {"expected": ", ".join(kind)})
        return kind(text)

    return BeforeValidator(read)


def _year(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _YEAR.fullmatch(value.strip()):
        raise PydanticCustomError("not-a-year", "{text}", {"text": value.strip()})
    return int(value)


def _count(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _COUNT.fullmatch(value.strip()):
        raise PydanticCustomError("not-a-count", "{text}", {"text": value.strip()})
    return int(value)


def _period(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if (period := period_of(value.strip())) is None:
        raise PydanticCustomError("not-a-period", "{text}", {"text": value.strip()})
    return period


def _document_id(value: str) -> str:
    if not value.startswith(PLACEHOLDER) and not is_document_id(value):
        raise PydanticCustomError("bad-document-id", "{text}", {"text": value})
    return value


def is_document_id(text: str) -> bool:
    """Tell whether a text can name a document, and the files that are built of it."""
    stem = text.split(".", maxsplit=1)[0].casefold()
    return bool(_DOCUMENT_ID.fullmatch(text)) and not text.endswith(".") and stem not in _RESERVED_NAMES


def is_item_id(text: str) -> bool:
    """Tell whether a text can be the id of an item."""
    return bool(_ITEM_ID.fullmatch(text))


def _item_id(value: str) -> str:
    if not _ITEM_ID.fullmatch(value):
        raise PydanticCustomError("bad-item-id", "{text}", {"text": value})
    return value


CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdd4\ufffe\uffff"
"""Control characters that no Word or Excel file can hold, as a class of a regular expression.

The reader finds those that stand in a file; written as an escape (`"\\x01"`) they come up only in the value.
"""

_CONTROL = re.compile(f"[{CONTROLS}]")
_HALF_A_CHARACTER = re.compile(r"[\ud800-\udfff]")
_BLANKS = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What Unicode calls white space; `str.strip` alone takes four control characters for it."""

NO_ESCAPES = "no escapes"
"""The context in which values of a file without a backslash are validated.

Control characters that stand in a file as such are found by its reader, so that none can be in its values.
"""


def _fit(value: str, info: ValidationInfo) -> str:
    """Return a text without the white space around it."""
    text = value.strip(_BLANKS)
    if info.context is not NO_ESCAPES and (_CONTROL.search(text) or _HALF_A_CHARACTER.search(text)):
        code = "unexpected-value" if _HALF_A_CHARACTER.search(text) else "control-character"
        raise PydanticCustomError(code, "a text that no file may hold")
    return text


def _filled(value: str, info: ValidationInfo) -> str:
    if not (text := _fit(value, info)):
        raise PydanticCustomError("empty-value", "a text without a word")
    return text


@dataclass(frozen=True, slots=True)
class _Kind:
    """Marks a text, and has it read by a function.

    Constraints of pydantic's own turn every text into UTF-8 and back: of long ones that takes twice as long.
    """

    read: Callable[[str, ValidationInfo], str]

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return with_info_after_validator_function(self.read, str_schema(strip_whitespace=False))


FILLED = _Kind(_filled)
"""Marks a text that may not be blank."""

AnyText = Annotated[str, _Kind(_fit)]
"""Any text, an empty one too."""

Text = Annotated[str, FILLED]
"""Any text but an empty one; numbers and codes stay as typed (`012`, `1.10`)."""

_LETTER = r"0-9A-Za-z_\u0080-\uffff"
"""`\\w` as far as JavaScript can say it, where that means Latin letters alone."""

_DAY = "(?:0[1-9]|[12][0-9]|30)"
_REAL_DATE = rf"[0-9]{{4}}-(?:(?:0[13578]|1[02])-(?:{_DAY}|31)|(?:0[469]|11)-{_DAY}|02-(?:0[1-9]|[12][0-9]))"

DOCUMENT_ID = Written(
    _("an id: letters, digits, `_`, `-` and `.`"), "plan", rf"[{_LETTER}](?:[{_LETTER}.-]{{0,58}}[{_LETTER}-])?"
)
ITEM_ID = Written(_("an id without spaces and `#`"), "item-1", _ITEM_ID.pattern)
DATE = Written(_("a date such as `2023-12-25`"), "2023-12-25", _REAL_DATE)
SCORE = Written(_("per cent, such as `100`, `82,2` or `70%`"), "100", _SCORE.pattern, least=0, greatest=999)
YEAR = Written(_("a year of four digits"), "2023", _YEAR.pattern, least=1900, greatest=2099, whole=True)
COUNT = Written(_("a whole number from 0"), "1", _COUNT.pattern, least=0, greatest=9999, whole=True)
PERIOD = Written(
    _("a period: `2023`, `2023-H1` or `2023-Q3`"),
    "2023",
    r"(?:19|20)[0-9]{2}(?:-(?:H[12]|Q[1-4]))?",
    least=1900,
    greatest=2099,
    whole=True,
)

DocumentId = Annotated[Text, AfterValidator(_document_id), DOCUMENT_ID]
"""Letters, digits, `_`, `-` and `.`: the id also names the built files, on Windows too."""

ItemId = Annotated[Text, AfterValidator(_item_id), ITEM_ID]
"""Any text without spaces and `#`."""


class _Address:
    """Marks a text that names an item of any document."""


ADDRESS = _Address()

ItemAddress = Annotated[Text, ADDRESS]
"""An item of this document or of another one, `document#item`; whoever renames an item finds it by this type."""


@dataclass(frozen=True, slots=True)
class After:
    """Marks a field that is written behind another one of its model; inherited ones come first otherwise."""

    key: str


Date = Annotated[date, BeforeValidator(_date), DATE]
"""An ISO date, `2023-12-25`."""

Score = Annotated[Decimal, BeforeValidator(_score), SCORE]
"""Percentage points: `100`, `100%`, `82,2`. Whether the rubric has it is asked later."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""`true` or `false`."""

Year = Annotated[int, BeforeValidator(_year), YEAR]
"""A year of four digits."""

Count = Annotated[int, BeforeValidator(_count), COUNT]
"""A whole number from 0."""

ReportedPeriod = Annotated[Period, MADE, BeforeValidator(_period), PERIOD]
"""`2023`, `2023-H1` or `2023-Q3`."""

Extra = Annotated[
    dict[Text, Text | None], Field(default_factory=dict, description=_("The office's own fields: name and text."))
]
"""An office's own fields: name and text."""


class Signatory(Strict):
    """Who signs a sheet: what for (`Хянасан`), the post and the name."""

    caption: Text = Field(description=_("What the signature is for, such as «Хянасан»."))
    post: Text = Field(description=_("The post of who signs."))
    name: Text = Field(description=_("The name, initial first: «Д.Батхуяг»."))
