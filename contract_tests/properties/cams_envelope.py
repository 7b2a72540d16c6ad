"""What surrounds every CAMS answer: its ids, its headers, JSON or XML; and the vendor's own examples."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from ..ask import Ask
from ..expect import holds, same
from ..found_cams import ACCOUNTS, ENABLE, LIST, NAMES, UNKNOWN, often, operation, places, spread, valid
from ..outcomes import Broken
from ..property import Live, contract
from ..wire import Answer
from ..words_cams import GATEWAY, PRODUCT, document, told
from .cams_shape import HEADERS, TYPES, UUID, good_and_bad, judged


def _identified(answer: Answer, body: Mapping[str, Any]) -> None:
    told_id = body.get("RequestId")
    holds(
        isinstance(told_id, str) and UUID.fullmatch(told_id), "RequestId is an upper-case UUID", told_id, UUID.pattern
    )
    same(answer.headers.get("x-acs-request-id"), told_id, "the header x-acs-request-id repeats RequestId")


@contract(
    "CAMS-S7", "RequestId is an upper-case UUID, the header x-acs-request-id repeats it, and no two calls share it",
    sentence="RequestId: The request ID. 608F9CCA-B5EB-3D72-8047-B25D6D75BDEC", page=PRODUCT, kind="shape",
    live=Live.SAFE, calls=12, examples=1, watches=judged(_identified),
)  # fmt: skip
def request_ids_are_unique(ask: Ask) -> None:
    """Good and bad calls, all with different ids of request and trace."""
    answers = good_and_bad(ask) + [ask.cams.call(ACCOUNTS, valid(ask, ACCOUNTS)) for _ in range(60 if ask.exact else 2)]
    for name in ("x-acs-request-id", "x-acs-trace-id"):
        ids = [answer.headers[name] for answer in answers if name in answer.headers]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        holds(not twice, f"{name} is different for every call", twice, f"{len(ids)} different ids")


def _typed(answer: Answer, body: Mapping[str, Any]) -> None:
    holds(body, "every answer is JSON, or the XML that V1 defaults to", answer.text[:300], "an object")
    form = "json" if isinstance(answer.json, dict) else "xml"
    got = answer.headers.get("content-type", "").replace(" ", "").lower()
    same(got, TYPES[form], f"the content type of {form.upper()}, which SDKs compare to the letter")


@contract(
    "CAMS-S8", "Every answer, good or bad, has the content type of its body",
    sentence="Recorded: content-type: application/json;charset=utf-8", page=GATEWAY, kind="shape", live=Live.SAFE,
    calls=8, examples=1, watches=judged(_typed),
)  # fmt: skip
def content_types_fit(ask: Ask) -> None:
    """JSON as application/json;charset=utf-8, XML as text/xml;charset=utf-8."""
    good_and_bad(ask)


def _headed(answer: Answer, body: Mapping[str, Any]) -> None:
    del body
    for name, pattern in HEADERS.items():
        value = answer.headers.get(name)
        holds(value is not None and re.fullmatch(pattern, value), f"every answer has the header {name}", value, pattern)


@contract(
    "CAMS-S9", "Every answer, good or bad, has the gateway's headers",
    sentence="Recorded: access-control-allow-origin: *, access-control-expose-headers: *, x-acs-trace-id (32 hex),"
    " etag", page=GATEWAY, kind="shape", live=Live.MOCK, calls=8, examples=1, watches=judged(_headed),
)  # fmt: skip
def headers_are_there(ask: Ask) -> None:
    """x-acs-trace-id, etag and access-control-* are on every answer; different bodies have different etags."""
    answers = good_and_bad(ask)
    tags = {answer.headers.get("etag"): answer.body for answer in answers}
    same(len(tags), len({answer.body for answer in answers}), "different bodies have different etags")


def as_json(element: Element, schema: Mapping[str, Any]) -> Any:
    """What the XML *element* says, typed by *schema*; a list repeats its element."""
    if schema.get("type") == "object":
        parts = schema["properties"]
        values: dict[str, Any] = {name: [] for name, part in parts.items() if part.get("type") == "array"}
        for child in element:
            part = parts.get(child.tag)
            if part is None:
                raise Broken("XML has the elements of JSON", child.tag, sorted(parts))
            if part.get("type") == "array":
                values[child.tag].append(as_json(child, part["items"]))
            else:
                values[child.tag] = as_json(child, part)
        return values
    text = element.text or ""
    return int(text) if schema.get("type") == "integer" else text == "true" if schema.get("type") == "boolean" else text


def without_id(body: Mapping[str, Any]) -> dict[str, Any]:
    """*body* but for what is new in every answer."""
    return {name: value for name, value in body.items() if name not in ("RequestId", "Recommend")}


@contract(
    "CAMS-S10", "V1 answers in XML by default, in JSON where Format says so, and both say the same",
    sentence="The default format is XML.",
    page="Alibaba Cloud, Return results; recorded for errors, assumed for lists", kind="shape", live=Live.MOCK,
    calls=80, examples=1,
)  # fmt: skip
def xml_says_what_json_says(ask: Ask) -> None:
    """Every operation in both formats, spelled in either case; lists with every name there is."""
    everywhere = [(name, place) for place in spread(ask, places(ask), 2) for name in (ACCOUNTS, LIST)]
    for name, place in [*((name, None) for name in often(ask)), *everywhere]:
        one, asked = operation(name), valid(ask, name) | (place.asked if place else {})
        if name == LIST:
            asked["Page"] = {"Index": 1, "Size": 200}
        body = without_id(ask.cams.ok(name, asked))
        for spelled in ("JSON", "json") if name != ENABLE else ("json",):
            told_so = ask.cams.ok(name, asked, scheme="v1", common={"Format": spelled})
            same(without_id(told_so), body, f"{name} says the same whichever scheme signs it")
        for form in (None, "XML", "xml") if name != ENABLE else (None,):
            answer = ask.cams.call(name, asked, scheme="v1", common={"Format": form})
            holds(
                answer.body.startswith(b"<?xml"),
                f"{name} with Format {form} is answered in XML",
                answer.text[:99],
                "XML",
            )
            root = document(answer)
            assert root is not None
            same(root.tag, f"{name}Response", "the document is named for its action")
            same(without_id(as_json(root, one.raw["response"])), body, f"{name} says the same in XML and JSON")


@contract(
    "CAMS-S11", "A refusal in XML says what it says in JSON",
    sentence="Recorded: <?xml version='1.0'"
    " encoding='UTF-8'?><Error><RequestId>..</RequestId><HostId>..</HostId><Code>…", page=GATEWAY, kind="shape",
    live=Live.MOCK, calls=20, examples=1,
)  # fmt: skip
def errors_in_xml(ask: Ask) -> None:
    """Refusals of every operation, under the root Error, with the same fields and HTTP status."""
    for name in spread(ask, NAMES, 3):
        for asked, how in (
            ({}, {"version": "1"}),
            ({"CustSpaceId": UNKNOWN, "PageId": UNKNOWN, "Page": {"Index": 1}}, {}),
        ):
            if not how and operation(name).raw["qps"]:
                continue
            plain = ask.cams.call(name, asked, scheme="v1", **how)
            answer = ask.cams.call(name, asked, scheme="v1", common={"Format": None}, **how)
            root = document(answer)
            holds(
                root is not None and root.tag == "Error", "an error in XML is an Error", answer.text[:300], "<Error>…"
            )
            same(answer.status, plain.status, "an error has one HTTP status in XML and JSON")
            same(without_id(told(answer)), without_id(told(plain)), "an error says the same in XML and JSON")
