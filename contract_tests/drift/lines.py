"""On which line of a JSON file each of its values stands."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+|\n')

Path = tuple[str | int, ...]


class _Tokens:
    """The tokens of a JSON text, each with its line."""

    def __init__(self, text: str) -> None:
        self._rest = self._lined(text)
        self.first, self.line = next(self._rest)

    @staticmethod
    def _lined(text: str) -> Iterator[tuple[str, int]]:
        line = 1
        for match in _TOKEN.finditer(text):
            if match[0] == "\n":
                line += 1
            else:
                yield match[0], line
        yield "", line

    def take(self) -> str:
        """The next token, which is then behind us."""
        first = self.first
        if first:
            self.first, self.line = next(self._rest)
        return first


def lines(text: str) -> dict[Path, int]:
    """The line of every value of *text*, a sound JSON text, by its path; a property's is that of its name."""
    found: dict[Path, int] = {}
    _value(_Tokens(text), (), 1, found)
    return found


def _value(tokens: _Tokens, path: Path, line: int, found: dict[Path, int]) -> None:
    found[path] = line
    opening = tokens.take()
    if opening == "{":
        while tokens.first not in ("}", ""):
            line, name = tokens.line, _text(tokens.take())
            tokens.take()  # the colon
            _value(tokens, (*path, name), line, found)
            _comma(tokens)
        tokens.take()
    elif opening == "[":
        count = 0
        while tokens.first not in ("]", ""):
            _value(tokens, (*path, count), tokens.line, found)
            count += 1
            _comma(tokens)
        tokens.take()


def _comma(tokens: _Tokens) -> None:
    if tokens.first == ",":
        tokens.take()


def _text(token: str) -> str:
    return token[1:-1].replace('\\"', '"').replace("\\\\", "\\")
