"""CAMS tells nothing of what is unknown, somebody else's or not subscribed, on every operation."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, Row, near_misses, refuse, shaped
from ..expect import same
from ..found_cams import (
    ACCOUNTS,
    ENABLE,
    INSIGHTS,
    LIST,
    METRIC,
    NAMES,
    UNKNOWN,
    able,
    campaigns,
    metric,
    named,
    operation,
    places,
    spread,
    templates,
    valid,
)
from ..outcomes import OutOfScope
from ..profile import Space
from ..property import Live, contract
from ..words_cams import PRODUCT, refused_as

OWNER = "Unknown.ResourceOwnerId"
_BELONGS = "Unknown.ResourceOwnerId: The resource does not belong to the current user."
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1, "page": PRODUCT, "live": Live.MOCK}


@contract(
    "CAMS-R17", "A space, page, ad account or campaign that is unknown is refused",
    sentence=f"{_BELONGS} (Assumed for what does not exist at all)", calls=55, **_HOW,
)  # fmt: skip
def unknown_ids_are_refused(ask: Ask) -> None:
    """Ids that do not exist, and ids that are almost right, on every operation that reads them."""
    refuse(ask, spread(ask, list(_unknown(ask)), 16))


def _unknown(ask: Ask) -> Iterator[Bad]:
    reads: dict[str, tuple[str, ...]] = {
        ACCOUNTS: ("CustSpaceId", "PageId"),
        LIST: ("CustSpaceId", "PageId", "AdAccountId"),
        INSIGHTS: ("CustSpaceId", "PageId", "AdAccountId", "CampaignId"),
    }
    for name in able(ask, *reads):
        for one in reads[name]:
            text = str(shaped(ask, name).get(one) or UNKNOWN)
            yield from (Bad(name, OWNER, "", {one: wrong}) for wrong in near_misses(ask, text))
    for name in able(ask, METRIC, ENABLE):
        yield from (Bad(name, OWNER, "", {"CustSpaceId": wrong}) for wrong in ("cams-nobody", "Cams-docs"))


@contract(
    "CAMS-R18", "What belongs to another space is refused", sentence=_BELONGS, calls=60, **_HOW,
)  # fmt: skip
def other_spaces_are_refused(ask: Ask) -> None:
    """A page or ad account of another space, and a campaign under another page or ad account than its own."""
    refuse(ask, spread(ask, list(islice(_misplaced(ask), 160)), 16))


def _misplaced(ask: Ask) -> Iterator[Bad]:
    listed = places(ask)
    pages = {place.page_id for place in listed}
    accounts = {one for place in listed for one in place.space.accounts}
    for place in listed:
        page = {"Page": {"Index": 1, "Size": 5}}
        for other in sorted(pages - set(place.space.pages)):
            yield Bad(ACCOUNTS, OWNER, "", {**place.asked, "PageId": other})
            yield Bad(LIST, OWNER, "", {**place.asked, **page, "PageId": other})
        for account in sorted(accounts - set(place.space.accounts)):
            yield Bad(LIST, OWNER, "", {**place.asked, **page, "AdAccountId": account})
    try:
        known = campaigns(ask)
    except OutOfScope:
        return
    for place, row in known:
        asked = named(place, row)
        for other in sorted(pages - {row["PageId"]}):
            yield Bad(INSIGHTS, OWNER, "", {**asked, "PageId": other})
        for account in sorted(accounts - {row["AdAccountId"]}):
            yield Bad(INSIGHTS, OWNER, "", {**asked, "AdAccountId": account})
        for space in {one.space.id for one in listed if row["AdAccountId"] not in one.space.accounts}:
            yield Bad(INSIGHTS, OWNER, "", {**asked, "CustSpaceId": space})


def closed_space(ask: Ask, kind: str) -> Space:
    """The world's space of that *kind*, which the caller cannot use."""
    assert ask.profile.cams
    if kind not in ask.profile.cams.closed:
        raise OutOfScope(f"the world has no space that is {kind}")
    return ask.profile.cams.closed[kind]


def _in_space(ask: Ask, space: Space, names: Iterable[str] = NAMES) -> Iterator[tuple[str, Row]]:
    """The parameters of every operation, each naming *space* and what is in it."""
    inside = {"CustSpaceId": space.id}
    inside |= {"PageId": space.pages[0]} if space.pages else {}
    inside |= {"AdAccountId": space.accounts[0]} if space.accounts else {}
    for name in names:
        known = operation(name).parameters
        asked = {one: value for one, value in inside.items() if one in known}
        yield name, {**shaped(ask, name), **asked}


@contract(
    "CAMS-R19", "Another owner's space is refused on every operation", sentence=_BELONGS, calls=12, **_HOW,
)  # fmt: skip
def other_owners_are_refused(ask: Ask) -> None:
    """Named by its id, with its own page, ad account, campaign and template, in either scheme."""
    space = closed_space(ask, "other_owner")
    for name, asked in _in_space(ask, space):
        refuse(ask, [Bad(name, OWNER, "", asked, {"scheme": scheme}) for scheme in ("v3", "v1")])
    for code in _codes(ask, space):
        refuse(ask, [Bad(METRIC, OWNER, "", {"TemplateCode": code, "CustSpaceId": None})])


@contract(
    "CAMS-R20", "Another owner's key opens none of our spaces", sentence=_BELONGS, calls=5, **_HOW,
)  # fmt: skip
def other_keys_open_nothing(ask: Ask) -> None:
    """A valid key of another owner, on every operation of ours."""
    assert ask.profile.cams
    key = ask.profile.cams.keys.get("other_owner")
    if key is None:
        raise OutOfScope("the world has no key of another owner")
    refuse(ask, [Bad(name, OWNER, "", valid(ask, name), {"key": key}) for name in able(ask)])


@contract(
    "CAMS-R21", "An unsubscribed space is refused on every operation",
    sentence="Product.Unsubscript: You have not subscribed to the specified product.", calls=7, **_HOW,
)  # fmt: skip
def unsubscribed_spaces_are_refused(ask: Ask) -> None:
    """Named by its id; a template in it also without its id."""
    space = closed_space(ask, "unsubscribed")
    error = "Product.Unsubscript"
    refuse(ask, [Bad(name, error, "", asked) for name, asked in _in_space(ask, space)])
    for code in _codes(ask, space):
        refuse(ask, [Bad(METRIC, error, "", {"TemplateCode": code, "CustSpaceId": None})])


def _spaces_of(ask: Ask) -> dict[str, set[str]]:
    """The spaces of each template of the world, by its code."""
    found: dict[str, set[str]] = {}
    for one in (ask.profile.world or {}).get("templates", ()):
        found.setdefault(one["code"], set()).add(one["space_id"])
    return found


def _codes(ask: Ask, space: Space) -> list[str]:
    """The code of one template that is in *space* alone, if it has any."""
    return [code for code, spaces in _spaces_of(ask).items() if spaces == {space.id}][:1]


@contract(
    "CAMS-R22", "A template that is no marketing template of WhatsApp has no metrics",
    sentence="This API queries metrics only for marketing templates of WhatsApp channels.", calls=8, **_HOW,
)  # fmt: skip
def only_marketing_templates(ask: Ask) -> None:
    """Utility templates and those of other channels: InvalidParameter.TemplateTypeNotSupport, with HTTP 200."""
    error = "InvalidParameter.TemplateTypeNotSupport"
    codes = codes_of_another_kind(ask)
    for code in spread(ask, codes[:6], 3):
        refuse(ask, [Bad(METRIC, error, "", {"TemplateCode": code, "CustSpaceId": None, "Language": None})])
        space = next(iter(_spaces_of(ask)[code]))
        refuse(ask, [Bad(METRIC, error, "", {"TemplateCode": code, "CustSpaceId": space})])
    if not codes:
        raise OutOfScope("the world has no template of another kind")


def codes_of_another_kind(ask: Ask) -> list[str]:
    """The codes of templates, each in one usable space, that are no marketing templates of WhatsApp."""
    usable = {one.id for one in ask.profile.cams.spaces} if ask.profile.cams else set()
    other = [
        one["code"]
        for one in (ask.profile.world or {}).get("templates", ())
        if one["space_id"] in usable and (one["category"], one["type"]) != ("MARKETING", "WHATSAPP")
    ]
    return [code for code in dict.fromkeys(other) if len(_spaces_of(ask)[code]) == 1]


@contract(
    "CAMS-R23", "A template or language that does not exist is refused",
    sentence="DetailError.TemplateNotExist (Assumed: HTTP 200, as business codes are)", calls=9, **_HOW,
)  # fmt: skip
def unknown_templates_are_refused(ask: Ask) -> None:
    """An unknown code, one that is almost right, and a language that the template is not in."""
    asked = metric(ask, 1)
    code = asked["TemplateCode"]
    wrong: list[Row] = [{"TemplateCode": one} for one in near_misses(ask, code)]
    spoken = templates(ask)[0].languages
    near = {one[:-1] for one in spoken} | {one.upper() for one in spoken} | {"xx", "tlh"}
    wrong += [{"Language": one} for one in sorted(near - set(spoken)) if one]
    for changes in spread(ask, wrong, 4):
        refuse(ask, [Bad(METRIC, "DetailError.TemplateNotExist", "", {**asked, **changes})])


@contract(
    "CAMS-R24", "A template of another space than the one named is refused", sentence=_BELONGS, calls=3, **_HOW,
)  # fmt: skip
def templates_belong_to_spaces(ask: Ask) -> None:
    """CustSpaceId of one own space, TemplateCode of another."""
    assert ask.profile.cams
    spaces = [one.id for one in ask.profile.cams.spaces]
    at = _spaces_of(ask)
    cases = [(one, space) for one in templates(ask) for space in spaces if space not in at.get(one.code, ())]
    asked = [{**metric(ask, 1), "TemplateCode": one.code, "CustSpaceId": space} for one, space in cases]
    refuse(ask, [Bad(METRIC, OWNER, "", one) for one in spread(ask, asked[:4], 1)])


@contract(
    "CAMS-R25", "A refusal does not depend on who else was asked before", sentence=_BELONGS, calls=6, **_HOW,
)  # fmt: skip
def owners_do_not_mix(ask: Ask) -> None:
    """One owner's good call, then another's of the same question: the second is refused, the first still good."""
    assert ask.profile.cams
    key = ask.profile.cams.keys.get("other_owner")
    if key is None:
        raise OutOfScope("the world has no key of another owner")
    for name in able(ask, ACCOUNTS, LIST):
        first = ask.cams.ok(name, valid(ask, name))
        refused_as(ask, ask.cams.call(name, valid(ask, name), key=key), OWNER)
        same(ask.cams.ok(name, valid(ask, name)).get("Data"), first.get("Data"), "an owner's answers stay the owner's")
