"""The credentials that every new world has, so that documentation can name them."""

from collections.abc import Sequence
from typing import Any

OWNER = "1000000000000001"
OTHER_OWNER = "2000000000000002"
PERMISSIONS = ("ads_management", "ads_read", "business_management", "pages_messaging", "paid_marketing_messages")


def credentials(account_ids: Sequence[str]) -> dict[str, Any]:
    """Keys that open everything, and one key for each way of being refused."""
    return {
        "apps": [
            {"id": "999", "secret": "s3cr3t"},
            {"id": "998", "secret": "s3cr3t998", "require_appsecret_proof": True},
        ],
        "access_tokens": _access_tokens(list(account_ids)),
        "access_keys": [
            _access_key("testid", "testsecret"),
            _access_key("testid", "testsecret") | {"security_token": "CAIS+sts/token=="},
            _access_key("LTAIpowerless", "powerlesssecret") | {"actions": []},
            _access_key("LTAIinactive", "inactivesecret") | {"active": False},
            _access_key("STS.sandbox", "stssecret") | {"security_token": "CAISsandbox"},
            _access_key("LTAIother", "othersecret") | {"owner_id": OTHER_OWNER},
        ],
        "bearer_tokens": [{"token": "bear-tok-1", "owner_id": OWNER, "actions": ["*"]}],
    }


def _access_tokens(account_ids: list[str]) -> list[dict[str, Any]]:
    differences: dict[str, dict[str, Any]] = {
        "EAAtok": {},
        "EAAexpired": {"expires": "2024-01-01T00:00:00Z"},
        "EAApowerless": {"permissions": []},
        "EAApassword": {"invalidated": "password_changed"},
        "EAAdeauthorized": {"invalidated": "deauthorized"},
        "EAAfirst": {"accounts": account_ids[:1]},
        "EAAproof": {"app_id": "998"},
    }
    usual = {
        "app_id": "999",
        "user_id": "122000000000001",
        "user_name": "Test User",
        "permissions": list(PERMISSIONS),
        "accounts": account_ids,
    }
    return [{"token": token} | usual | difference for token, difference in differences.items()]


def _access_key(id_: str, secret: str) -> dict[str, Any]:
    return {"id": id_, "secret": secret, "owner_id": OWNER, "actions": ["*"]}
