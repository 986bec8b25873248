"""The one way in which office templates are carried out: sandboxed, strict about names, always escaping.

In: a template's source and what its tags may see. Out: the filled text, the same each time, or the fault of a tag.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Never

from jinja2 import FunctionLoader, StrictUndefined, Template, Undefined
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import CodeType, TracebackType

_OPENING = frozenset({"autoescape", "block", "call", "filter", "for", "if", "macro", "set", "with"})
_LAZY = ("batch", "items", "map", "reject", "rejectattr", "reverse", "select", "selectattr", "slice", "unique")
"""Filters that give an iterator, which would print its address in memory."""

_OF_LOOPS = frozenset({"depth", "depth0", "first", "index", "index0", "last", "length", "revindex", "revindex0"})

_MOST_FAULTS = 20
"""Each costs one more attempt."""

_UNCLOSED = re.compile(r"Unexpected end of template\..* closed is '(?P<word>\w+)'")
_UNKNOWN_WORD = re.compile(r"(?:Encountered unknown tag|No filter named|No test named) '(?P<word>\w+)'")
_VALUE = re.compile(r"\{\{[-+]?\s*(?P<inside>.*?)[-+]?\}\}", re.DOTALL)
_UNDEFINED_NAME = re.compile(r"'(?P<name>.*)' is undefined$")
_NO_SUCH_FIELD = re.compile(r"has no (?:attribute|element) '?(?P<name>.*?)'?$")


class TagFault(Exception):  # noqa: N818 -- not an error of ours: a finding about the template on its way up
    """A tag of the template cannot be read or carried out: the code of the finding, the line, and what fills it in."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = values


def carried_out(source: str, context: Mapping[str, object]) -> str:
    """Return the filled template; raise `TagFault` with the line of the tag that cannot be carried out.

    A loop without an end is told at its beginning. An exception that no tag raised is our own and goes through.
    """
    sandbox = _environment()
    try:
        template = Template.from_code(sandbox, _compiled(source), sandbox.make_globals(None))
        return template.render({name: _shut(value) for name, value in context.items()})
    except TemplateSyntaxError as fault:
        if found := _UNCLOSED.match(fault.message or ""):
            opening = _last_opening(sandbox, source) or fault.lineno
            raise TagFault("template-unclosed-tag", opening, end=f"end{found['word']}") from fault
        raise _tag_fault(fault, fault.lineno) from fault
    except (SyntaxError, RecursionError) as fault:
        raise TagFault("template-nested-too-deep", 1) from fault
    except Exception as fault:
        # Whatever a tag can raise (a sum of a text and a number, say), as long as it was raised within the template.
        line = _template_line(fault.__traceback__)
        if line is None:
            raise
        raise _tag_fault(fault, line) from fault


class StoppedError(Exception):
    """A tag of a template that is filled in pieces cannot be carried out; `carried_out` tells which one and why."""


def in_pieces(source: str, context: Mapping[str, object]) -> Iterator[str]:
    """Yield the filled template as it comes; raise `StoppedError` at a tag that cannot be carried out."""
    try:
        sandbox = _environment()
        template = Template.from_code(sandbox, _compiled(source), sandbox.make_globals(None))
        names = {name: _shut(value) for name, value in context.items()}
        yield from template.root_render_func(template.new_context(names))
    except Exception as fault:
        raise StoppedError from fault


@lru_cache(maxsize=64)
def _compiled(source: str) -> CodeType:
    """Return the template as code. It takes longer than all the rest, and one template fills many sheets."""
    return _environment().compile(source)


def carried_out_as_far(source: str, context: Mapping[str, object]) -> tuple[str | None, tuple[TagFault, ...]]:
    """Return the template filled without the values whose tags are at fault, and each such fault with its line.

    The text is None where a fault lies in no value's tag (what hangs on a loop cannot be told without it), or after too
    many faults.
    """
    faults: list[TagFault] = []
    while True:
        try:
            return carried_out(source, context), tuple(faults)
        except TagFault as fault:
            faults.append(fault)
            rest = _without_value(source, fault)
            if rest is None or len(faults) == _MOST_FAULTS:
                return None, tuple(faults)
            source = rest


def _without_value(source: str, fault: TagFault) -> str | None:
    """Return the template without the value's tag that is at fault, its lines kept; None if it cannot be told which."""
    tags = [tag for tag in _VALUE.finditer(source) if _first_line(source, tag) <= fault.line <= _last_line(source, tag)]
    if name := fault.values.get("name") or fault.values.get("word"):
        tags = [tag for tag in tags if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", tag["inside"])]
    if not tags or (len(tags) > 1 and not name):
        return None
    tag = tags[0]
    return source[: tag.start()] + "\n" * tag[0].count("\n") + source[tag.end() :]


def _first_line(source: str, tag: re.Match[str]) -> int:
    """Return the line of the first word of a tag."""
    return source.count("\n", 0, tag.start("inside")) + 1


def _last_line(source: str, tag: re.Match[str]) -> int:
    return source.count("\n", 0, tag.end()) + 1


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which nothing can be printed that is different in the next run."""

    intercepted_binops = frozenset({"-"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        # Jinja asks ten questions about every attribute; of the sheet's values and what a tag set they have one answer.
        is_open = attribute in _FIELDS[type(obj)] or (type(obj) is Namespace and attribute[:1] != "_")
        found = getattr(obj, attribute, _NOTHING) if is_open else _NOTHING
        if found is _NOTHING:
            found = self._keyed(obj, attribute)
        return _shut(found) if callable(found) else found

    def _keyed(self, obj: Any, attribute: str) -> Any:
        """Return what stands under a key, where the values' own names are no attributes, or what Jinja says."""
        if _FIELDS[type(obj)] and not hasattr(type(obj), attribute):
            try:
                return obj[attribute]
            except (TypeError, LookupError):
                pass
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return _shut(super().getitem(obj, argument))


class _Fields(dict[type, frozenset[str]]):
    """The public fields of each class of values: what every tag can read."""

    def __missing__(self, kind: type) -> frozenset[str]:
        if kind is LoopContext:
            return _OF_LOOPS
        names = (field.name for field in fields(kind)) if is_dataclass(kind) else ()
        self[kind] = found = frozenset(name for name in names if not name.startswith("_"))
        return found


_FIELDS = _Fields()
_NOTHING = object()


class _Function:
    """A function that tags can call; as text it would be its address in memory, so it has none."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self, *values: object, **named: object) -> object:
        return self._function(*values, **named)

    def __repr__(self) -> str:
        raise TypeError("a function is not a value")


def _shut(value: Any) -> Any:
    return _Function(value) if callable(value) and not isinstance(value, Undefined) else value


def _environment() -> _Sandbox:
    """Return a fresh environment in which a template can read the sheet's values and nothing else.

    docxtpl's own default escapes nothing (so "A & B < C" loses text) and runs any code a template holds.
    """
    sandbox = _Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_refuse_other_files),
    )
    allowed = {name: _shut(sandbox.globals[name]) for name in ("range", "namespace")}
    sandbox.globals.clear()
    sandbox.globals.update(allowed)
    del sandbox.filters["random"]
    sandbox.filters.update({name: _listing(sandbox.filters[name]) for name in _LAZY})
    sandbox.binop_table["-"] = _difference
    return sandbox


def _listing(lazy: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(lazy)
    def listing(*values: object, **named: object) -> Any:
        found = lazy(*values, **named)
        return found if isinstance(found, str) else list(found)

    return listing


def _difference(left: Any, right: Any) -> object:
    """Return the difference of numbers; that of two lists of keys is a set, whose order changes with each run."""
    found: object = operator.sub(left, right)
    if isinstance(found, AbstractSet):
        raise TypeError("not a number")
    return found


def _refuse_other_files(name: str) -> Never:
    raise SecurityError(name)


def _tag_fault(fault: Exception, line: int) -> TagFault:
    if isinstance(fault, SecurityError):
        return TagFault("template-forbidden-tag", line)
    if found := _UNKNOWN_WORD.match(str(fault)):
        return TagFault("template-unknown-word", line, word=found["word"])
    if isinstance(fault, UndefinedError) and (found := _missing_name(str(fault))):
        return TagFault("template-unknown-field", line, name=found["name"])
    return TagFault("template-broken-tag", line)


def _missing_name(message: str) -> re.Match[str] | None:
    return _UNDEFINED_NAME.match(message) or _NO_SUCH_FIELD.search(message)


def _last_opening(sandbox: _Sandbox, source: str) -> int | None:
    """Return the line of the innermost loop or condition that is still open at the end."""
    opened: list[int] = []
    for line, words in _statements(sandbox, source):
        if words[0] in _OPENING and not (words[0] == "set" and "=" in words):
            opened.append(line)
        elif words[0].startswith("end") and opened:
            opened.pop()
    return opened[-1] if opened else None


def _statements(sandbox: _Sandbox, source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the words of each `{% … %}`, with the line of the first one."""
    words: list[str] = []
    first = 0
    for line, kind, text in sandbox.lex(source):
        if kind == "block_begin":
            words = []
        elif kind == "block_end" and words:
            yield first, words
        elif kind != "whitespace":
            first = first if words else line
            words.append(text)


def _template_line(traceback: TracebackType | None) -> int | None:
    """Return the line of the template that an exception was raised on; Jinja writes it into the traceback."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
