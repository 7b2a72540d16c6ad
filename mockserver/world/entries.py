"""The entries of a world file as entities."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from mockserver.world.entities import (
    Account,
    Ad,
    AdSet,
    Button,
    Campaign,
    Page,
    ReportPlan,
    ReportRule,
    Space,
    Template,
    TemplatePin,
)


def _instant(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None


def account(entry: Mapping[str, Any]) -> Account:
    """An ad account."""
    return Account(**{**entry, "created_time": _instant(entry["created_time"])})


def ads(document: Mapping[str, Any], accounts: Mapping[str, Account], pages: Mapping[str, Page]) -> Iterator[Ad]:
    """All ads, each with the ad set and the campaign that it is in."""
    for entry in document["campaigns"]:
        campaign = Campaign(
            id=entry["id"],
            name=entry["name"],
            account=accounts[entry["account_id"]],
            page=pages[entry["page_id"]],
            status=entry.get("status", "ACTIVE"),
            created_time=_instant(entry["created_time"]),
            updated_time=_instant(entry.get("updated_time", entry["created_time"])),
        )
        for group in entry["adsets"]:
            adset = _adset(group, campaign)
            yield from (_ad(one, adset) for one in group["ads"])


def _adset(entry: Mapping[str, Any], campaign: Campaign) -> AdSet:
    return AdSet(
        id=entry["id"],
        name=entry["name"],
        campaign=campaign,
        status=entry.get("status", "ACTIVE"),
        daily_budget=entry.get("daily_budget"),
        lifetime_budget=entry.get("lifetime_budget"),
        start_date=_day(entry["start_date"]),
        end_date=_day(entry.get("end_date")),
        pixel_id=entry.get("pixel_id"),
        audience=entry["audience"],
    )


def _ad(entry: Mapping[str, Any], adset: AdSet) -> Ad:
    pins = entry.get("pins")
    return Ad(
        id=entry["id"],
        name=entry["name"],
        adset=adset,
        status=entry.get("status", "ACTIVE"),
        created_time=_instant(entry["created_time"]),
        stopped_on=_day(entry.get("stopped_on")),
        pins=None if pins is None else {_day(day): pin for day, pin in pins.items()},
    )


def space(entry: Mapping[str, Any]) -> Space:
    """A space of CAMS."""
    return Space(
        id=entry["id"],
        owner_id=entry["owner_id"],
        subscribed=entry.get("subscribed", True),
        timezone_name=entry.get("timezone_name", "UTC"),
        roi_metric_enabled_at=_instant(entry.get("roi_metric_enabled_at")),
        pages=frozenset(entry["pages"]),
        accounts=frozenset(entry["accounts"]),
        waba_id=entry.get("waba_id"),
        phone_numbers=tuple(entry.get("phone_numbers", ())),
    )


def template(entry: Mapping[str, Any], spaces: Mapping[str, Space]) -> Template:
    """A message template of one of *spaces*."""
    pins = entry.get("pins")
    return Template(
        **{name: entry[name] for name in ("code", "name", "language", "category", "type", "daily_volume")},
        space=spaces[entry["space_id"]],
        created_time=_instant(entry["created_time"]),
        buttons=tuple(Button(**button) for button in entry["buttons"]),
        pins=None if pins is None else {_day(day): _template_pin(pin) for day, pin in pins.items()},
    )


def report_rule(entry: Mapping[str, Any]) -> ReportRule:
    """What becomes of the report runs of an account or a level."""
    whose = {name: entry[name] for name in ("account_id", "level") if name in entry}
    return ReportRule(ReportPlan(**{name: entry[name] for name in entry if name not in whose}), **whose)


def _template_pin(entry: Mapping[str, Any]) -> TemplatePin:
    return TemplatePin(**{**entry, "clicks": tuple(entry["clicks"])})
