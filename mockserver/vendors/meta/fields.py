"""The fields parameter of an object read: names with commas between."""

import re
from collections.abc import Sequence

from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed

_NAME = re.compile(r"[A-Za-z0-9_]*")
_TYPES = {"ad": "Ad", "adset": "AdSet", "campaign": "Campaign", "adaccount": "AdAccount", "me": "User"}
_TYPES["report_run"] = "AdReportRun"
_DEFAULT = {"adaccount": ("account_id", "id"), "me": ("name", "id")}
# "(#3) App must be on whitelist": measured on this field
_GATED = {"ad": frozenset({"special_ad_categories"})}


def asked(operation: Operation, kind: str, fields: Sequence[str]) -> tuple[str, ...]:
    """The properties to print for an object of *kind*, its id always among them; raises MockError."""
    names = _parsed(",".join(fields)) if fields else list(_DEFAULT.get(kind, ("id",)))
    for name in names:
        if name not in operation.record["properties"]:
            raise MockError("nonexisting_field", field=name, type=_TYPES[kind])
        if name in _GATED.get(kind, ()):
            raise MockError("whitelist")
    served = [name for name in dict.fromkeys(names) if name in operation.served]
    return (*(name for name in served if name != "id"), "id")


def _parsed(text: str) -> list[str]:
    names, at = [], 0
    while at <= len(text):
        match = _NAME.match(text, at)
        assert match is not None
        at = match.end()
        if at < len(text) and text[at] != ",":
            raise _unreadable(text, at)
        if match[0]:
            names.append(match[0])
        at += 1
    return names


def _unreadable(text: str, at: int) -> MockError:
    if text[at] in "{.(" and _balanced(text):
        return NotServed("field expansion in the fields param")
    return MockError("field_syntax", found=text[at], at=at, text=text)


def _balanced(text: str) -> bool:
    closing = {"}": "{", ")": "("}
    open_ones: list[str] = []
    for mark in text:
        if mark in closing.values():
            open_ones.append(mark)
        elif mark in closing and (not open_ones or open_ones.pop() != closing[mark]):
            return False
    return not open_ones
