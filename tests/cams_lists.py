"""Lists and insights as a test asks for them."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from tests.cams import Cams
from tests.cams_world import (
    ACCOUNT,
    PAGE,
    SPACE,
)

AD = "120000000000001"  # of the world docs, like the ids below
DOCS = {"CustSpaceId": "cams-docs", "PageId": "2380000000001", "AdAccountId": "2390000000001"}


def listed(cams: Cams, **changes: Any) -> list[dict[str, Any]]:
    """All message campaigns of one page, on one page of the list."""
    values = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": 1, "Size": 1000}} | changes
    body = cams.read("ListMessageCampaign", **values)
    assert body["Total"] == len(body["Data"])
    return body["Data"]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["CampaignId"] for row in rows]


def insights(cams: Cams, campaign_id: str, **changes: Any) -> list[dict[str, Any]]:
    values = {"CustSpaceId": SPACE, "PageId": PAGE, "AdAccountId": ACCOUNT, "CampaignId": campaign_id}
    return cams.read("GetMessageCampaignInsights", **(values | changes))["Data"]


def walked(cams: Cams, size: int, **changes: Any) -> Iterator[dict[str, Any]]:
    """The bodies of all pages of *size*, the first one that is empty included."""
    for index in count(1):
        page = {"CustSpaceId": SPACE, "PageId": PAGE, "Page": {"Index": index, "Size": size}}
        body = cams.read("ListMessageCampaign", **(page | changes))
        yield body
        if not body["Data"]:
            return
