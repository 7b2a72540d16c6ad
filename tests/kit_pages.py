"""Readers of what the kit writes."""

import re
from html.parser import HTMLParser

from contract_tests.conform import Report
from contract_tests.report.evidence import Shown, gather
from contract_tests.secrets import Mask

VOID = {"meta", "input", "link", "br"}


class Page(HTMLParser):
    """Reads a page as a strict reader: every element is closed in its turn, and what may run or load is noted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.styled: list[str] = []
        self.scripts = 0
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self._noted(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self._noted(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what can be read."""
        if self.open and self.open[-1] not in ("script", "style"):
            self.words.append(data)

    def _noted(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.scripts += tag == "script"
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.links += [attrs[name] for name in ("href", "src", "action", "data") if name in attrs]
        self.styled += [name for name in attrs if name == "style" or name.startswith("on")]


def outside_fences(text: str) -> list[str]:
    """The lines of a Markdown text that stand in no fenced block, as CommonMark reads fences."""
    lines, fence = [], ""
    for line in text.split("\n"):
        found = re.match(r" {0,3}(`{3,}|~{3,})(.*)", line)
        if fence:
            fence = "" if found and found[1].startswith(fence) and not found[2].strip() else fence
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
        else:
            lines.append(line)
    assert fence == ""
    return lines


def shown(made: Report, mask: Mask | None = None) -> Shown:
    """What of a report may be shown."""
    return gather(made, mask or Mask({}))
