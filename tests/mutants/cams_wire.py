"""CAMS headers, request ids, XML, and what is remembered that should not be."""

# a wrapper has the arguments of what it stands for

from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import headers, refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around
from tests.mutants.words import ACCOUNTS, ACTIONS, CAMPAIGNS, INSIGHTS, METRIC

Row = dict[str, Any]
XML, GATEWAY = "mockserver.vendors.cams.xml", "mockserver.vendors.cams.gateway"
ID = "608F9CCA-B5EB-5D72-8047-B25D6D75BDEC"


def _header(name: str, value: str | None) -> Any:
    return headers("cams", lambda reply, asked: {name: value} if reply.header(name.replace("_", "-")) else {})


def _json(change: Any) -> Any:
    """*change* edits every JSON body of CAMS, good or bad."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        body = reply.json
        if asked.vendor != "cams" or not isinstance(body, dict):
            return reply
        change(body)
        return reply.holding(body)

    return bend


def _same_id(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    body = reply.json
    if asked.vendor != "cams" or not isinstance(body, dict):
        return reply
    return reply.holding({**body, "RequestId": ID}).headed(x_acs_request_id=ID)


def _xml(change: Any) -> Any:
    """*change* edits the text of every XML body."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.vendor != "cams" or "xml" not in reply.header("content-type"):
            return reply
        return reply.holding(change(reply.body.decode()).encode())

    return bend


def _counted(asked: Asked) -> int:
    asked.kept["calls"] = asked.kept.get("calls", 0) + 1
    return int(asked.kept["calls"])


def _page_stays(asked: Asked, inner: Inner) -> Reply:
    """The page before is answered again where the same list is asked for another one."""
    reply = inner(asked)
    if asked.operation != CAMPAIGNS or not reply.good:
        return reply
    before, asked.kept["page"] = asked.kept.get("page"), reply
    return before if before and _counted(asked) % 3 == 0 else reply


def _every(turn: int, change: Any, *operations: str) -> Any:
    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation not in operations or not reply.good or _counted(asked) % turn:
            return reply
        changed: Reply = change(reply)
        return changed

    return bend


def _cached(name: str, *without: str) -> Any:
    """Good answers of the action *name* are kept, but for some parameters and for who asks."""
    signing = {"Signature", "SignatureNonce", "Timestamp", "AccessKeyId", "SecurityToken", *without}

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation != name or not reply.good:
            return reply
        sent = sorted((key, value) for key, value in asked.parameters.items() if key not in signing)
        kept = asked.kept.setdefault(repr(sent), reply)
        return reply.holding({**kept.json, "RequestId": reply.json["RequestId"]}) if kept.json and reply.json else reply

    return bend


def _refused_again(asked: Asked, inner: Inner) -> Reply:
    """After a refusal, the next call of the action is refused too."""
    reply = inner(asked)
    if asked.vendor != "cams" or reply.json is None:
        return reply
    kept = asked.kept.pop(asked.operation, None)
    if kept is None and refused(reply):
        asked.kept[asked.operation] = reply
    return kept or reply


def _grows(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.operation != CAMPAIGNS or not reply.good or not reply.json:
        return reply
    return reply.holding({**reply.json, "Total": reply.json["Total"] + _counted(asked) // 3})


def _server_error(reply: Reply) -> Reply:
    return reply.holding({"RequestId": ID, "Code": "InternalError", "Message": "Unknown error."}, 500)


MUTANTS = (
    Mutant("cams-id-same", "header", "Every answer has the same RequestId.", "CAMS-S7", _same_id),
    Mutant("cams-id-lower", "header", "RequestIds are in lower case.", "CAMS-S7",
           _json(lambda body: body.update(RequestId=body["RequestId"].lower()))),
    Mutant("cams-id-unequal", "header", "The header's request id is not the body's.", "CAMS-S7",
           _header("x_acs_request_id", ID)),
    Mutant("cams-id-header", "header", "x-acs-request-id is missing.", "CAMS-S7", _header("x_acs_request_id", None)),
    Mutant("cams-trace-header", "header", "x-acs-trace-id is missing.", "CAMS-S9", _header("x_acs_trace_id", None)),
    Mutant("cams-type-header", "header", "JSON is said to be text.", "CAMS-S8",
           _header("content_type", "text/plain;charset=utf-8")),
    Mutant("cams-etag-missing", "header", "Answers have no ETag.", "CAMS-S9", _header("etag", None)),
    Mutant("cams-origin-header", "header", "access-control-allow-origin is missing.", "CAMS-S9",
           _header("access_control_allow_origin", None)),
    Mutant("cams-xml-default", "xml", "V1 without Format is answered in JSON.", "CAMS-S10",
           Patch(f"{GATEWAY}:Call.format", lambda _: property(
               lambda call: "JSON" if call.headed else (call.texts.get("Format") or "JSON").upper()))),
    Mutant("cams-xml-never", "xml", "Format=XML is answered in JSON.", "CAMS-S10",
           Patch(f"{GATEWAY}:Call.format", lambda _: property(
               lambda call: "JSON" if call.headed or call.texts.get("Format") in ("XML", "xml")
               else (call.texts.get("Format") or "XML").upper()))),
    Mutant("cams-xml-type", "xml", "XML is said to be application/xml.", "CAMS-S8",
           headers("cams", lambda reply, asked: {"content_type": "application/xml"}
                   if "xml" in reply.header("content-type") else {})),
    Mutant("cams-xml-unescaped", "xml", "Names in XML are not escaped.", "CAMS-S10",
           _xml(lambda text: text.replace("&amp;", "&").replace("&lt;", "<"))),
    Mutant("cams-xml-root", "xml", "The root of an XML answer is Response, whatever the action.", "CAMS-S10",
           around(f"{XML}:answer", lambda answer, action, body: answer("", body))),
    Mutant("cams-xml-error-root", "xml", "The root of an XML refusal is Response.", "CAMS-S11",
           _xml(lambda text: text.replace("<Error>", "<Response>").replace("</Error>", "</Response>"))),
    Mutant("cams-xml-booleans", "xml", "Booleans in XML are True and False.", "CAMS-S10",
           _xml(lambda text: text.replace("<Success>true<", "<Success>True<"))),
    Mutant("cams-xml-last-only", "xml", "Of a list only the last record is in XML.", "CAMS-S10",
           around(f"{XML}:answer", lambda answer, action, body: answer(
               action, {**body, "Data": body["Data"][-1:]} if body.get("Data") else body))),
    Mutant("cams-state-page", "state", "Every third list is the page before.", "CAMS-L11", _page_stays),
    Mutant("cams-state-fourth-row", "state", "Every fourth list lacks its last campaign.", "CAMS-L1",
           _every(4, lambda reply: reply.listing(reply.rows[:-1]) if reply.rows else reply, CAMPAIGNS)),
    Mutant("cams-state-sixth-500", "state", "Every sixth answer is HTTP 500.", "CAMS-L1",
           _every(6, _server_error, *ACTIONS)),
    Mutant("cams-state-cache-campaign", "state", "Insights are cached without minding CampaignId.", "CAMS-I6",
           _cached(INSIGHTS, "CampaignId")),
    Mutant("cams-state-cache-template", "state", "Template metrics are cached without minding Start and End.",
           "CAMS-M10", _cached(METRIC, "Start", "End")),
    Mutant("cams-state-cache-space", "state", "Ad accounts are cached without minding the space and page.", "CAMS-L14",
           _cached(ACCOUNTS, "CustSpaceId", "PageId")),
    Mutant("cams-state-refused-again", "state", "After a refusal the next call is refused too.", "CAMS-R16",
           _refused_again),
    Mutant("cams-state-total-grows", "state", "Total grows with every third call.", "CAMS-L1", _grows),
)  # fmt: skip
