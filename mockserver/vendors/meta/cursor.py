"""Graph's cursors: base64 of the zero-based index of a row, with each = written ZD."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from mockserver.errors import MockError

_WHOLE = 2**31  # more rows than there are


def encode(index: int) -> str:
    """The cursor of the row at *index*."""
    return base64.b64encode(str(index).encode()).decode().replace("=", "ZD")


def decode(cursor: str) -> int:
    """The index that *cursor* stands for; raises MockError for anything that encode() does not make."""
    try:
        text = base64.b64decode(cursor.replace("ZD", "=").encode("ascii"), validate=True).decode("ascii")
        index = int(text) if text.isdecimal() and len(text) < 16 else -1
    except (UnicodeError, binascii.Error):
        index = -1
    if index < 0 or encode(index) != cursor:
        raise MockError("bad_cursor")
    return index


def window(asked: Mapping[str, Any]) -> tuple[int, int]:
    """The first row of the page that is *asked* for and the one after its last; after wins over before."""
    after, before, limit = asked.get("after"), asked.get("before"), min(asked["limit"], _WHOLE)
    if after:
        first = decode(after) + 1
        return first, first + limit
    if before:
        stop = decode(before)
        return max(stop - limit, 0), stop
    return 0, limit
