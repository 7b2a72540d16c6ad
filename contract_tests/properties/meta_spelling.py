"""One question, many spellings: whichever of them a client uses, the answer is the same."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from ..ask import Ask, time_range
from ..dates import Span
from ..expect import ok, same
from ..found import Node
from ..graph import Graph
from ..property import Live, contract
from ..signing import appsecret_proof
from .meta_rows import PAGE, RECORDED, busy

SEEN = "Seen in the wild: {}"
PURCHASE, CART = (f"offsite_conversion.fb_pixel_{name}" for name in ("purchase", "add_to_cart"))
FIELDS = (
    "fields={a},{b}", "fields={b},{a}", "fields={a},{b},{a}", "fields={a}%2C{b}", "fields={a},%20{b}",
    "fields={a},+{b},", 'fields=["{a}","{b}"]', "fields=['{a}',+'{b}']", "fields=[{a},{b}]",
    "fields=%5B%22{a}%22%2C%22{b}%22%5D",
    "fields[]={a}&fields[]={b}", "fields[0]={a}&fields[1]={b}", "fields%5B0%5D={a}&fields%5B1%5D={b}",
)  # fmt: skip
RANGES = (
    'time_range={{"since":"{a}","until":"{b}"}}', "time_range={{'since':'{a}','until':'{b}'}}",
    "time_range={{since:{a},until:{b}}}", "time_range={{'until':'{b}','since':'{a}',}}",
    "time_range[since]={a}&time_range[until]={b}", "time_range%5Bsince%5D={a}&time_range%5Buntil%5D={b}",
    "time_range=%7B%22since%22%3A%22{a}%22%2C%22until%22%3A%22{b}%22%7D",
)  # fmt: skip
FILTERS = (
    'filtering=[{{"field":"action_type","operator":"IN","value":["{a}","{b}"]}}]',
    "filtering=[{{'field':'action_type','operator':'IN','value':['{a}','{b}']}}]",
    "filtering=[{{field:'action_type',operator:'IN',value:['{a}','{b}']}},]",
    "filtering=%5B%7B'field'%3A'action_type'%2C'operator'%3A'IN'%2C'value'%3A%5B'{a}'%2C'{b}'%5D%7D%5D",
    "filtering[0][field]=action_type&filtering[0][operator]=IN&filtering[0][value][0]={a}&filtering[0][value][1]={b}",
)
NOTHINGS = (
    "action_breakdowns=action_type", 'action_breakdowns=["action_type"]', "action_breakdowns=[action_type]",
    "breakdowns=[]", "filtering=[]", "action_attribution_windows=default", "use_account_attribution_setting=true",
    "use_unified_attribution_setting=true", "use_unified_attribution_setting=false", "time_increment=all_days",
    *(f"action_report_time={one}" for one in ("impression", "conversion", "mixed", "lifetime")),
    "pretty=1", "pretty=0", "format=json", "locale=de_DE", "graph_cache=true", "cpas_only=0", "product_id_limit=5",
    "id=1&order_by=x&breakdown=age&foo[bar]=baz", "default_summary=false", "async=false", "after=", "before=",
)  # fmt: skip


def credentials(graph: Graph) -> str:
    """The profile's token, with its proof, as a query."""
    token = graph.token
    proof = {"appsecret_proof": appsecret_proof(token.app_secret, token.token)} if token.app_secret else {}
    return urlencode({"access_token": token.token, **proof})


def body(ask: Ask, node: Node, query: str, path: str = "insights") -> Any:
    """What *query*, as it is spelled, is answered with; the limit leaves no link that would repeat it."""
    meta = ask.profile.meta
    assert meta
    target = f"/{meta.version}/{node.id}/{path}?{query}&limit=5000&{credentials(ask.graph)}"
    return ok(ask.graph.send("GET", target.replace(" ", "%20"), {})).json


def ranged(span: Span) -> str:
    """A plain spelling of *span*."""
    return "time_range=" + quote(json.dumps(time_range(span)))


@contract(
    "META-Q1",
    "Order, repetition and spelling of fields do not matter",
    sentence=SEEN.format("fields=a,b; fields=[\"a\",\"b\"]; fields=['a', 'b']; fields[0]=a; and %2C for a comma."),
    page=RECORDED,
    kind="metamorphic",
    live=Live.SAFE,
    calls=len(FIELDS) + 1,
    examples=2,
)
def fields_spelled(ask: Ask) -> None:
    """insights(fields=a,b) = insights(fields=b,a) = insights(fields=["a","b"]) and so on."""
    node = ask.node()
    when = ranged(busy(ask, node))
    first = ask.one_of(("marketing_messages_delivered", "marketing_messages_read_rate", "impressions"), "field")
    names = {"a": first, "b": "marketing_messages_spend"}
    plain = body(ask, node, f"{FIELDS[0].format(**names)}&{when}")
    for spelled in ask.some(FIELDS[1:], 3):
        told = body(ask, node, f"{spelled.format(**names)}&{when}")
        same(told, plain, f"{spelled.format(**names)} asks for the same fields")


@contract(
    "META-Q2",
    "A time range is read however it is spelled",
    sentence="time_range: {'since':'<YYYY-MM-DD>','until':'<YYYY-MM-DD>'}",
    page=PAGE,
    kind="metamorphic",
    live=Live.SAFE,
    calls=len(RANGES),
    examples=2,
)
def ranges_spelled(ask: Ask) -> None:
    """JSON, single quotes as on the page, bare words and brackets mean the same days."""
    node = ask.node()
    since, until = busy(ask, node)
    days = {"a": since.isoformat(), "b": until.isoformat()}
    plain = body(ask, node, f"{RANGES[0].format(**days)}&fields=spend")
    for spelled in ask.some(RANGES[1:] if ask.exact else RANGES[1:2], 2):
        told = body(ask, node, f"{spelled.format(**days)}&fields=spend")
        same(told, plain, f"{spelled.format(**days)} asks for the same days")


@contract(
    "META-Q3",
    "A filter is read however it is spelled",
    sentence="&filtering=[{'field':'action_type','operator':'IN','value':['offsite_conversion.fb_pixel_purchase',…]}]",
    page=PAGE,
    kind="metamorphic",
    live=Live.SAFE,
    calls=len(FILTERS) + 1,
    examples=2,
)
def filters_spelled(ask: Ask) -> None:
    """JSON, single quotes as on the page, bare keys with a last comma, and brackets filter alike."""
    node = ask.node()
    when = "date_preset=maximum" if ask.exact else ranged(busy(ask, node, 3))
    kinds = {"a": PURCHASE, "b": CART}
    plain = body(ask, node, f"{FILTERS[0].format(**kinds)}&fields=actions,spend&{when}")
    for spelled in ask.some(FILTERS[1:] if ask.exact else FILTERS[1:2], 2):
        told = body(ask, node, f"{spelled.format(**kinds)}&fields=actions,spend&{when}")
        same(told, plain, f"{spelled.format(**kinds)} filters alike")


@contract(
    "META-Q4",
    "Defaults spelled out and unknown parameters change nothing",
    sentence="action_report_time is disregarded since 10 Jun 2025; action_breakdowns is action_type by default; unknown"
    " parameters are ignored. Assumed: attribution settings, pretty, format, locale and so on change nothing.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=len(NOTHINGS) + 1,
    examples=2,
)
def nothings(ask: Ask) -> None:
    """insights(x) = insights(x, default spelled out) = insights(x, something unknown)."""
    node = ask.node()
    asked = f"fields=spend,actions,action_values,website_purchase_roas&{ranged(busy(ask, node))}"
    plain = body(ask, node, asked)
    for nothing in ask.some(NOTHINGS):
        same(body(ask, node, f"{asked}&{nothing}"), plain, f"{nothing} changes nothing")


@contract(
    "META-Q5",
    "Empty fields are none, and of a repeated parameter the last counts",
    sentence="Seen in the wild: fields=[]. Assumed: empty fields are none; of a repeated parameter the last counts.",
    page=RECORDED,
    kind="honoured",
    live=Live.MOCK,
    calls=6,
    examples=2,
)
def empty_and_repeated(ask: Ask) -> None:
    """insights(fields=) = insights(); insights(fields=a, fields=b) = insights(fields=b)."""
    node = ask.node()
    when = ranged(busy(ask, node))
    plain = body(ask, node, when)
    for empty in ("fields=", "fields=[]"):
        same(body(ask, node, f"{empty}&{when}"), plain, f"{empty} asks for the default fields")
    twice = body(ask, node, f"fields=spend&{when}&fields=reach")
    same(twice, body(ask, node, f"fields=reach&{when}"), "of a repeated parameter the last counts")
    later = body(ask, node, f"{when}&level=account&fields=spend&level={node.level}")
    same(later, body(ask, node, f"{when}&fields=spend"), "of a repeated parameter the last counts")
