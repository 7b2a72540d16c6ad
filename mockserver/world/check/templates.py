"""What a world document gets wrong about the pinned days of its templates."""

from collections.abc import Iterator
from typing import Any


def template_faults(world: dict[str, Any]) -> Iterator[str]:
    """Pinned days whose counts do not nest, or whose clicks do not match the buttons."""
    for number, template in enumerate(world["templates"]):
        for day, pin in template.get("pins", {}).items():
            yield from _pin_faults(f"$.templates[{number}].pins.{day}", pin, len(template["buttons"]))


def _pin_faults(here: str, pin: dict[str, Any], buttons: int) -> Iterator[str]:
    for part, whole in (("delivered", "sent"), ("read", "delivered")):
        if pin[part] > pin[whole]:
            yield f"{here}.{part}: is {pin[part]}, expected at most the {pin[whole]} {whole}"
    if len(pin["clicks"]) != buttons:
        yield f"{here}.clicks: has {len(pin['clicks'])} counts, expected {buttons}, one for each button"
    for number, clicks in enumerate(pin["clicks"]):
        if clicks > pin["delivered"]:
            yield f"{here}.clicks[{number}]: is {clicks}, expected at most the {pin['delivered']} delivered"
