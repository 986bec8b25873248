"""When the search for garbage rests. In: nothing. Out: a block without it.

Of making a project's hundred thousands of values, a third of the time would go into looking through them for garbage
that is not there: nothing that is made from reading to scoring refers back to what holds it, so all of it goes by
counting as soon as nobody holds it. The tests look whether that is still so.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_off() -> Iterator[None]:
    """Make what leaves no garbage, without looking for any.

    What the first block of a process made is not looked through afterwards either, as it is what the process works on
    until its end. The blocks after it leave what they made to the collector: what each of them set aside would pile up.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            set_aside()
            gc.enable()


@cache
def set_aside() -> None:
    """Have all that is there now never looked through; once in a process, as the count of that is long in counting."""
    gc.freeze()
