"""What the probes ask about, found by reading a little: ids of objects that have delivered, and closed days."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from ..ask import Ask
from ..outcomes import Broken, Indeterminate, OutOfScope
from ..profile import Template
from ..target import Target
from ..wire import Answer

MOST = 5  # accounts, pages, campaigns and templates that are tried
_KEPT = "drift/scouted"
_CLOSED = timedelta(days=3)
_WINDOW = timedelta(days=7)
_DAY = timedelta(days=1)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DIGITS = re.compile(r"\d+")

Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scouted:
    """Ids by name, each looked for when it is first asked for."""

    ask: Ask

    def __getitem__(self, name: str) -> Any:
        """The value of *name*; OutOfScope where the target has no such thing, Broken where it does not tell."""
        kept: Found = self.ask.target.kept.setdefault(_KEPT, {})
        if name not in kept:
            names, source = next(group for group in _SOURCES if name in group[0])
            kept |= _answers(names, source, self.ask)
        if isinstance(kept[name], Exception):
            raise kept[name]
        return kept[name]


def _account(ask: Ask) -> Found:
    """An ad account in which an ad has delivered, else the first one; and that ad, with a month of its delivery."""
    assert ask.profile.meta
    named = ask.profile.meta.accounts
    listed = named or [row.get("id") for row in ask.graph.ok("me/adaccounts", {"fields": "id", "limit": 25}).rows]
    accounts = [one for one in listed if isinstance(one, str)]
    if not accounts:
        raise Broken("me/adaccounts tells no id") if listed else OutOfScope("the token sees no ad account")
    for account in accounts[:MOST]:
        if rows := _rows(ask, account):
            return {"account": account, **_delivered(ask, rows)}
    nothing = OutOfScope("nothing was delivered")
    return {"account": accounts[0], **dict.fromkeys(("ad", "adset", "campaign", "since", "until", "several"), nothing)}


def _rows(ask: Ask, account: str) -> list[dict[str, Any]]:
    asked = {"level": "ad", "fields": "ad_id,adset_id,campaign_id", "limit": 100}
    every = {"date_preset": "maximum", "time_increment": "monthly"}
    return ask.graph.ok(f"{account}/insights", {**asked, **every}).rows


def _delivered(ask: Ask, rows: list[dict[str, Any]]) -> Found:
    closed = (ask.target.now() - _CLOSED).date().isoformat()
    row = next((one for one in rows if str(one.get("date_stop")) < closed), rows[0])
    months = {str(one.get("date_start")) for one in rows}
    found = {name: _told(row, f"{name}_id", _DIGITS) for name in ("ad", "adset", "campaign")}
    dates = {"since": _told(row, "date_start", _DATE), "until": _told(row, "date_stop", _DATE)}
    return found | dates | {"several": True if len(months) > 1 else OutOfScope("all was delivered in one month")}


def _told(row: dict[str, Any], name: str, pattern: re.Pattern[str]) -> str | Broken:
    value = row.get(name)
    fits = isinstance(value, str) and pattern.fullmatch(value)
    return value if fits and isinstance(value, str) else Broken(f"no {name} can be read in a row of insights")


def _assets(ask: Ask) -> Found:
    """A creative, a pixel and a page of the ad account."""
    account = Scouted(ask)["account"]
    listed = {
        name: ask.graph.ok(f"{account}/{edge}", {"limit": 1}).rows
        for name, edge in (("creative", "adcreatives"), ("pixel", "adspixels"), ("promoted", "promote_pages"))
    }
    return {name: rows[0]["id"] if rows else OutOfScope(f"there is no {name}") for name, rows in listed.items()}


def _today(ask: Ask) -> Found:
    today = ask.target.today("UTC")
    return {"today": today.isoformat(), "yesterday": (today - _DAY).isoformat()}


def _campaign(ask: Ask) -> Found:
    """A page with message campaigns, and one of them that has delivered."""
    assert ask.profile.cams
    tried = 0
    for space in ask.profile.cams.spaces:
        for page in space.pages[: MOST - tried]:
            tried += 1
            place = {"CustSpaceId": space.id, "PageId": page}
            answer = ask.cams.call("ListMessageCampaign", {**place, "Page": {"Index": 1, "Size": 25}})
            if answer.rows:
                return _in_page(ask, place, answer)
    nothing = OutOfScope("no page has a message campaign")
    return {**_first_page(ask), "cams_account": nothing, "cams_campaign": nothing}


def _in_page(ask: Ask, place: dict[str, str], answer: Answer) -> Found:
    found: Found = {"space": place["CustSpaceId"], "page": place["PageId"]}
    rows = [row for row in answer.rows if all(isinstance(row.get(name), str) for name in ("AdAccountId", "CampaignId"))]
    for row in reversed(rows[-MOST:]):
        one = {name: row[name] for name in ("AdAccountId", "CampaignId")}
        found |= {"cams_account": one["AdAccountId"], "cams_campaign": one["CampaignId"]}
        if ask.cams.call("GetMessageCampaignInsights", {**place, **one}).rows:
            break
    untold = Broken("ListMessageCampaign names no campaign and account that can be read")
    return {"cams_account": untold, "cams_campaign": untold, **found}


def _first_page(ask: Ask) -> Found:
    assert ask.profile.cams
    for space in ask.profile.cams.spaces:
        for page in space.pages:
            return {"space": space.id, "page": page}
    return dict.fromkeys(("space", "page"), OutOfScope("the profile names no space with a page"))


def _template(ask: Ask) -> Found:
    """A template that was sent in the last seven closed days, else the first one that may be asked for."""
    window = _window(ask)
    found: Found = {}
    for template in _templates(ask):
        found = {"template": template.code, "template_space": template.space_id or "", **window}
        asked = {"CustSpaceId": template.space_id, "TemplateCode": template.code, "Start": window["start"]}
        if ask.cams.call("GetChatappTemplateMetric", {**asked, "End": window["end"]}).rows:
            break
    return found or {"template": OutOfScope("the profile names no template"), "template_space": "", **window}


def _templates(ask: Ask) -> Iterator[Template]:
    assert ask.profile.cams
    usable = [one for one in ask.profile.cams.templates if one.usable]
    return iter(usable[:MOST])


def _window(ask: Ask) -> dict[str, int]:
    end = datetime.combine(ask.target.today("UTC"), time(), UTC)
    starts = {"start": end - _WINDOW, "last": end - _DAY}
    return {name: _milliseconds(at) for name, at in {**starts, "end": end}.items()}


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1000


# what is found together, and how
_SOURCES: tuple[tuple[tuple[str, ...], Callable[[Ask], Found]], ...] = (
    (("account", "ad", "adset", "campaign", "since", "until", "several"), _account),
    (("creative", "pixel", "promoted"), _assets),
    (("today", "yesterday"), _today),
    (("space", "page", "cams_account", "cams_campaign"), _campaign),
    (("template", "template_space", "start", "last", "end"), _template),
)


def _answers(names: tuple[str, ...], source: Callable[[Ask], Found], ask: Ask) -> Found:
    """What *source* finds; where it fails, its failure under each of *names*, so that it is not asked again."""
    try:
        return source(ask)
    except (Broken, Indeterminate, OutOfScope) as failure:
        return dict.fromkeys(names, failure)


def forget(target: Target) -> None:
    """Look for everything anew."""
    target.kept.pop(_KEPT, None)
