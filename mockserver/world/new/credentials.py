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
        "access_tokens": [
            _access_token("EAAtok", account_ids),
            _access_token("EAAtokForClientsThatWantLongTokens", account_ids),
            _access_token("EAAexpired", account_ids) | {"expires": "2024-01-01T00:00:00Z"},
            _access_token("EAApowerless", account_ids) | {"permissions": []},
            _access_token("EAApassword", account_ids) | {"invalidated": "password_changed"},
            _access_token("EAAdeauthorized", account_ids) | {"invalidated": "deauthorized"},
            _access_token("EAAfirst", account_ids[:1]),
            _access_token("EAAproof", account_ids) | {"app_id": "998"},
        ],
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


def _access_token(token: str, account_ids: Sequence[str]) -> dict[str, Any]:
    return {
        "token": token,
        "app_id": "999",
        "user_id": "122000000000001",
        "user_name": "Test User",
        "permissions": list(PERMISSIONS),
        "accounts": list(account_ids),
    }


def _access_key(id_: str, secret: str) -> dict[str, Any]:
    return {"id": id_, "secret": secret, "owner_id": OWNER, "actions": ["*"]}
