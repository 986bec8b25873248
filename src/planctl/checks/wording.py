"""What a text holds that was not meant for the reader, or leaves out what was: tags, blanks, acts without a number.

In: one text. Out: the words in question, as they stand there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG_NAMES = (
    "a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|o:p|ol|p|pre|s|small|span|strong|sub|sup|table|tbody|td|th"
    "|thead|tr|u|ul"
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>|&(?:[a-z]{{2,8}}|#\d{{2,5}});", re.IGNORECASE)
_NAME = re.compile(r"(</?[a-z:0-9]+).*", re.IGNORECASE | re.DOTALL)
SIGNS_OF_TAGS = ("<", "&")
"""Without one of them a text has no tag, and so it is with the other signs below."""


def html_tags(text: str) -> tuple[str, ...]:
    """Return the HTML tags and entities of a text, each once and without its attributes: `<ul>`, `</p>`, `&nbsp;`."""
    return tuple(dict.fromkeys(_NAME.sub(r"\1>", tag) for tag in _TAG.findall(text)))


# Blanks

_COUNTED = (
    "дугаар|дүгээр|оны|онд|сарын|сард|өдрийн|өдөр|хувь|сая|мянган|тэрбум|төгрөг|удаа|тонн|ширхэг|толгой|өрх|иргэн|нэр"
)
SIGNS_OF_BLANKS = ("„", ",,", "…", "..", "__", "xx", "хх", "ХХ", "XX")
_BLANK = re.compile(
    rf"""(?<![^\s(])(?:„|,,)(?=[\s):;%.]|$)                          # as a word of its own
    | (?<![^\s(/№-])(?:…|\.{{2,}})+(?=\s*(?:{_COUNTED}|%)|-?\s?н[ыи]й?\b) # where a number belongs
    | (?<=\bоны\s)(?:…|\.{{2,}})+(?=\s+\w)
    | (?<!\w)_{{2,}}(?!\w)
    | (?<!\w)(?:20)?(?:x{{2,}}|х{{2,}})(?!\w)(?!\s*зуу)
    | (?<!\w)(?:20(?:XX|ХХ)|X{{4,}}|Х{{4,}})(?!\w)""",
    re.VERBOSE,
)
_END_MARK = re.compile("ооо|ooo", re.IGNORECASE)
_CLOSES_QUOTATION = re.compile(r"[^„\n]*?[“”](?!\w)")
_AROUND = 24


def blanks(text: str) -> tuple[str, ...]:
    """Return the words around each blank that nobody filled in: «2022 оны … дугаар», «,, мянган толгой», «хх», «___».

    Three points that end or begin a sentence are none, and neither are signs that open a quotation.
    """
    return tuple(_around(text, match) for match in _BLANK.finditer(text) if _is_blank(text, match))


def _is_blank(text: str, match: re.Match[str]) -> bool:
    if match[0] in {"„", ",,"}:
        return len(text.strip()) > len(match[0]) and not _CLOSES_QUOTATION.match(text, match.end())
    return not (match[0].startswith("_") and _END_MARK.search(text))


def _around(text: str, match: re.Match[str]) -> str:
    """Return whole words on both sides."""
    before = text[max(0, match.start() - _AROUND) : match.start()]
    after = text[match.end() : match.end() + _AROUND]
    if match.start() > _AROUND:
        before = before[before.find(" ") + 1 :]
    if match.end() + _AROUND < len(text) and " " in after.strip():
        after = after[: after.rfind(" ")]
    return " ".join(f"{before}{match[0]}{after}".split())


# Acts

_ACT = re.compile(r"(?:дугаар|дүгээр)\s+(?:захирамж|тогтоол|тушаал|шийдвэр|албан\s+бич|журм?[аы])(?![лгн])\w*")
_NUMERAL = re.compile(
    r"\d|^[IVXLCІХ]+$|^(?:нэг|хоёр|гурав|дөрөв|тав|зургаа|долоо|найм|ес|арав|хорь|гуч|дөч|тавь|жар|дал|ная|ер|зуу)н?$",
    re.IGNORECASE,
)
_BLANK_SIGN = re.compile(r"[.…]{2,}|…|„|,,|__|xx|хх")
SIGNS_OF_ACTS = ("дугаар", "дүгээр")


def acts_without_number(text: str) -> Iterator[str]:
    """Yield each quoted act that lacks its number: «2022 оны А/ дугаар захирамжаар».

    Where a sign holds the number's place it is a blank, not this.
    """
    for match in _ACT.finditer(text):
        words = text[max(0, match.start() - 60) : match.start()].split()
        before = words[-1] if words else ""
        if _NUMERAL.search(before.strip("«»“”\"'().,")) or _BLANK_SIGN.search(before) or text[match.start() - 1] == "-":
            continue
        yield " ".join([*words[-3:], *match[0].split()])


# Empty phrases

_EMPTY_WORDS = frozenset(
    """
    ажил ажлыг ажиллаж ажиллан ажилласан ажиллалаа арга хэмжээ хэмжээг авч авсан байна байгаа байсан болно бүр бүрэн
    бүрд байнга бэлэн биелсэн биелж биелэгдсэн биелэлт биелүүлсэн биелүүлж дагуу гүйцэтгэсэн гүйцэтгэж дуусах дууссан
    заалт заалтыг зохион байгуулж байгуулсан явагдаж явагдсан явуулж үргэлжилж үргэлжлүүлэн үйл ажиллагаа ажиллагааг
    тогтмол төлөвлөгөөний тухай хангаж ханган хангалттай хийгдсэн хийгдэж хийж хэвийн хэвшсэн хэрэгжиж хэрэгжсэн
    хэрэгжүүлж хэрэгжүүлсэн хэрэгжүүлэн хэрэгжүүлэв хэрэгжилт хэрэгжилтийг хэрэгжилтэд
    """.split()  # noqa: SIM905  # a page of words reads better than a list
)
_MOST_WORDS = 6
_LONGEST_EMPTY = 90
_WORD = re.compile(r"[^\W_]+")


def is_empty_phrase(text: str) -> bool:
    """Tell whether a whole narrative is a phrase that fits every item: «Тухай бүр хэрэгжүүлж байна», «Хэвийн», «-»."""
    if len(text) > _LONGEST_EMPTY:
        return False
    words = _WORD.findall(text.casefold())
    return len(words) <= _MOST_WORDS and _EMPTY_WORDS.issuperset(words)
