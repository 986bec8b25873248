"""The YAML language server that editors run, spoken to as an editor speaks: JSON-RPC over its standard streams.

In: a folder of a project and the settings that the editor would send. Out: its answers, as plain values.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

INSTALLED = Path(__file__).parents[2] / ".venv" / "editors"
SCRIPT = Path("node_modules/yaml-language-server/out/server/src/server.js")
SECONDS = 60


def command() -> list[str] | None:
    """Return what starts the server: that of PLANCTL_YAMLLS (an npm prefix), of .venv/editors, or of the path."""
    node = shutil.which("node")
    for prefix in (os.environ.get("PLANCTL_YAMLLS"), INSTALLED):
        if node and prefix and (Path(prefix) / SCRIPT).is_file():
            return [node, str(Path(prefix) / SCRIPT), "--stdio"]
    found = shutil.which("yaml-language-server")
    return [found, "--stdio"] if found else None


class Server:
    """A running server with one project open."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path, settings: Mapping[str, Any]) -> None:
        self._process = process
        self.root = root
        self._settings = settings
        self._asked = 0
        self._opened: list[Path] = []
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._diagnosed: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self) -> None:
        """Introduce the editor, as VS Code does."""
        uri = self.root.as_uri()
        self._ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": self.root.name}],
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                        "hover": {"contentFormat": ["markdown"]},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def stop(self) -> None:
        """End the server as the protocol says, or as the system does."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(SECONDS)

    def diagnostics(self, path: str, text: str) -> list[tuple[int, str]]:
        """Return line (from 1) and message of each thing that is underlined in a file with this text."""
        uri = self._open(path, text)
        while uri not in self._diagnosed:
            self._next()
        return sorted((one["range"]["start"]["line"] + 1, one["message"]) for one in self._diagnosed[uri])

    def completions(self, path: str, text: str) -> dict[str, str]:
        """Return the label and the inserted text of what is offered at the sign `|` of the text."""
        offered = self._at_cursor("textDocument/completion", path, text)
        items = offered["items"] if isinstance(offered, dict) else offered
        return {item["label"]: item.get("insertText", "") for item in items}

    def hover(self, path: str, text: str) -> str:
        """Return what is shown where the mouse rests on the sign `|` of the text."""
        shown = self._at_cursor("textDocument/hover", path, text)
        return str(shown["contents"]["value"]) if shown else ""

    def _at_cursor(self, method: str, path: str, text: str) -> Any:
        before, _cursor, after = text.partition("|")
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        uri = self._open(path, before + after)
        return self._ask(method, {"textDocument": {"uri": uri}, "position": position})

    def _open(self, path: str, text: str) -> str:
        """Open a file under a name that was not open before, as the server remembers what it knew of the others."""
        place = self.root / path
        uri = (place.with_stem(f"{place.stem}-{len(self._opened)}") if place in self._opened else place).as_uri()
        self._opened.append(place)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            answer = self._next()
            if answer.get("id") == self._asked and "method" not in answer:
                assert "error" not in answer, answer["error"]
                return answer.get("result")

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """Return the server's next message; one that asks the editor for something is answered."""
        message = self._answers.get(timeout=SECONDS)
        match message:
            case {"method": "textDocument/publishDiagnostics", "params": told}:
                self._diagnosed[told["uri"]] = told["diagnostics"]
            case {"method": "workspace/configuration", "id": id_, "params": {"items": items}}:
                self._send({"id": id_, "result": [self._section(item.get("section", "")) for item in items]})
            case {"method": _, "id": id_}:
                self._send({"id": id_, "result": None})
        return message

    def _section(self, name: str) -> Any:
        return self._settings.get(name, {})

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while stream.readline().strip():
                    pass
                self._answers.put(json.loads(stream.read(length)))


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return an editor's flat settings (`yaml.validate`) as it sends them: a tree."""
    tree: dict[str, Any] = {}
    for name, value in flat.items():
        *folders, last = name.split(".", 1)
        holder = tree.setdefault(folders[0], {}) if folders else tree
        holder[last] = value
    return tree


@contextmanager
def serving(root: Path, settings: Mapping[str, Any]) -> Iterator[Server]:
    """Run a server on a project; PLANCTL_YAMLLS or the path must have one."""
    started = command()
    assert started is not None
    with subprocess.Popen(started, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        server = Server(process, root, settings)
        try:
            server.start()
            yield server
            server.stop()
        finally:
            process.kill()
