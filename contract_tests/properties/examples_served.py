"""The vendors' printed examples, told to the digit by a mock that serves the world made for them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from mockserver.contract.load import load

from .. import worlds
from ..ask import Ask
from ..dates import earliest
from ..expect import ok, same
from ..found_cams import ACCOUNTS, DAY, INSIGHTS, LIST, METRIC
from ..outcomes import OutOfScope
from ..property import Live, contract
from ..quarantine import BUDGET_INSTEAD, CLICKS_INSTEAD, INSIGHTS_INSTEAD

WORLD = "docs"
LAST_DAY = date(2025, 7, 29)  # of which the examples tell
FIRST_DAY = date(2024, 5, 1)
HOW: dict[str, Any] = {"kind": "shape", "live": Live.MOCK, "examples": 1}
TITLE = "The printed examples come out to the digit"


@contextmanager
def served(ask: Ask) -> Iterator[Ask]:
    """The target if it serves the world of the examples, or a mock in this process that does."""
    target = ask.target
    if target.profile.world == worlds.read(WORLD):
        yield ask
    elif target.name == "mock" and target.another is not None:
        with target.another(WORLD, 0) as mock:
            yield Ask(mock, ask.data, ask.effort, ask.answers, ask.drawn)
    else:
        raise OutOfScope(f"the target does not serve the world {WORLD}")


def example(vendor: str, operation: str, number: int = 0) -> Mapping[str, Any]:
    """The printed example of *operation*."""
    found: Mapping[str, Any] = load(vendor).operations[operation].raw["examples"][number]
    return found


def names(ask: Ask) -> dict[str, str]:
    """The ids of the world's only campaign, as CAMS names them."""
    world: Any = ask.profile.world
    campaign, space = world["campaigns"][0], world["spaces"][0]
    ids = {"CustSpaceId": space["id"], "PageId": campaign["page_id"], "AdAccountId": campaign["account_id"]}
    return {**ids, "CampaignId": campaign["adsets"][0]["ads"][0]["id"]}


def today(ask: Ask) -> date:
    """Today where the examples' ad account is; out of scope before their last day."""
    day = ask.target.today("America/Los_Angeles")
    if day < LAST_DAY:
        raise OutOfScope("the target's today is before the last day of the examples")
    return day


@contract(
    "META-D14", TITLE, sentence="Example response", calls=2, **HOW,
    page="Measure Campaign Performance on Marketing Message API for Messenger",
)  # fmt: skip
def graph_examples(ask: Ask) -> None:
    """Both answers whole: data, dates and cursors."""
    with served(ask) as docs:
        day, ad = today(docs), names(docs)["CampaignId"]
        first, second = (example("meta", "insights", number) for number in (0, 1))
        fields = ",".join(name for name in first["response"]["data"][0] if not name.startswith("date_"))
        answer = ok(docs.graph.call(f"{ad}/insights", {"fields": fields}))
        same(answer.json, first["response"], "the example of delivered messages comes out")
        if earliest(day) <= FIRST_DAY:
            answer = ok(docs.graph.call(f"{ad}/insights", second["request"]))
            same(answer.json, second["response"], "the example of offsite conversions comes out")


@contract(
    "CAMS-D14", TITLE, sentence="Examples, Success response", page="Chat App Message Service: the operations' pages",
    calls=4, **HOW,
)  # fmt: skip
def cams_examples(ask: Ask) -> None:
    """Campaign insights, the list, ad accounts and template metrics; what is quarantined has its reason."""
    with served(ask) as docs:
        today(docs)
        asked = names(docs)
        printed = example("cams", INSIGHTS)["response"]["Data"][0]
        owed = {**printed, **{name: value for name, (value, _) in INSIGHTS_INSTEAD.items()}}
        same(docs.cams.rows(INSIGHTS, asked), [owed], "the example of campaign insights comes out")
        listed(docs, asked)
        metrics(docs)


def listed(docs: Ask, asked: Mapping[str, str]) -> None:
    """The list of campaigns, and the ad accounts of the page."""
    place = {name: asked[name] for name in ("CustSpaceId", "PageId")}
    row = docs.cams.rows(LIST, {**place, "Page": {"Index": 1, "Size": 55}})[0]
    printed = {**example("cams", LIST)["response"]["Data"][0], "Budget": BUDGET_INSTEAD[0]}
    owed = {name: printed[name] for name in ("CampaignName", "Status", "BudgetType", "Budget")}
    same({name: row.get(name) for name in owed}, owed, "the example of a campaign comes out")
    account = docs.cams.rows(ACCOUNTS, place)[0]
    currency = example("cams", ACCOUNTS)["response"]["Data"][0]["Currency"]
    same(account.get("Currency"), currency, "the example of an ad account comes out")


def metrics(docs: Ask) -> None:
    """The metrics of the template on the day of the page's own Start, 28 August 2023."""
    world: Any = docs.profile.world
    template, space = world["templates"][0], world["spaces"][0]
    start = int(datetime(2023, 8, 28, tzinfo=UTC).timestamp() * 1000)
    asked = {"TemplateCode": template["code"], "CustSpaceId": space["id"], "Start": start, "End": start + DAY}
    row = docs.cams.rows(METRIC, asked)[0]
    printed = example("cams", METRIC)["response"]["Data"][0]
    owed = {name: printed[name] for name in ("SentCount", "DeliveredCount", "ReadCount", "Language")}
    same({name: row.get(name) for name in owed}, owed, "the example of template metrics comes out")
    button = {**printed["Cliented"][0], "Count": CLICKS_INSTEAD[0]}
    same(row["Cliented"][0], button, "the example of a button comes out")
