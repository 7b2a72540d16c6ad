"""Chance that depends on where it is asked, never on call order, process or time."""

from hashlib import blake2b
from struct import Struct

_DRAWS = Struct("<32H")
ONE = 1 << 16  # every draw is a whole number of 65,536ths


def draws(seed: int, *place: object) -> tuple[int, ...]:
    """32 even draws from 0 to 65,535 that belong to *place* in the world of *seed*."""
    return _DRAWS.unpack(digest(seed, *place))


def digest(seed: int, *place: object) -> bytes:
    """64 even bytes that belong to *place* in the world of *seed*."""
    text = ":".join(map(str, place)).encode()
    return blake2b(text, digest_size=64, key=str(seed).encode()[:64]).digest()


def between(low: int, high: int, draw: int) -> int:
    """A whole number from *low* up to, but not including, *high*."""
    return low + ((high - low) * draw >> 16)


def part(count: int, rate: int, draw: int) -> int:
    """A part of *count* at *rate* 65,536ths, rounded by *draw*; never more than *count*."""
    return (count * rate + draw) >> 16
