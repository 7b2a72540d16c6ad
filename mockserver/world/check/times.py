"""What a world document gets wrong about its today and its time zones."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from mockserver.clock import parse_today
from mockserver.errors import UserError
from mockserver.world.check.shape import shown


def time_faults(world: dict[str, Any]) -> Iterator[str]:
    """A today that cannot be read, and time zones that do not exist."""
    if not _is_today(world.get("today")):
        today = shown(world["today"])
        yield f"$.today: is {today}, expected YYYY-MM-DD or an instant with its offset, from 1970 to 2999"
    for kind in ("accounts", "spaces"):
        for number, entry in enumerate(world[kind]):
            zone = entry.get("timezone_name", "UTC")
            if zone not in _zones():
                at = f"$.{kind}[{number}].timezone_name"
                yield f"{at}: is {shown(zone)}, expected an IANA name such as Europe/Berlin"


@cache
def _zones() -> frozenset[str]:
    # localtime is the one name that means another zone on each machine
    return frozenset(available_timezones() - {"localtime"})


def _is_today(text: str | None) -> bool:
    try:
        parse_today(text)
    except UserError:
        return False
    return True
