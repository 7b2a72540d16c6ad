"""The WhatsApp account of a space and its phone numbers: what its file does not say follows from the seed."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockserver.world.chance import draws
from mockserver.world.entities import Space, Template

_DRAWN = 2


@dataclass(frozen=True, slots=True)
class Waba:
    """A WhatsApp Business Account, and the business that owns it."""

    id: str
    business_id: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number that sends."""

    id: str
    number: str
    space_id: str


def waba(seed: int, space: Space) -> Waba:
    """The account of *space*."""
    draw = draws(seed, "waba", space.id)
    words = "".join(f"{one:04x}" for one in draw[8:16])
    lengths = (8, 4, 4, 4, 12)
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    namespace = "_".join(words[start : start + length] for start, length in zip(starts, lengths, strict=True))
    return Waba(space.waba_id or _digits(draw[0:4]), _digits(draw[4:8]), namespace)


def phones(seed: int, space: Space) -> Sequence[Phone]:
    """The phone numbers of *space*; those that are drawn are kept for fiction."""
    draw = draws(seed, "phones", space.id)
    drawn = [f"1555{draw[0] % 1000:03}{draw[1] % 1000:03}{n}" for n in range(_DRAWN)]
    return [
        Phone(_digits(draws(seed, "phone", number)[:4]), number, space.id) for number in space.phone_numbers or drawn
    ]


def sender(seed: int, template: Template) -> Phone:
    """The phone number from which *template* is sent."""
    draw, own = draws(seed, "sender", template.code, template.language), phones(seed, template.space)
    return own[draw[0] % len(own)]


def _digits(draw: Sequence[int]) -> str:
    return "1" + "".join(f"{one % 10_000:04}" for one in draw)
