"""CAMS checks that are left out: what should be refused is mended, dropped or told too early."""

from dataclasses import replace
from typing import Any

from mockserver.errors import InvalidArguments, MockError
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import errors, refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around
from tests.mutants.words import CAMPAIGNS, INSIGHTS, METRIC

Row = dict[str, Any]
PARAMETERS, GATEWAY = "mockserver.vendors.cams.parameters", "mockserver.vendors.cams.gateway"
AUTH, SIGNATURE = "mockserver.vendors.cams.auth", "mockserver.vendors.cams.signature"


def _mended(change: Any) -> Patch:
    """The parameters as sent are changed in place before they are checked."""

    def wrapper(merged: Any, sent: Any, request: Any) -> Any:
        found = merged(sent, request)
        change(found)
        return found

    return around(f"{PARAMETERS}:merged", wrapper)


def _empty_text(merged: Any, sent: Any, request: Any) -> Any:
    """An empty text is a value."""
    return {**{name: value for name, value in sent.items() if value == "" and name != "Page"}, **merged(sent, request)}


def _half_page(found: Row) -> None:
    page = found.get("Page")
    for half, other in (("Index", "Size"), ("Size", "Index")):
        if isinstance(page, dict) and half in page and other not in page:
            page[other] = "1"
        elif isinstance(page, str) and f'"{half}"' in page and f'"{other}"' not in page:
            found["Page"] = page.replace("{", f'{{"{other}":1,', 1)


def _seconds(found: Row) -> None:
    """Times that are no numbers are taken for the beginning."""
    for name in ("Start", "End"):
        if name in found and not str(found[name]).isdigit():
            found[name] = "0" if name == "Start" else "1795000000000"


def _daily(found: Row) -> None:
    if found.get("Granularity") not in (None, "DAILY", "HALF_HOUR"):
        found["Granularity"] = "DAILY"


def _whatsapp(found: Row) -> None:
    if "TemplateType" in found:
        found["TemplateType"] = "WHATSAPP"


def _no_owner(found: Row) -> None:
    for name in ("OwnerId", "ResourceOwnerId"):
        if name in found and not str(found[name]).isdigit():
            del found[name]


def _default_version(common: Any, call: Any, name: str) -> str:
    try:
        found: str = common(call, name)
    except MockError:
        if name != "Version":
            raise
        return "2020-06-06"
    return found


def _any_method(operation: Any, call: Any, served: Any) -> Any:
    """PUT and DELETE are as good as POST."""
    if call.request.method not in ("PUT", "DELETE", "PATCH"):
        return operation(call, served)
    return operation(replace(call, request=replace(call.request, method="POST")), served)


def _any_format(property_: Any) -> Any:
    """A Format that nobody knows is JSON."""

    def told(call: Any) -> str:
        found = str(property_.fget(call))
        return found if found in ("JSON", "XML") else "JSON"

    return property(told)


def _broken_json(json_object: Any, request: Any) -> Any:
    try:
        return json_object(request)
    except MockError:
        return {}


def _wrong_first(refusal: Any, problems: Any) -> Any:
    """What is wrong comes before what is missing."""
    return refusal([one for one in problems if one.kind != "required"] or problems)


def _unknown_is_empty(operation: str) -> Any:
    """Whatever is unknown has empty Data."""

    def bend(asked: Asked, inner: Inner) -> Reply:
        reply = inner(asked)
        if asked.operation != operation or not refused(reply, "Unknown.ResourceOwnerId"):
            return reply
        good = {"RequestId": reply.json["RequestId"], "Code": "OK", "Message": "OK", "Success": True, "Data": []}
        return reply.holding({**good, **({"Total": 0} if operation == CAMPAIGNS else {})}, 200)

    return bend


def _arguments_first(authenticate: Any, dialect: Any, runtime: Any, exchange: Any) -> None:
    """Arguments are checked before the caller is known."""
    try:
        exchange.operation.read(exchange.parameters)
    except InvalidArguments as error:
        raise error from None
    authenticate(dialect, runtime, exchange)


def _optional(*names: str) -> Patch:
    """These parts of the credentials may be missing."""

    def wrapper(require: Any, values: Any, *needed: str) -> None:
        require(values, *(name for name in needed if name not in names))

    return around(f"{SIGNATURE}:_require", wrapper)


def _usual_method(claim: Any, method: str, parameters: Row) -> Any:
    return claim(method, {"SignatureMethod": "HMAC-SHA1", **parameters})


def _other_page(asked_ad: Any, world: Any, question: Any) -> Any:
    """An unknown CampaignId is the page's newest campaign."""
    from mockserver.vendors.cams import spaces

    try:
        return asked_ad(world, question)
    except MockError:
        if world.node(question.arguments["CampaignId"]) is not None:
            raise
        space = spaces.with_page(world, question)
        account = spaces.account_id(space, question.arguments["AdAccountId"])
        return world.below(world.node(f"act_{account}"), "ad")[0]


MUTANTS = (
    Mutant("cams-check-empty", "refusal", "An empty text is a value, not a missing one.", "CAMS-R2",
           around(f"{PARAMETERS}:merged", _empty_text)),
    Mutant("cams-check-half-page", "refusal", "The missing half of Page is 1.", "CAMS-R3", _mended(_half_page)),
    Mutant("cams-check-times", "refusal", "Times that are no numbers are taken for the first or the last.", "CAMS-R5",
           _mended(_seconds)),
    Mutant("cams-check-granularity", "refusal", "An unknown Granularity is DAILY.", "CAMS-R6", _mended(_daily)),
    Mutant("cams-check-template-type", "refusal", "Any TemplateType is WHATSAPP.", "CAMS-R6", _mended(_whatsapp)),
    Mutant("cams-check-owner", "refusal", "An OwnerId that is no number is ignored.", "CAMS-R13", _mended(_no_owner)),
    Mutant("cams-check-version", "refusal", "A call without a version is taken for the newest.", "CAMS-R9",
           around(f"{GATEWAY}:_common", _default_version)),
    Mutant("cams-check-method", "refusal", "PUT and DELETE are answered like POST.", "CAMS-R12",
           around(f"{GATEWAY}:operation", _any_method)),
    Mutant("cams-check-format", "refusal", "An unknown Format is JSON.", "CAMS-R11",
           Patch(f"{GATEWAY}:Call.format", _any_format)),
    Mutant("cams-check-json", "refusal", "A body that is no JSON object is ignored.", "CAMS-R14",
           around(f"{PARAMETERS}:_json_object", _broken_json)),
    Mutant("cams-check-order", "words", "What is wrong is told before what is missing.", "CAMS-R15",
           around("mockserver.vendors.cams.errors:_refusal", _wrong_first)),
    Mutant("cams-check-list-unknown", "refusal", "An unknown page or space lists nothing.", "CAMS-R17",
           _unknown_is_empty(CAMPAIGNS)),
    Mutant("cams-check-insights-unknown", "refusal", "An unknown campaign has no insights.", "CAMS-R17",
           _unknown_is_empty(INSIGHTS)),
    Mutant("cams-check-insights-newest", "refusal", "An unknown campaign is taken for the newest.", "CAMS-R17",
           around("mockserver.vendors.cams.campaigns:asked_ad", _other_page)),
    Mutant("cams-check-metric-unknown", "refusal", "A template of another space has no metrics.", "CAMS-R24",
           _unknown_is_empty(METRIC)),
    Mutant("cams-check-arguments-first", "credential", "Arguments are judged before the caller is known.", "CAMS-U25",
           around("mockserver.vendors.cams.dialect:CamsDialect.authenticate", _arguments_first)),
    Mutant("cams-check-v1-method", "credential", "V1 does without a SignatureMethod.", "CAMS-U16",
           (_optional("SignatureMethod"), around(f"{SIGNATURE}:_parameter_claim", _usual_method))),
    Mutant("cams-check-authorization", "words", "A malformed Authorization is a signature that does not match.",
           "CAMS-U20", errors("cams", lambda row: row.update(Code="SignatureDoesNotMatch"), "IncompleteSignature")),
)  # fmt: skip
