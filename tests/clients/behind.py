"""Where a pipeline runs: behind a door that leads from its hard-coded host to a server here."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from mockserver.running import Running
from tests import door
from tests.clients import places

HOST = "graph.facebook.com"
Passed = Sequence[tuple[str, str, bytes]]
_INSIGHTS = re.compile(r"/v[\d.]+/(act_)?(\d+)/insights")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pipeline runs: its environment, a folder for its files, and what of it *passed* the door."""

    python: Path
    folder: Path
    environment: Mapping[str, str]
    passed: Passed

    def run(self, program: str, *arguments: str) -> list[dict[str, Any]]:
        """What the pipeline prints, line by line."""
        lines = self.text(program, *arguments).splitlines()
        return [json.loads(line) for line in lines if line.startswith(("{", "["))]

    def text(self, program: str, *arguments: str) -> str:
        """What the pipeline prints."""
        ended = subprocess.run(
            [str(self.python.parent / program), *arguments],
            env={**os.environ, **self.environment},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr[-3000:]
        return ended.stdout

    def file(self, name: str, content: object) -> str:
        """A file of JSON in the folder."""
        (self.folder / name).write_text(json.dumps(content), "utf-8")
        return name


@contextmanager
def behind(server: Running, name: str) -> Iterator[Place]:
    """A pipeline's environment, from which its host is *server*."""
    python = places.python(name)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with door.opened(HOST, server.host, folder) as opened:
            environment = {**opened.environment(), **_trusting(opened.ca_file, folder)}
            yield Place(python, folder, environment, opened.passed)


def _trusting(ca_file: Path, folder: Path) -> dict[str, str]:
    """For programs that ask certifi alone which authorities to trust: a module beside it that adds ours."""
    hook = folder / "sitecustomize.py"
    hook.write_text(f"import certifi\ncertifi.where = lambda: {str(ca_file)!r}\n", "utf-8")
    return {"PYTHONPATH": str(folder)}


def manner(passed: Passed) -> str:
    """How insights were asked for, by the requests that passed the door."""
    asked = [(method, target, match) for method, target, _ in passed if (match := _INSIGHTS.match(target))]
    read = {match[2] for method, _, match in asked if method == "GET" and not match[1]}
    words = {
        "report runs": any(method == "POST" for method, _, _ in asked),
        "polled in batches": bool(read & set(_batched(passed))),
        # Airbyte also opens the bare edge, for its headers alone
        "synchronous requests": any(
            method == "GET" and match[1] and "fields=" in target for method, target, match in asked
        ),
    }
    return ", ".join(word for word, told in words.items() if told)


def _batched(passed: Passed) -> Iterable[str]:
    """The nodes that were read in batches."""
    for _, _, body in passed:
        for batch in parse_qs(body.decode("latin-1")).get("batch", ()):
            yield from (one["relative_url"].partition("/")[0] for one in json.loads(batch))
