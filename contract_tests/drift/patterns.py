"""What a value looks like, without what it says: one word for the way in which a text or a number is written."""

import re
from typing import Any

# each pattern with an example that stands for every value like it; the first that fits is the one
_TEXTS: tuple[tuple[str, str, str], ...] = (
    ("empty", r"", ""),
    ("zero", r"0", "0"),
    ("digits", r"\d+", "12"),
    ("decimal", r"\d+\.\d+", "1.5"),
    ("signed", r"[+-]\d+(\.\d+)?", "-1"),
    ("exponent", r"[+-]?\d+(\.\d+)?[eE][+-]?\d+", "1e5"),
    ("date", r"\d{4}-\d\d-\d\d", "2026-11-21"),
    ("time +hhmm", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}", "2026-11-21T09:00:00+0000"),
    ("time +hh:mm", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", "2026-11-21T09:00:00+00:00"),
    ("time Z", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "2026-11-21T09:00:00Z"),
    ("act_ and digits", r"act_\d+", "act_12"),
    ("UUID", r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", "608F9CCA-B5EB-3D72-8047-B25D6D75BDEC"),
    ("uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "608f9cca-b5eb-3d72-8047-b25d6d75bdec"),
    ("url", r"https?://\S+", "https://vendor.example/page"),
    ("WORD", r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", "WORD"),
    ("word", r"[a-z][a-z0-9]*([_.][a-z0-9]+)*", "word"),
)
_READ = tuple((name, re.compile(pattern)) for name, pattern, _ in _TEXTS)
# properties whose values are one kind of text whatever they happen to look like
_VOLATILE = {
    "fbtrace_id": ("trace id", r"[A-Za-z0-9_-]+", "A" * 11),
    "before": ("cursor", r"[A-Za-z0-9_=-]+", "MAZDZD"),
    "after": ("cursor", r"[A-Za-z0-9_=-]+", "MAZDZD"),
}
_CURRENCY = ("currency", r"[A-Z]{3}", "USD")
_INSTANTS = (("milliseconds", 10**11, 1792573200000), ("seconds", 10**8, 1792573200))

# what people write: never looked at, never kept
FREE = re.compile(
    r"(^|_)name$|Name$|^(message|Message|ButtonContent|Language|Code|timezone_name|HostId|AccessDeniedDetail"
    r"|error_user_title|error_user_msg|type)$"
)
_INSTANT = re.compile(r"[Tt]ime$|^(Start|End)$|Timestamp$")
TEXTUAL = frozenset({"empty", "WORD", "word", "text", "trace id", "cursor"})
NUMERIC = frozenset({"zero", "digits", "decimal", "signed", "exponent"})
EXAMPLES: dict[str, Any] = {
    **{name: example for name, _, example in (*_TEXTS, *_VOLATILE.values(), _CURRENCY)},
    **{name: example for name, _, example in _INSTANTS},
    "text": "some text",
    "number": 1,
}


def of_text(name: str, value: str) -> str:
    """The pattern of *value*, a text under the property *name*."""
    if FREE.search(name):
        return "text"
    for known in _declared(name):
        if re.fullmatch(known[1], value):
            return known[0]
    return next((pattern for pattern, read in _READ if read.fullmatch(value)), "text")


def of_integer(name: str, value: int) -> str:
    """The pattern of *value*: of an instant its unit, of anything else just a number."""
    if not _INSTANT.search(name):
        return "number"
    return next((unit for unit, least, _ in _INSTANTS if value >= least), "zero" if value == 0 else "number")


def places(value: str) -> int:
    """How many decimal places a text of digits prints."""
    return len(value.partition(".")[2])


def _declared(name: str) -> tuple[tuple[str, str, str], ...]:
    if name in _VOLATILE:
        return (_VOLATILE[name],)
    return (_CURRENCY,) if name.lower().endswith("currency") else ()
