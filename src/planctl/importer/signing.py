"""The signatures below a table: what for, the post and the name, however the office sets them.

In: the texts below a table, each with its place, in the order of the page. Out: `SignatoryLine`s.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Protocol, TypeVar

from planctl.forms.paper import SignatoryLine, Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.place import Place


class _HasPlace(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def place(self) -> Place: ...


_Placed = TypeVar("_Placed", bound=_HasPlace)

_VERBS = (
    "хянасан|хянав|боловсруулсан|гаргасан|тайлагнасан|тайлагнав|нэгтгэсэн|нэгтгэв|баталсан|батлав|танилцсан"
    "|зөвшөөрсөн|зөвшөөрөв|бэлтгэсэн|бичсэн|хүлээн авсан|хүлээлгэн өгсөн|үнэлсэн|үнэлгээ өгсөн"
)
_CAPTION = re.compile(rf"(?:\S+\s+){{0,5}}(?:{_VERBS})\s*:?\W*", re.IGNORECASE)
_CAPTION_FIRST = re.compile(
    rf"(?P<caption>(?:[^\s.]+\s+){{0,4}}?(?:{_VERBS}))(?:\s*:\s*|\s{{2,}}|\s*(?=[._…]{{3,}}))(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CAPTION_POST_NAME = re.compile(
    rf"(?P<caption>(?:[^\s.]+\s+){{0,2}}?(?:{_VERBS}))\s+(?P<rest>.{{3,90}}?[\s._…/]+[А-ЯӨҮЁ]\w?\w?\.\s?[А-ЯӨҮЁ]\S+\s*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r".{3,90}(?:[._…]{3,}|\s{3,}).{0,30}", re.DOTALL)
_NAME = re.compile(r"(?P<name>[А-ЯӨҮЁ]{1,2}[а-яөүё]{0,2}\s?\.\s?[А-ЯӨҮЁ][А-ЯӨҮЁа-яөүё-]{1,40})(?!\w)")
_RULE = re.compile(r"[._…\-–—/\\]{2,}|…+|/(?=\s*[А-ЯӨҮЁ]\w{0,2}\.)|(?<=\w)/\s*$")
_END_MARK = re.compile(r"[-–—_\s]*[оo0]{3}[-–—_\s]*", re.IGNORECASE)
LONGEST_CAPTION = 80


def is_caption(text: str) -> bool:
    """Tell whether a text says what a signature is for: «ХЯНАСАН», «Тайлан гаргасан:»."""
    return len(text) <= LONGEST_CAPTION and bool(_CAPTION.fullmatch(text.strip()))


def begins_signature(text: str) -> bool:
    """Tell whether a line opens a signature, alone or with the post behind it: «Хянасан: Дарга»."""
    return is_caption(text) or (len(text) <= 2 * LONGEST_CAPTION and bool(_CAPTION_FIRST.fullmatch(text.strip())))


def in_order_of_signing(texts: Iterable[_Placed]) -> list[_Placed]:
    """Return texts in the order of the page; those of a table with captions side by side column by column."""
    every = list(texts)
    rows = Counter(
        (one.place.table, one.place.row)
        for one in every
        if one.place.table and is_caption(one.text.strip().split("\n", 1)[0])
    )
    beside = {table for (table, _row), count in rows.items() if count > 1}
    if not beside:
        return every
    order = {id(one): at for at, one in enumerate(every)}
    firsts: dict[int, int] = {}
    for at, one in enumerate(every):
        firsts.setdefault(one.place.table, at)

    def key(one: _Placed) -> tuple[int, int, int]:
        at = order[id(one)]
        return (firsts[one.place.table], one.place.column, at) if one.place.table in beside else (at, 0, 0)

    return sorted(every, key=key)


def is_end_mark(text: str) -> bool:
    """Tell whether a text is the mark below the end of a paper, оОо."""
    return bool(_END_MARK.fullmatch(text.strip())) and "о" in text.casefold().replace("o", "о")


def signatories(texts: Iterable[Written]) -> tuple[tuple[SignatoryLine, ...], tuple[Written, ...]]:
    """Return who signs, and the texts in front of the first signature and those behind that are none.

    A caption opens a signature; a name closes it; what stands between is the post. A post and a name without a caption
    make one too, once there has been a caption.
    """
    made: list[SignatoryLine] = []
    rest: list[Written] = []
    caption: Written | None = None
    post: list[Written] = []
    begun = False
    for written in _lines(texts):
        if is_caption(written.text):
            rest.extend(post)
            caption, post, begun = written, [], True
            continue
        match = _NAME.search(written.text)
        before = _RULE.sub(" ", written.text[: match.start()] if match else written.text).strip(" \t:,./\\")
        if before:
            post.append(Written(before, written.place))
        if match and (begun or _SIGNED.fullmatch(written.text[: match.end()])):
            name = Written(_spelt(match["name"]), written.place)
            made.append(SignatoryLine(_caption(caption), _post(post), name))
            caption, post = None, []
        elif match or not begun:
            rest.append(written)
            post = []
    if caption is not None:
        made.append(SignatoryLine(_caption(caption), _post(post), None))
        post = []
    return tuple(made), (*rest, *post)


def _lines(texts: Iterable[Written]) -> Iterable[Written]:
    """Yield the lines of the texts; a caption in front of its post, on one line, apart from it."""
    for text in texts:
        for line in text.text.replace("\t", "  ").split("\n"):
            stripped = line.strip()
            if match := _CAPTION_FIRST.fullmatch(stripped) or _CAPTION_POST_NAME.fullmatch(stripped):
                yield Written(match["caption"], text.place)
                yield Written(match["rest"], text.place)
            elif line.strip():
                yield Written(line.strip(), text.place)


def _caption(written: Written | None) -> Written | None:
    """Return a caption in sentence case, without its colon."""
    if written is None:
        return None
    text = written.text.strip().rstrip(":").strip()
    return Written(text.capitalize() if text.isupper() else text, written.place)


def _post(parts: list[Written]) -> Written | None:
    if not parts:
        return None
    text = " ".join(" ".join(part.text.split()) for part in parts)
    return Written(text, parts[0].place)


def _spelt(name: str) -> str:
    return re.sub(r"\s*\.\s*", ".", name)
