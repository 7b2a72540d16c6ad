"""A small world for the tests of CAMS: every status, both budgets, two accounts and pages, templates of every kind."""

from functools import cache
from typing import Any

from mockserver.world.load import WorldFile, build

OWNER, OTHER, NOBODY = "1000", "2000", "3000"
SPACE, SECOND, UNSUBSCRIBED, FOREIGN = "cams-space", "cams-second", "cams-unsubscribed", "cams-foreign"
ACCOUNT, SECOND_ACCOUNT, FOREIGN_ACCOUNT = "501", "502", "503"
PAGE, SECOND_PAGE = "601", "602"
TEMPLATE, UTILITY, VIBER = "9001", "9002", "9003"
FOREIGN_TEMPLATE, UNSUBSCRIBED_TEMPLATE, SECOND_TEMPLATE = "9004", "9005", "9006"
ACTIVE, PAUSED, DELETED, ARCHIVED = "8101", "8102", "8103", "8104"
FUTURE, LIFETIME, OTHER_PAGE, FOREIGN_AD = "8201", "8301", "8401", "8501"
CAMPAIGN_PAUSED, ADSET_PAUSED = "8801", "8901"
LISTED = 28  # the message campaigns that PAGE lists by default


def _ad(id_: str, name: str, day: int, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": name, "created_time": f"2026-09-{day:02}T08:00:00+00:00", **more}


def _campaign(id_: str, account: str, page: str, ads: list[dict[str, Any]], **group: Any) -> dict[str, Any]:
    usual = {"start_date": "2026-09-01", "audience": {"US": 60, "DE": 40}}
    if "lifetime_budget" not in group:
        usual["daily_budget"] = 5000
    adset = {"id": f"7{id_}", "name": f"group {id_}", **usual, **group, "ads": ads}
    return {
        "id": id_,
        "name": f"campaign {id_}",
        "account_id": account,
        "page_id": page,
        "created_time": "2026-08-30T08:00:00+00:00",
        "adsets": [adset],
    }


def _campaigns() -> list[dict[str, Any]]:
    many = [_ad(str(8600 + n), f"wave {n % 5}", 1 + n % 4) for n in range(22)]
    stopped = {"stopped_on": "2026-10-10"}
    return [
        _campaign(
            "71",
            ACCOUNT,
            PAGE,
            [
                _ad(ACTIVE, "sale & <more> “ünï”", 9),
                _ad(PAUSED, "pause", 8, status="PAUSED", **stopped),
                _ad(DELETED, "gone", 7, status="DELETED", **stopped),
                _ad(ARCHIVED, "old", 6, status="ARCHIVED", **stopped),
            ],
        ),
        _campaign("72", ACCOUNT, PAGE, [_ad(FUTURE, "later", 5)], start_date="2027-01-01"),
        _campaign("73", ACCOUNT, PAGE, [_ad(LIFETIME, "whole", 4)], lifetime_budget=90000, end_date="2026-10-30"),
        _campaign("74", ACCOUNT, SECOND_PAGE, [_ad(OTHER_PAGE, "elsewhere", 3)]),
        _campaign("75", FOREIGN_ACCOUNT, SECOND_PAGE, [_ad(FOREIGN_AD, "theirs", 3)]),
        _campaign("76", SECOND_ACCOUNT, PAGE, many[:11]),
        _campaign("77", ACCOUNT, PAGE, many[11:]),
        _campaign("78", ACCOUNT, PAGE, [_ad(CAMPAIGN_PAUSED, "held", 2, **stopped)]) | {"status": "PAUSED"},
        _campaign("79", ACCOUNT, PAGE, [_ad(ADSET_PAUSED, "held too", 2, **stopped)], status="PAUSED"),
    ]


def _space(id_: str, owner: str, **more: Any) -> dict[str, Any]:
    usual = {"pages": [PAGE, SECOND_PAGE], "accounts": [ACCOUNT, SECOND_ACCOUNT]}
    return {"id": id_, "owner_id": owner, **usual, **more}


def _template(code: str, space: str, language: str = "en", **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"template_{code}",
        "space_id": space,
        "language": language,
        "category": "MARKETING",
        "type": "WHATSAPP",
        "created_time": "2026-09-01T00:00:00+00:00",
        "daily_volume": 5000,
        "buttons": [{"type": "quick_reply_button", "text": "Yes"}, {"type": "url_button", "text": "Shop"}],
        **more,
    }


def _key(id_: str, owner: str = OWNER, **more: Any) -> dict[str, Any]:
    return {"id": id_, "secret": f"secret of {id_}", "owner_id": owner, "actions": ["*"], **more}


def _token(token: str, **more: Any) -> dict[str, Any]:
    usual = {"app_id": "999", "user_id": "1", "user_name": "somebody", "permissions": ["ads_read"]}
    return {"token": token, **usual, "accounts": [ACCOUNT, SECOND_ACCOUNT], **more}


def _credentials() -> dict[str, Any]:
    return {
        "apps": [{"id": "999", "secret": "secret"}],
        "access_tokens": [_token("graph"), _token("withdrawn", invalidated="password_changed")],
        "access_keys": [
            _key("key"),
            _key("key", security_token="token"),
            _key("STS.key", security_token="token"),
            _key("temporary", security_token="token"),
            _key("inactive", active=False),
            _key("powerless", actions=[]),
            _key("reader", actions=["cams:Get*", "cams:ListMessageCampaign"]),
            _key("narrow", actions=["cams:GetM*"]),
            _key("temporary-reader", actions=["cams:Get*"], security_token="token"),
            _key("other", OTHER),
            _key("nobody", NOBODY),
        ],
        "bearer_tokens": [
            {"token": "bearer", "owner_id": OWNER, "actions": ["*"]},
            {"token": "weak-bearer", "owner_id": OWNER, "actions": []},
        ],
    }


def document() -> dict[str, Any]:
    """The world's document."""
    accounts = (ACCOUNT, SECOND_ACCOUNT, FOREIGN_ACCOUNT)
    usual = {
        "timezone_name": "Asia/Singapore",
        "created_time": "2026-01-01T00:00:00+00:00",
        "ads_api_access_tier": "standard_access",
    }
    return {
        "name": "cams tests",
        "seed": 5,
        "accounts": [{"id": one, "name": f"account {one}", "currency": "USD", **usual} for one in accounts],
        "pages": [{"id": PAGE, "name": "page"}, {"id": SECOND_PAGE, "name": "second page"}],
        "campaigns": _campaigns(),
        "spaces": [
            _space(SPACE, OWNER, timezone_name="Asia/Kathmandu"),
            _space(SECOND, OWNER, pages=[SECOND_PAGE], accounts=[ACCOUNT]),
            _space(UNSUBSCRIBED, OWNER, subscribed=False),
            _space(FOREIGN, OTHER, accounts=[FOREIGN_ACCOUNT]),
        ],
        "templates": [
            _template(TEMPLATE, SPACE, "zh_CN"),
            _template(TEMPLATE, SPACE, "en", buttons=[]),
            _template(UTILITY, SPACE, category="UTILITY"),
            _template(VIBER, SPACE, type="VIBER"),
            _template(FOREIGN_TEMPLATE, FOREIGN),
            _template(UNSUBSCRIBED_TEMPLATE, UNSUBSCRIBED),
            _template(SECOND_TEMPLATE, SECOND),
        ],
        "credentials": _credentials(),
    }


@cache
def world_file() -> WorldFile:
    """The world, read."""
    return build(document())
