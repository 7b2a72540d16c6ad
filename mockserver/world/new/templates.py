"""The message templates of a new world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from mockserver.world.new.names import chance
from mockserver.world.new.words import Words, language_of, words

if TYPE_CHECKING:
    from random import Random

KINDS = (("MARKETING", "WHATSAPP"), ("UTILITY", "WHATSAPP"), ("MARKETING", "VIBER"))
SHARES = (8, 1, 1)
NAMES = {
    "MARKETING": ("spring_sale", "new_arrivals", "cart_reminder", "loyalty_offer", "flash_deal", "win_back"),
    "UTILITY": ("order_update", "delivery_notice", "appointment_reminder"),
}
REPLY, URL, PHONE = "quick_reply_button", "url_button", "phone_number_button"
BUTTONS = {
    "MARKETING": ((REPLY, REPLY, URL), (REPLY, URL), (REPLY, REPLY), (URL,), (URL, PHONE)),
    "UTILITY": ((PHONE,), ()),
}

Entry = dict[str, Any]


def new_templates(seed: int, locales: Sequence[str], spaces: Sequence[Entry], count: int, as_of: date) -> list[Entry]:
    """*count* templates, the same in two languages being two; the first one is in three, with every button."""
    draw = chance(seed, "templates")
    speaking = {language_of(locale): words(locale) for locale in locales}
    made: list[Entry] = []
    for number, code in enumerate(draw.sample(range(1100 * 10**12, 1101 * 10**12), count)):
        kind = KINDS[number] if number < len(KINDS) else draw.choices(KINDS, SHARES)[0]
        space = spaces[0] if number < len(KINDS) else draw.choice((spaces[0], *spaces))
        template = _template(number, str(code), space["id"], kind, draw, as_of)
        buttons = (REPLY, URL, PHONE) if number == 0 else draw.choice(BUTTONS[kind[0]])
        many = 3 if number == 0 else draw.choices((1, 2, 3), (6, 2, 2))[0]
        for language in draw.sample(list(speaking), min(many, len(speaking), count - len(made))):
            spoken = {"language": language, "buttons": _buttons(buttons, speaking[language])}
            made.append(template | spoken | {"daily_volume": draw.randrange(40, 4000)})
    return made


def _template(number: int, code: str, space_id: str, kind: tuple[str, str], draw: Random, as_of: date) -> Entry:
    created = as_of - timedelta(days=draw.randrange(10, 600))
    return {
        "code": code,
        "name": f"{draw.choice(NAMES[kind[0]])}_{number + 1}",
        "space_id": space_id,
        "language": "",
        "category": kind[0],
        "type": kind[1],
        "created_time": f"{created}T{draw.randrange(24):02}:{draw.randrange(60):02}:00Z",
    }


def _buttons(types: Sequence[str], said: Words) -> list[dict[str, str]]:
    replies = iter(said.replies)
    texts = {URL: said.url, PHONE: said.phone}
    return [{"type": one, "text": texts.get(one) or next(replies)} for one in types]
