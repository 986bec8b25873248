"""Pipes whose readers may go away before all is written, as `head` does: the work goes on, and nothing more is told.

So a command ends with the exit code that it would have had: what it found does not depend on who listens.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TextIO


def survive_leaving() -> None:
    """Have both streams take whatever is written when nobody reads them any more, where they are pipes."""
    sys.stdout, sys.stderr = _surviving(sys.stdout), _surviving(sys.stderr)


def _surviving(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or not _is_pipe(stream):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        _Pipe(stream),
        stream.encoding,
        stream.errors,
        newline=None if sys.platform == "win32" else "\n",
        line_buffering=stream.line_buffering or stream.write_through,  # as near as it gets to no buffer
    )


def _is_pipe(stream: TextIO) -> bool:
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


class _Pipe(io.BufferedWriter):
    """A pipe that leads nowhere once its reader has left.

    Not the raw file below it: Ctrl-C right after a write in Python would have the buffer write the same once more.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(io.FileIO(stream.fileno(), "wb", closefd=False))
        self._stream = stream  # which closes the pipe as soon as nobody holds it any more

    def write(self, content: Any, /) -> int:  # whatever has bytes
        """Write to the reader while there is one."""
        try:
            return super().write(content)
        except OSError as error:
            self._lead_nowhere(error)
        return super().write(content)

    def flush(self) -> None:
        """Hand the reader what is written, while there is one."""
        try:
            super().flush()
        except OSError as error:
            self._lead_nowhere(error)
            super().flush()

    def _lead_nowhere(self, error: OSError) -> None:
        if not _has_left(error):
            raise error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def _has_left(error: OSError) -> bool:
    """Tell whether an error says that nobody reads any more; Windows has another number for it too."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)
