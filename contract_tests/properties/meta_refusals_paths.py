"""Graph paths that name nothing, and fields that an object has not, are refused whole, in the documented words."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from ..ask import Ask
from ..bad_meta import ALL, INSIGHTS, NODES, OBJECTS, PAGED, WITH_FIELDS, Bad, Place, places, refusals
from ..property import Live, contract
from ..target import operation
from ..words_meta import refused_with

OBJECT_PAGE = "Marketing API reference: AdAccount, Campaign, AdSet, Ad"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
NO_VERSIONS = (
    "v26",
    "26.0",
    "v26.0.1",
    "V26.0",
    "vx.y",
    "latest",
    "v26.",
    "v.0",
    "v-1.0",
    "v1000.0",
    "v26.123",
    "v26,0",
)
# the text, and where in it the first letter stands that no field has
SYNTAX = {"id name": 2, "id-name": 2, "id;name": 2, "id,na}me": 5, "id|name": 2, "id,na$me": 5, "id)": 2, "é": 0}
UNCLOSED = ("campaign{id", "id,adset{id,campaign{id}", "insights.limit(1", "name)(")


def _of_others(place: Place) -> list[str]:
    """A field of each other kind of object that the kind of *place* has not."""
    own = operation("meta", place.operation).record["properties"]
    found: list[str] = []
    for name in (*OBJECTS, "insights"):
        fields = operation("meta", name).record["properties"]
        found += [field for field in fields if field not in own][:1]
    return found


def _nonexisting(ask: Ask, place: Place) -> Sequence[Bad]:
    """Fields that do not exist, alone and among good ones, and fields of other kinds of objects."""
    del ask
    good = next(iter(operation("meta", place.operation).record["properties"]))
    sent = dict.fromkeys(
        ("nonsense", f"{good},nonsense", f"nonsense,{good},nowhere", f'["{good}","nonsense"]'), "nonsense"
    )
    sent |= {name: name for name in ("Name", "ID", *_of_others(place))}
    return [
        Bad("nonexisting_field", {"fields": text}, {"field": name, "type": place.type}) for text, name in sent.items()
    ]


def _types(value: Any, at: str, expected: str, got: str) -> Bad:
    quoted = {"parameter": f"fields{at}", "expected": expected, "got": got}
    if at:
        return Bad("param_type", {"fields": json.dumps(value)}, quoted)
    return Bad("param_type", quoted=quoted, headers=JSON, body=json.dumps({"fields": value}).encode())


def _missing(ask: Ask, place: Place) -> Sequence[Bad]:
    """Ids that nobody has, some of them nearly somebody's."""
    del ask
    assert place.node
    own, account = place.node.id, place.node.account
    ids = ["404404404404404", "nonsense", "act_404404404404404", "0", "-1", "act_", "9" * 40, f"{own}0", own[:-1]]
    ids += [own[1:], f"x{own}", account.number, account.id.upper(), f"act_{account.id}", f"{own}.0"]
    return [Bad("object_missing", path=place.of(one), quoted={"method": "get", "id": one}) for one in ids]


def _no_edges(ask: Ask, place: Place) -> Sequence[Bad]:
    """Edges that nothing has, and edges of others."""
    del ask
    edges = ["nonsense", "x/y"]
    if place.operation in (*OBJECTS, "me"):
        edges += ["Insights", "insight", "insights/x"]
        edges += _WRONG[place.type]
    base = place.path.split("/")[0]
    edges = [f"{place.edge}/{edge}".strip("/") for edge in edges]
    return [Bad("unknown_path", path=f"{base}/{edge}", quoted={"path": f"/{edge}"}) for edge in edges]


_WRONG = {
    "User": ["insights", "campaigns", "adsets", "ads"],
    "AdAccount": ["adaccounts"],
    "Campaign": ["adaccounts", "campaigns"],
    "AdSet": ["campaigns", "adsets"],
    "Ad": ["campaigns", "adsets", "ads"],
    "AdCreative": ["campaigns", "ads"],
    "AdsPixel": ["campaigns", "ads"],
    "Page": ["campaigns", "ads"],
}

refusals(
    "META-R40",
    "A field that an object has not refuses the whole request",
    "Recorded: (#100) Tried accessing nonexisting field (X) on node type (Campaign)",
    "nonexisting_field",
    WITH_FIELDS,
    _nonexisting,
    live=Live.SAFE,
    calls=110,
    page=OBJECT_PAGE,
)
refusals(
    "META-R41",
    "Fields that cannot be read are a syntax error",
    'Recorded: Syntax error "Expected end of string instead of "s"." at character 658: <fields text>',
    "field_syntax",
    WITH_FIELDS,
    [
        *(
            Bad("field_syntax", {"fields": text}, {"found": text[at], "at": str(at), "text": text})
            for text, at in SYNTAX.items()
        ),
        *(Bad("field_syntax", {"fields": text}, {"text": text}) for text in UNCLOSED),
    ],
    live=Live.SAFE,
    page=OBJECT_PAGE,
)
refusals(
    "META-R42",
    "A gated field refuses the whole request",
    "Recorded: (#3) App must be on whitelist (Ad.special_ad_categories): whole request refused",
    "whitelist",
    ("ad", "ads"),
    [
        Bad("whitelist", {"fields": text})
        for text in ("special_ad_categories", "id,special_ad_categories", '["special_ad_categories","name"]')
    ],
    page=OBJECT_PAGE,
)
refusals(
    "META-R49",
    "More fields than one answer holds are too much data",
    "Recorded: Please reduce the amount of data you're asking for, then retry your request. Assumed: at which size",
    "too_much_data",
    WITH_FIELDS,
    [
        Bad("too_much_data", {"fields": ",".join(["id"] * 1001)}),
        Bad("too_much_data", {"fields": "id{" * 500}),
    ],
    page=OBJECT_PAGE,
)
refusals(
    "META-R43",
    "Fields that are no list of texts are refused",
    "Recorded on another edge: (#100) Param <name> must be an integer. Instead, got float.",
    "param_type",
    (*WITH_FIELDS, *INSIGHTS),
    [
        _types([1], "[0]", "a string", "integer"),
        _types(["id", True], "[1]", "a string", "boolean"),
        _types([["id"]], "[0]", "a string", "array"),
        _types([{"id": 1}], "[0]", "a string", "object"),
        _types(5, "", "an array", "integer"),
        _types({"a": 1}, "", "an array", "object"),
        _types(True, "", "an array", "boolean"),
    ],
)
refusals(
    "META-R44",
    "An id that nobody has is told as one, under every edge",
    "Recorded: Unsupported get request. Object with ID '<id>' does not exist, cannot be loaded due to …",
    "object_missing",
    NODES,
    _missing,
    live=Live.SAFE,
    calls=210,
    page="Graph API, Handling Errors",
)
refusals(
    "META-R45",
    "An edge that an object has not is an unknown path",
    "Recorded: Unknown path components: /foo",
    "unknown_path",
    ALL,
    _no_edges,
    live=Live.SAFE,
    calls=90,
    page="Graph API, Handling Errors",
)
refusals(
    "META-R46",
    "A bad parameter is refused wherever and however it is spelled",
    "The same parameter from query, form body or JSON body; PHP's time_range[since]=… (ten public repositories)",
    "bad_enum date_format since_after_until",
    INSIGHTS,
    [
        Bad("bad_enum", headers=FORM, body=b"level=nonsense", quoted={"parameter": "level"}),
        Bad("bad_enum", headers=JSON, body=b'{"date_preset":"lifetime"}', quoted={"parameter": "date_preset"}),
        Bad("date_format", {"time_range[since]": "2026-02-30", "time_range[until]": "2026-03-01"}),
        Bad("since_after_until", {"time_range[since]": "2026-02-03", "time_range[until]": "2026-02-01"}),
        Bad("since_after_until", {"time_range": "{'since':'2026-02-03','until':'2026-02-01'}"}),
        Bad("since_after_until", {"time_range": "{since:2026-02-03,until:2026-02-01}"}),
        Bad("date_format", headers=JSON, body=b'{"time_range":{"since":1767225600,"until":1767225600}}'),
        Bad(
            "since_after_until",
            headers=FORM,
            body=urlencode({"time_range": '{"since":"2026-02-03","until":"2026-02-01"}'}).encode(),
        ),
        Bad("bad_enum", {"action_breakdowns[]": "nonsense"}, {"parameter": "action_breakdowns[0]"}),
    ],
)
refusals(
    "META-R47",
    "A bad limit or cursor is refused in a body too",
    "The same parameter from query, form body or JSON body",
    "param_minimum bad_cursor",
    PAGED,
    [
        Bad("param_minimum", headers=FORM, body=b"limit=-2", quoted={"parameter": "limit"}),
        Bad("param_minimum", headers=JSON, body=b'{"limit":-1}', quoted={"parameter": "limit"}),
        Bad("bad_cursor", headers=FORM, body=b"after=nonsense"),
        Bad("bad_cursor", headers=JSON, body=b'{"before":"nonsense"}'),
    ],
)


@contract(
    "META-R48",
    "What only looks like a version is no version",
    sentence="Recorded: a non-existent version is read as a path: Unknown path components: /me; assumed: or as an id",
    page="Graph API, Handling Errors",
    kind="refusal",
    live=Live.MOCK,
    calls=48,
    examples=1,
)
def no_versions(ask: Ask) -> None:
    """A version is v, digits, a dot and digits; anything else is an id that nobody has, or a path that is unknown."""
    for at, place in enumerate(places(ask)):
        for version in NO_VERSIONS if at < 2 or ask.effort == "deep" else NO_VERSIONS[at % 4 :: 4]:
            answer = ask.graph.call(place.path, version=version)
            if answer.error.get("code") == 2500:
                refused_with(ask, answer, "unknown_path")
            else:
                refused_with(ask, answer, "object_missing", {"method": "get", "id": version})
