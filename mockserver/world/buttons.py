"""The buttons of an ad, by which clicks are told apart."""

from dataclasses import dataclass

from mockserver.world.chance import draws
from mockserver.world.entities import Ad

_LINKS = ("Shop now", "Learn more", "Book now", "Get offer", "Sign up", "See menu", "Order now", "Contact us")
_REPLIES = ("Tell me more", "Not interested", "Remind me later", "Stop promotions")
_CALL = "Call now"


@dataclass(frozen=True, slots=True)
class Buttons:
    """The names of an ad's buttons: one or two links, a quick reply and a phone call."""

    links: tuple[str, ...]
    reply: str
    call: str

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.links, self.reply, self.call)


def buttons(seed: int, ad: Ad) -> Buttons:
    """The names of the buttons of *ad*."""
    draw = draws(seed, ad.id, "buttons")
    links = (_LINKS[draw[0] % 8], _LINKS[(draw[0] + 1 + draw[1] % 7) % 8])
    return Buttons(links[: 1 + draw[2] % 2], _REPLIES[draw[3] % 4], _CALL)
