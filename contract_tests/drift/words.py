"""The words of an error without what changes from call to call, and which parts of an answer say the same id."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ..wire import Answer

_URL = re.compile(r"https?://[^\s\"'<>]+")
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d-[A-Z][a-z]{2}-\d\d(?:\d\d)? \d\d:\d\d:\d\d [A-Z]{2,5}"
)
_ID = re.compile(r"\bact_\d+\b|\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b|\b\d{6,}\b")
_TOKEN = re.compile(r"(?<![\w/+])(?=[\w/+=-]*\d)(?=[\w/+=-]*[A-Za-z])[\w/+=-]{20,}")
_QUOTED = re.compile(r"(?<!\w)'(?!<id)[^']*'(?!\w)|\"(?!<id)[^\"]*\"")
_VALUES = re.compile(r"(must be one of (?:the following values: )?)(\{[^{}]*\}|[\w, ]+$)")
_WORD = re.compile(r"(?!.*\d{6})[A-Za-z0-9_.]{1,60}")
_KNOWN_HOSTS = ("developers.facebook.com", "api.aliyun.com", "help.aliyun.com")

Place = str


class Ids:
    """Numbers the ids of one answer, so that the same id is the same placeholder wherever it stands."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def of(self, value: str) -> str:
        """The placeholder of *value*."""
        return self._seen.setdefault(value, f"<id:{len(self._seen) + 1}>")


def plain(text: str, ids: Ids, hide: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    """*text* with placeholders for urls, dates, ids, tokens and quotations; and the values that it lists, sorted."""
    listed: tuple[str, ...] = ()
    text = text.encode("utf-8", "replace").decode()
    if found := _VALUES.search(text):
        listed = tuple(sorted(map(_listed, found[2].strip("{}").split(","))))
        text = text[: found.start(2)] + "<values>" + text[found.end(2) :]
    for pattern, written in (
        (_URL, _address),
        (_DATE, lambda _: "<date>"),
        (_ID, ids.of),
        (_QUOTED, lambda _: "<quoted>"),
        (_TOKEN, lambda _: "<token>"),
    ):
        text = _replaced(pattern, text, written)
    return hide(text), tuple(hide(word) for word in listed)


def _listed(word: str) -> str:
    return word.strip() if _WORD.fullmatch(word.strip()) else "<other>"


def _replaced(pattern: re.Pattern[str], text: str, written: Callable[[str], str]) -> str:
    return pattern.sub(lambda found: written(found[0]), text)


def _address(url: str) -> str:
    """The address of a vendor's page without its query; any other is a placeholder."""
    parts = urlsplit(url)
    end = "." if url.endswith(".") else ""
    known = parts.netloc in _KNOWN_HOSTS
    return f"{parts.netloc}{parts.path.rstrip('.')}{end}" if known else f"<url>{end}"


def same(answer: Answer, ids: Ids) -> dict[Place, str]:
    """The places of *answer* that say the same id, each with its placeholder; places that stand alone are left out."""
    told = {place: ids.of(value) for place, value in _places(answer).items()}
    return {place: mark for place, mark in told.items() if list(told.values()).count(mark) > 1}


def _places(answer: Answer) -> Mapping[Place, str]:
    body: Any = answer.json
    body = body if isinstance(body, dict) else {}
    found: dict[Place, Any] = {name: body.get(name) for name in ("RequestId", "id")}
    found["header x-acs-request-id"] = answer.headers.get("x-acs-request-id")
    named = re.search(r"[?&]requestId=([^&]+)", str(body.get("Recommend", "")))
    found["Recommend"] = named[1] if named else None
    found["call"] = answer.call.path.rpartition("/")[2]
    return {place: value for place, value in found.items() if isinstance(value, str) and value}
