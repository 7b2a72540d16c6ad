"""CAMS's documented errors, written from the gateway's quoted answers and the product's pages: the kit's own table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from mockserver.contract.operation import Operation

from .expect import holds
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

PRODUCT = "Chat App Message Service: GetChatappTemplateMetric, Error codes"
GATEWAY = "Alibaba Cloud OpenAPI, Common error codes"
BUSINESS = 200
_NOT_FOUND = "Specified api is not found, please check your url and method."


@dataclass(frozen=True, slots=True)
class Words:
    """One documented error: {parameter} in *code* and *message* stands for what the call got wrong.

    *message* is the whole text, or with *pattern* a pattern of it; a *code* that is empty is the error's name. What has
    status 200 is a business failure, told in the operation's own body.
    """

    message: str
    status: int = 400
    code: str = ""
    pattern: bool = False

    def text(self, parameter: str) -> str:
        """The whole message as a pattern."""
        literal = self.message if self.pattern else re.escape(self.message)
        return literal.replace(re.escape("{parameter}"), re.escape(parameter) if parameter else ".+")


_BUSINESS = (
    "TemplateNameExist", "AuditStatusNotSupport", "ChannelTypeNotSupport", "TypeNotSupport", "MessageTypeNotEmpty",
    "ContentNotEmpty", "TemplateCodeNotEmpty", "LanguageNotEmpty", "ToNotEmpty", "FromNotSupport", "FromOnlyNumeric",
)  # fmt: skip
ERRORS: Mapping[str, Words] = {
    # which operation
    "InvalidAction.NotFound": Words(_NOT_FOUND, 404),
    "InvalidVersion": Words("Specified parameter Version is not valid."),
    "InvalidParameter.Format": Words("Specified parameter format is not valid."),
    "UnsupportedHTTPMethod": Words("This http method not supported."),
    # who calls
    "InvalidAccessKeyId.NotFound": Words("Specified access key is not found.", 404),
    "InvalidAccessKeyId.Inactive": Words("Specified access key is disabled."),
    "IncompleteSignature": Words("The request signature does not conform to Aliyun standards."),
    "InvalidSignatureMethod": Words("Specified signature method is not valid."),
    "InvalidTimeStamp.Format": Words("Specified time stamp or date value is not well formatted."),
    "InvalidTimeStamp.Expired": Words("Specified time stamp or date value is expired."),
    "SignatureDoesNotMatch": Words(
        r"Specified signature is not matched with our calculation\. server string to sign is:(GET|POST)&%2F&.+"
        r"|Specified signature does not match our calculation\. server StringToSign is"
        r" \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[(GET|POST)\n/\n.*\]",
        pattern=True,
    ),
    "SignatureNonceUsed": Words("Specified signature nonce was used already."),
    "Ram.PermissionDeny": Words("You are not authorized to perform the operation."),
    # limits
    "System.LimitControl": Words("The system is under flow control."),
    # the product's own
    "Product.Unsubscript": Words("You have not subscribed to the specified product."),
    "Unknown.ResourceOwnerId": Words("The resource does not belong to the current user."),
    "InvalidParameter.PageInvalid": Words("The Page parameter format is invalid.", BUSINESS),
    "InvalidParameter.TemplateTypeNotSupport": Words(r"\S.+", BUSINESS, pattern=True),
    "DetailError.TemplateNotExist": Words(r"\S.+", BUSINESS, pattern=True),
    "SendMessage.Error": Words(r"\S.+", BUSINESS, pattern=True),
    "DelError.TemplateNotExist": Words(r"\S.+", BUSINESS, pattern=True),
    **{f"InvalidParameter.{name}": Words(r"\S.+", BUSINESS, pattern=True) for name in _BUSINESS},
    # parameters: the last three, for their codes end in a name
    "MissingHeader": Words("Specified header {parameter} is mandatory for this action."),
    "Missing": Words("{parameter} is mandatory for this action.", code="Missing{parameter}"),
    "Invalid": Words("Specified parameter {parameter} is not valid.", code="Invalid{parameter}"),
}
FIELDS = ("RequestId", "HostId", "Code", "Message", "Recommend")


def told(answer: Answer) -> dict[str, Any]:
    """The fields at the top of *answer*, JSON or XML; empty where it is neither."""
    body = answer.json
    if isinstance(body, dict):
        return body
    root = document(answer)
    return {} if root is None else {part.tag: _detail(part) for part in root}


def document(answer: Answer) -> ElementTree.Element | None:
    """The XML document of *answer*; None where it is none."""
    try:
        return ElementTree.fromstring(answer.body)  # noqa: S314  # what a hostile mock could do is slow us down
    except ElementTree.ParseError:
        return None


def _detail(element: ElementTree.Element) -> Any:
    return {part.tag: part.text or "" for part in element} if len(element) else element.text or ""


def refused_as(
    ask: "Ask", answer: Answer, error: str, parameter: str = "", *, operation: Operation | None = None
) -> None:
    """*answer* is the documented *error*, whole, and tells nothing else; *parameter* is what the call got wrong."""
    words, body = ERRORS[error], told(answer)
    code = (words.code or error).replace("{parameter}", parameter)
    pattern = words.text(parameter)
    got = {"status": answer.status, "code": body.get("Code"), "message": body.get("Message")}
    wanted = {"status": words.status, "code": code, "message": f"like {pattern}"}
    right = got["code"] == code and (not ask.exact or answer.status == words.status)
    right = right and (not ask.exact or re.fullmatch(pattern, str(got["message"]), re.DOTALL) is not None)
    holds(right, "a bad request does not get its documented error", got, wanted)
    _told_nothing(answer, body, operation)


def _told_nothing(answer: Answer, body: Mapping[str, Any], operation: Operation | None) -> None:
    """A refusal holds no data, and never says that it succeeded."""
    leaked = sorted({"Data", "Total"} & set(body))
    holds(not leaked, "a refused call is not answered with data", leaked, "neither Data nor Total")
    if answer.status == BUSINESS and operation is not None and "Success" in operation.raw["response"]["properties"]:
        holds(
            body.get("Success") in (False, "false"), "a business failure says Success false", body.get("Success"), False
        )
    else:
        holds("Success" not in body, "a gateway error has no Success", body.get("Success"), "absent")


def documented(code: str) -> tuple[str, str] | None:
    """The name of the error whose code is *code*, and the parameter that the code names; None where there is none."""
    if code in ERRORS and not ERRORS[code].code:
        return code, ""
    for name in ("Missing", "Invalid"):
        if code.startswith(name) and len(code) > len(name):
            return name, code.removeprefix(name)
    return None
