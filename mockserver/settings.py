"""What a user may set: one frozen value, the same for the command line, the environment and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

# the least and the most of what a user sets as a number
RANGES: Mapping[str, tuple[int, int | None]] = {
    "throttle": (0, 1_000_000),
    "row_budget": (0, None),
    "report_seconds": (0, 86_400),
    "review_seconds": (0, 31_536_000),
    "batch_parts": (1, 50),
    "most_nodes": (1, 1_000_000),
    "timestamp_minutes": (1, 1440),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one server; every default is the vendors' documented behaviour where there is one."""

    world: str = "default"  # the name of a shipped world, or the path of a world file
    today: date | datetime | None = None  # None: the world file's own today, else the real one
    throttle: float = 1.0  # scales every documented limit; 0 switches throttling off
    timestamp_minutes: int = 15  # CAMS: how far a request's time may be off
    nonce_minutes: int = 15  # CAMS: how long a signature nonce is remembered
    lifetime_before: date = date(2025, 3, 1)  # Meta: older message campaigns default to their lifetime
    row_budget: int = 1_000_000  # Meta: more insights rows are refused as too much data; 0: none are
    roas_decimals: int = 2  # Meta: the page prints 6.43, recordings elsewhere have six
    report_seconds: int = 0  # Meta: how long an async report takes; 0: it is done at the first look
    review_seconds: int = 86_400  # CAMS: how long a template is reviewed that was created or modified
    batch_parts: int = 50  # Meta: how many parts of a batch are worked off before the others time out as null
    most_nodes: int = 5000  # Meta: objects and rows in one answer with nested fields; the live limit is not documented
    latest_version: str = "v26.0"  # Meta: answers to an unversioned path name this version
