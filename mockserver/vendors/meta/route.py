"""Which operation a Graph path names: /<version>/<id>/<edge>, the version and a trailing slash optional."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from mockserver.contract.load import load
from mockserver.contract.operation import Operation
from mockserver.errors import MockError, NotServed
from mockserver.pipeline import Question
from mockserver.world.entities import Account
from mockserver.world.load import Node, level_of
from mockserver.world.now import World

VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}")
_OBJECTS = {"account": "adaccount", "campaign": "campaign", "adset": "adset", "ad": "ad"}
_EDGES = {
    "insights": ("account", "campaign", "adset", "ad"),
    "campaigns": ("account",),
    "adsets": ("account", "campaign"),
    "ads": ("account", "campaign", "adset"),
}
# what Meta has beside ids, and the edges of SDK 26.0.3 that this server has not
_NO_NODES = frozenset({"", "insights", "search", "debug_token", "oauth", "app"})
_NODE_EDGES = frozenset(
    "account_controls activities ad_place_page_sets ad_place_page_sets_async ad_saved_keywords ad_studies"
    " adcloudplayables adcreatives adcreativesbylabels adimages adlabels adplayables adrules_governed"
    " adrules_history adrules_library ads_reporting_mmm_reports ads_reporting_mmm_schedulers ads_volume adsbylabels"
    " adsetsbylabels adspixels advertisable_applications advideos affectedadsets agencies applications"
    " assigned_users async_batch_requests async_requests asyncadcreatives asyncadrequests asyncadrequestsets"
    " audience_funnel block_list_drafts brand_safety_content_filter_levels broadtargetingcategories budget_schedules"
    " businessprojects campaignsbylabels connected_instagram_accounts connected_instagram_accounts_with_iabp"
    " conversion_goals copies customaudiences customaudiencestos customconversions delivery_estimate"
    " deprecatedtargetingadsets dsa_recommendations generatepreviews impacting_ad_studies instagram_accounts"
    " ios_fourteen_campaign_limits leads matched_search_applications max_bid mcmeconversions message_campaign"
    " message_delivery_estimate messages minimum_budgets onbehalf_requests previews product_audiences promote_pages"
    " publisher_block_lists reachestimate reachfrequencypredictions recommendations saved_audiences subscribed_apps"
    " targetingbrowse targetingsearch targetingsentencelines targetingsuggestions targetingvalidation tracking users"
    " usersofanyaudience value_rule_set value_rule_set_translation video_ads".split()
)
_USER_EDGES = frozenset(
    "access_tokens accounts ad_studies albums applications apprequestformerrecipients apprequests"
    " assigned_ad_accounts assigned_applications assigned_business_asset_groups assigned_instagram_accounts"
    " assigned_pages assigned_product_catalogs assigned_whatsapp_business_accounts business_users businesses"
    " conversations custom_labels events feed friends fundraisers groups ids_for_apps ids_for_business ids_for_pages"
    " likes live_videos messenger_desktop_performance_traces messenger_kids_accounts_unread_badge music"
    " notifications payment_transactions permissions personal_ad_accounts photos picture posts rich_media_documents"
    " staging_resources videos".split()
)


@dataclass(frozen=True, slots=True)
class Path:
    """A path taken apart: *id* and *edge* are empty where there is none."""

    version: str
    id: str
    edge: str


def split(path: str, latest: str) -> Path:
    """The parts of *path*; an edge of several components keeps its slashes."""
    # the vendor's own sample has a line break in the address, "formatted for readability"
    parts = [part.strip() for part in path.split("/") if part.strip()]
    version = parts.pop(0) if parts and VERSION.fullmatch(parts[0]) else latest
    return Path(version, parts[0] if parts else "", "/".join(parts[1:]))


def parted(path: str) -> tuple[str, list[str]]:
    """The version that *path* begins with, empty if it has none, and what comes behind."""
    parts = [part for part in path.split("/") if part]
    return (parts[0], parts[1:]) if parts and VERSION.fullmatch(parts[0]) else ("", parts)


def version_of(question: Question) -> int:
    """The major version of the Graph API that is asked."""
    version = split(question.call.request.path, question.settings.latest_version).version
    return int(version[1:].partition(".")[0])


def operations() -> Mapping[str, Operation]:
    """The operations of the Graph contract by name."""
    return load("meta").operations


def resolve(world: World, method: str, path: Path, accounts: Set[str]) -> tuple[Operation, Node | None]:
    """The operation that *path* names and the node, of one of *accounts*, that it is about; raises MockError."""
    if path.id == "me":
        return _of_user(method, path), None
    if path.id in _NO_NODES:
        raise NotServed(f"{method} /{path.id}")
    node = _node(world, method, path.id, accounts)
    if path.edge in _NODE_EDGES:
        raise NotServed(f"{method} /{path.id}/{path.edge}")
    if path.edge and level_of(node) not in _EDGES.get(path.edge, ()):
        raise MockError("unknown_path", path=f"/{path.edge}")
    _ensure_read(method, path)
    return operations()[path.edge or _OBJECTS[level_of(node)]], node


def _node(world: World, method: str, object_id: str, accounts: Set[str]) -> Node:
    """An object that the caller may not see is no object; an ad account says that it is forbidden."""
    node = world.node(object_id)
    if isinstance(node, Account) and node.id not in accounts:
        raise MockError("no_permission_ads")
    if node is None or world.account(node).id not in accounts:
        raise MockError("object_missing", method=method.lower(), id=object_id)
    return node


def _of_user(method: str, path: Path) -> Operation:
    if path.edge in _USER_EDGES:
        raise NotServed(f"{method} /me/{path.edge}")
    if path.edge not in ("", "adaccounts"):
        raise MockError("unknown_path", path=f"/{path.edge}")
    _ensure_read(method, path)
    return operations()[path.edge or "me"]


def _ensure_read(method: str, path: Path) -> None:
    if method not in ("GET", "HEAD"):
        edge = f"/{path.edge}" if path.edge else ""
        raise NotServed(f"{method} /{path.id}{edge}")
