"""Who sends: an object of the hierarchy with those of its ads that are asked for."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace

from mockserver.world.entities import Ad, Page
from mockserver.world.load import Node


@dataclass(frozen=True, slots=True)
class Choice:
    """Some ads of a world: equal *key*s choose the same."""

    key: Hashable
    takes: Callable[[Ad], bool] = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Sender:
    """*node*, of which only *ads* count; *key* says which they are."""

    node: Node
    key: Hashable
    ads: tuple[Ad, ...]


def by_page(sender: Sender) -> Mapping[Page, Sender]:
    """*sender* with the ads of each of its pages alone, in the order of the pages' ids."""
    found: dict[Page, list[Ad]] = {}
    for ad in sender.ads:
        found.setdefault(ad.campaign.page, []).append(ad)
    pages = sorted(found, key=lambda page: page.id)
    return {page: replace(sender, key=(sender.key, "page", page.id), ads=tuple(found[page])) for page in pages}
