"""What the world file and the events since then hold together: campaigns, templates, pages, settings, messages."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mockserver.world.channel import phones
from mockserver.world.entities import Ad, Message, Space, Template
from mockserver.world.ledger import (
    CampaignCreated,
    CampaignDeleted,
    Changed,
    Event,
    InstanceCreated,
    InstanceDeleted,
    MessageSent,
    PageBound,
    PageUnbound,
    PhoneAdded,
    TemplateCreated,
    TemplateDeleted,
)
from mockserver.world.load import Node, WorldFile, age, graph_id, level_of, parents

Key = tuple[str, str]


@dataclass(slots=True, eq=False)
class Made:
    """A value that is never changed once it is read: *version* counts the changes of campaigns."""

    file: WorldFile
    version: int = 0
    spaces: Mapping[str, Space] = field(init=False)
    templates: Mapping[str, Sequence[Template]] = field(init=False)  # by code
    own: Mapping[str, Sequence[Template]] = field(init=False)  # by space
    settings: Mapping[tuple[str, ...], Mapping[str, Any]] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)  # by sender, oldest first
    _nodes: dict[str, Node] = field(default_factory=dict)
    _below: dict[Key, tuple[Node, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spaces, self.templates = self.file.spaces, self.file.templates
        own: dict[str, list[Template]] = {id_: [] for id_ in self.spaces}
        for same in self.templates.values():
            for template in same:
                own[template.space.id].append(template)
        self.own = own

    def node(self, graph_id: str) -> Node | None:
        """The node of that Graph id."""
        return self._nodes.get(graph_id) or self.file.nodes.get(graph_id)

    def below(self, owner: str, level: str) -> Sequence[Node]:
        """The nodes of *level* in the node of the Graph id *owner*, newest first."""
        found = self._below.get((owner, level))
        return self.file.below.get((owner, level), ()) if found is None else found

    def after(self, event: Event) -> "Made":
        """The same with *event*; whoever still reads this one reads it whole."""
        apply = _APPLY.get(type(event))
        if apply is None:
            return self
        made = copy(self)
        made._nodes, made._below = dict(self._nodes), dict(self._below)
        apply(made, event)
        return made

    def put(self, ad: Ad) -> None:
        """Make *ad* and all that it belongs to part of the world, in place of what had their ids."""
        chain = list(parents(ad))
        for depth, node in enumerate(chain):
            self._nodes[graph_id(node)] = node
            for child in chain[: depth + 1]:
                key, id_ = (graph_id(node), level_of(child)), graph_id(child)
                others = [one for one in self.below(*key) if graph_id(one) != id_]
                self._below[key] = tuple(sorted([*others, child], key=age, reverse=True))


def _created(made: Made, event: CampaignCreated) -> None:
    made.put(event.ad)
    made.version += 1


def _deleted(made: Made, event: CampaignDeleted) -> None:
    """The ad is deleted; what is left without a living ad above it is deleted too."""
    ad = made.node(event.ad_id)
    assert isinstance(ad, Ad)
    for one in _without(made, ad, event.on):
        made.put(one)
    made.version += 1


def _without(made: Made, ad: Ad, on: date) -> list[Ad]:
    gone = replace(ad, status="DELETED", stopped_on=min(ad.stopped_on or on, on))
    every = [one for one in made.below(ad.campaign.id, "ad") if isinstance(one, Ad)]
    living = [one for one in every if one.id != ad.id and one.status != "DELETED"]
    if any(one.adset.id == ad.adset.id for one in living):
        return [gone]
    campaign = ad.campaign if living else replace(ad.campaign, status="DELETED")
    adset = replace(ad.adset, campaign=campaign, status="DELETED")
    same = [gone if one.id == ad.id else one for one in every if living == [] or one.adset.id == ad.adset.id]
    adsets = {one.adset.id: replace(one.adset, campaign=campaign) for one in same} | {adset.id: adset}
    return [replace(one, adset=adsets[one.adset.id]) for one in same]


def _template_created(made: Made, event: TemplateCreated) -> None:
    template = event.template
    before = ("template", template.code, template.language)  # of one that was deleted
    made.settings = {subject: values for subject, values in made.settings.items() if subject != before}
    made.templates = {**made.templates, template.code: (*made.templates.get(template.code, ()), template)}
    made.own = {**made.own, template.space.id: (*made.own[template.space.id], template)}


def _template_deleted(made: Made, event: TemplateDeleted) -> None:
    same = made.templates.get(event.code, ())
    left = tuple(one for one in same if one.language != event.language)
    others = {code: some for code, some in made.templates.items() if code != event.code}
    made.templates = {**others, event.code: left} if left else others
    for space in {one.space.id for one in same}:
        kept = (one for one in made.own[space] if (one.code, one.language) != (event.code, event.language))
        made.own = {**made.own, space: tuple(kept)}


def _instance_created(made: Made, event: InstanceCreated) -> None:
    made.spaces = {**made.spaces, event.space.id: event.space}
    made.own = {**made.own, event.space.id: ()}


def _instance_deleted(made: Made, event: InstanceDeleted) -> None:
    made.spaces = {id_: space for id_, space in made.spaces.items() if id_ != event.space_id}


def _page_bound(made: Made, event: PageBound) -> None:
    for space in _there(made, event.space_id):
        wider = replace(space, pages=space.pages | {event.page_id}, accounts=space.accounts | event.accounts)
        made.spaces = {**made.spaces, space.id: wider}


def _page_unbound(made: Made, event: PageUnbound) -> None:
    for space in _there(made, event.space_id):
        made.spaces = {**made.spaces, space.id: replace(space, pages=space.pages - {event.page_id})}


def _phone_added(made: Made, event: PhoneAdded) -> None:
    for space in _there(made, event.space_id):
        own = tuple(phone.number for phone in phones(made.file.seed, space))
        made.spaces = {**made.spaces, space.id: replace(space, phone_numbers=(*own, event.number))}


def _there(made: Made, space_id: str) -> Sequence[Space]:
    """The space of that id; none where it was deleted while it was written to."""
    return [made.spaces[space_id]] if space_id in made.spaces else []


def _changed(made: Made, event: Changed) -> None:
    made.settings = {**made.settings, event.subject: {**made.settings.get(event.subject, {}), **event.values}}


def _sent(made: Made, event: MessageSent) -> None:
    made.messages.setdefault(event.message.sender, []).append(event.message)


_APPLY: dict[type, Callable[[Made, Any], None]] = {
    CampaignCreated: _created,
    CampaignDeleted: _deleted,
    TemplateCreated: _template_created,
    TemplateDeleted: _template_deleted,
    PageBound: _page_bound,
    PageUnbound: _page_unbound,
    InstanceCreated: _instance_created,
    InstanceDeleted: _instance_deleted,
    PhoneAdded: _phone_added,
    Changed: _changed,
    MessageSent: _sent,
}
