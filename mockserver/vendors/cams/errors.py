"""Every error of CAMS that this server gives: the one place where Alibaba Cloud's error words stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from mockserver.errors import InvalidArguments, MockError, Problem
from mockserver.vendors.cams.signature import V3

HOST_ID = "cams.ap-southeast-1.aliyuncs.com"
_TROUBLESHOOT = "https://api.aliyun.com/troubleshoot"
_NOT_FOUND = "Specified api is not found, please check your url and method."


@dataclass(frozen=True, slots=True)
class CamsError:
    """One row of the error table; str.format fills in its texts from the refusal's details.

    A row of status 200 is a business failure: told in the operation's own body. *code* is the row's name unless given.
    """

    message: str
    status: int = 400
    code: str | None = None
    v3_message: str | None = None  # where V3 has other words


BUSINESS = 200

ERRORS: Mapping[str, CamsError] = {
    # which operation
    "InvalidAction.NotFound": CamsError(_NOT_FOUND, 404),
    "InvalidVersion": CamsError("Specified parameter Version is not valid."),
    "InvalidParameter.Format": CamsError("Specified parameter format is not valid."),
    "UnsupportedHTTPMethod": CamsError("This http method not supported."),
    # parameters
    "Missing": CamsError("{parameter} is mandatory for this action.", code="Missing{parameter}"),
    "MissingHeader": CamsError("Specified header {parameter} is mandatory for this action."),
    "Invalid": CamsError("Specified parameter {parameter} is not valid.", code="Invalid{parameter}"),
    # who calls
    "InvalidAccessKeyId.NotFound": CamsError("Specified access key is not found.", 404),
    "InvalidAccessKeyId.Inactive": CamsError("Specified access key is disabled."),
    "IncompleteSignature": CamsError("The request signature does not conform to Aliyun standards."),
    "InvalidSignatureMethod": CamsError("Specified signature method is not valid."),
    "InvalidTimeStamp.Format": CamsError("Specified time stamp or date value is not well formatted."),
    "InvalidTimeStamp.Expired": CamsError("Specified time stamp or date value is expired."),
    # aliyun-python-sdk-core compares what follows the first colon with the text that it signed
    "SignatureDoesNotMatch": CamsError(
        "Specified signature is not matched with our calculation. server string to sign is:{claim.string_to_sign}",
        v3_message="Specified signature does not match our calculation. server StringToSign is"
        " [{claim.string_to_sign}] server CanonicalRequest is [{claim.canonical_request}]",
    ),
    "SignatureNonceUsed": CamsError("Specified signature nonce was used already."),
    "Ram.PermissionDeny": CamsError("You are not authorized to perform the operation."),
    # limits
    "System.LimitControl": CamsError("The system is under flow control."),
    # the product's own
    "Product.Unsubscript": CamsError("You have not subscribed to the specified product."),
    "Unknown.ResourceOwnerId": CamsError("The resource does not belong to the current user."),
    "InvalidParameter.PageInvalid": CamsError("The Page parameter format is invalid.", BUSINESS),
    "InvalidParameter.TemplateTypeNotSupport": CamsError("The template type is not supported.", BUSINESS),
    "InvalidParameter.TemplateNameExist": CamsError("The template name already exists.", BUSINESS),
    "InvalidParameter.AuditStatusNotSupport": CamsError("The audit status is not supported.", BUSINESS),
    "InvalidParameter.ChannelTypeNotSupport": CamsError("The channel type is not supported.", BUSINESS),
    "InvalidParameter.FromNotSupport": CamsError("The sender is not supported.", BUSINESS),
    "InvalidParameter.FromOnlyNumeric": CamsError("The sender can contain only digits.", BUSINESS),
    "InvalidParameter.TypeNotSupport": CamsError("The type is not supported.", BUSINESS),
    "InvalidParameter.MessageTypeNotEmpty": CamsError("The message type cannot be empty.", BUSINESS),
    "InvalidParameter.ContentNotEmpty": CamsError("The content cannot be empty.", BUSINESS),
    "InvalidParameter.TemplateCodeNotEmpty": CamsError("The template code cannot be empty.", BUSINESS),
    "InvalidParameter.LanguageNotEmpty": CamsError("The language cannot be empty.", BUSINESS),
    "InvalidParameter.ToNotEmpty": CamsError("The recipient cannot be empty.", BUSINESS),
    "DetailError.TemplateNotExist": CamsError("The template does not exist.", BUSINESS),
    "SendMessage.Error": CamsError("The template may not be sent.", BUSINESS),
    "DelError.TemplateNotExist": CamsError("The template does not exist.", BUSINESS),
}


@dataclass(frozen=True, slots=True)
class Worded:
    """A refusal in the vendor's words."""

    status: int
    code: str
    message: str


def worded(error: MockError) -> Worded:
    """The words of the table for *error*."""
    name, details = error.name, error.details
    if isinstance(error, InvalidArguments):
        name, details = _refusal(error.problems)
    elif name == "Missing" and details["parameter"].startswith("x-acs-"):
        name = "MissingHeader"
    row = ERRORS[name]
    message = row.message
    if row.v3_message and details["claim"].scheme == V3:
        message = row.v3_message
    # the header that a client sent may be no Unicode at all
    told = message.format(**details).encode("utf-8", "replace").decode()
    return Worded(row.status, (row.code or name).format(**details), told)


def _refusal(problems: Sequence[Problem]) -> tuple[str, dict[str, Any]]:
    """What is missing comes before what is wrong."""
    problem = next((one for one in problems if one.kind == "required"), problems[0])
    if problem.kind == "required":
        return "Missing", {"parameter": ".".join([problem.parameter, *map(_step, problem.path)])}
    if problem.parameter == "Page":
        return "InvalidParameter.PageInvalid", {}
    return "Invalid", {"parameter": problem.parameter}


def _step(step: str | int) -> str:
    """A name, or the place in a list, which the vendor's dotted names count from 1."""
    return str(step + 1) if isinstance(step, int) else step


def body(words: Worded, request_id: str, denied: Mapping[str, str] | None) -> dict[str, Any]:
    """The body of a gateway error, in the order in which it was seen on the wire."""
    error: dict[str, Any] = {
        "RequestId": request_id,
        "Message": words.message,
        "Recommend": f"{_TROUBLESHOOT}?q={words.code}&product=cams&requestId={request_id}",
        "HostId": HOST_ID,
        "Code": words.code,
    }
    return error | {"AccessDeniedDetail": denied} if denied else error


def denial(action: str, owner_id: str, *, temporary: bool) -> dict[str, str]:
    """The AccessDeniedDetail of a caller whom no policy allows *action*."""
    return {
        "AuthAction": action,
        "AuthPrincipalType": "AssumedRoleUser" if temporary else "SubUser",
        "AuthPrincipalOwnerId": owner_id,
        "NoPermissionType": "ImplicitDeny",
        "PolicyType": "AccountLevelIdentityBasedPolicy",
    }


def headers(error: MockError) -> list[tuple[str, str]]:
    """How long to wait, for both generations of SDKs; nothing where waiting does not help."""
    if "wait" not in error.details:
        return []
    wait, limit = ceil(error.details["wait"] * 1000), error.details["budget"].limit
    return [
        ("x-acs-retry-after", str(wait)),
        ("x-ratelimit-user-api", f"Limit:{limit},Remain:0,TimeLeft:{wait}"),
    ]
