"""CAMS refusals that are missing, wrong, or not whole; spaces that should be closed."""

from typing import Any

from mockserver.errors import MockError
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import errors, refused, statuses
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

Row = dict[str, Any]
SPACES, GATEWAY, TEMPLATES = (f"mockserver.vendors.cams.{name}" for name in ("spaces", "gateway", "templates"))


def _open(*names: str) -> Patch:
    """Spaces that should be refused with one of *names* are answered."""

    def wrapper(named: Any, world: Any, question: Any, space_id: str) -> Any:
        try:
            return named(world, question, space_id)
        except MockError as error:
            if error.name not in names or space_id not in world.file.spaces:
                raise
            return world.file.spaces[space_id]

    return around(f"{SPACES}:named", wrapper)


def _any_page(with_page: Any, world: Any, question: Any) -> Any:
    from mockserver.vendors.cams import spaces

    try:
        return with_page(world, question)
    except MockError:
        return spaces.named(world, question, question.arguments["CustSpaceId"])


def _any_version(common: Any, call: Any, name: str) -> str:
    found: str = common(call, name)
    return "2020-06-06" if name == "Version" else found


def _action_case(operation: Any, call: Any, served: Any) -> Any:
    return operation(call, {**{name.lower(): one for name, one in served.items()}, **served})


def _empty_for(*names: str) -> Patch:
    """These business failures of template metrics are empty answers."""

    def wrapper(asked: Any, world: Any, question: Any) -> Any:
        try:
            return asked(world, question)
        except MockError as error:
            if error.name not in names:
                raise
            return ()

    return around(f"{TEMPLATES}:_asked_templates", wrapper)


def _every_type(asked: Any, world: Any, question: Any) -> Any:
    try:
        return asked(world, question)
    except MockError as error:
        if error.name != "InvalidParameter.TemplateTypeNotSupport":
            raise
        return world.file.templates[question.arguments["TemplateCode"]]


def _with_200(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    return Reply(200, reply.headers, reply.body) if asked.vendor == "cams" and refused(reply) else reply


def _partial(row: Row) -> None:
    row["Data"] = []


def _missing_is_invalid(row: Row) -> None:
    if row["Code"].startswith("Missing"):
        row["Code"] = row["Code"].replace("Missing", "Invalid", 1)


def _generic(row: Row) -> None:
    if row["Code"].startswith("Missing"):
        row["Code"] = "MissingParameter"


def _message(code: str, text: str) -> Any:
    return errors("cams", lambda row: row.update(Message=text), code)


def _renamed(code: str, other: str) -> Any:
    return errors("cams", lambda row: row.update(Code=other), code)


def _html(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "cams" or not refused(reply, "InvalidAction.NotFound"):
        return reply
    return reply.holding(b"<html><h1>Not Found</h1></html>").headed(content_type="text/html")


def _stack_trace(row: Row) -> None:
    row["Message"] = f"com.aliyun.cams.Exception: {row['Message']} at Handler.java:42"


def _missing_500(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "cams" or not refused(reply) or not reply.json["Code"].startswith("Missing"):
        return reply
    return Reply(500, reply.headers, reply.body)


def _success(row: Row) -> None:
    if "Success" in row:
        row["Success"] = True


MUTANTS = (
    Mutant("cams-space-other", "refusal", "Spaces of other owners are answered.", "CAMS-R19",
           _open("Unknown.ResourceOwnerId")),
    Mutant("cams-space-unsubscribed", "refusal", "Unsubscribed spaces are answered.", "CAMS-R21",
           _open("Product.Unsubscript")),
    Mutant("cams-page-any", "refusal", "A page that is not the space's is answered.", "CAMS-R18",
           around(f"{SPACES}:with_page", _any_page)),
    Mutant("cams-version-any", "refusal", "Any Version is taken.", "CAMS-R10",
           around(f"{GATEWAY}:_common", _any_version)),
    Mutant("cams-action-case", "refusal", "Actions in lower case are served.", "CAMS-R8",
           around(f"{GATEWAY}:operation", _action_case)),
    Mutant("cams-template-unknown", "refusal", "An unknown template has empty metrics.", "CAMS-R23",
           _empty_for("DetailError.TemplateNotExist")),
    Mutant("cams-template-type", "refusal", "Templates that are not marketing on WhatsApp have metrics.", "CAMS-R22",
           around(f"{TEMPLATES}:_asked_templates", _every_type)),
    Mutant("cams-error-200", "status", "Refusals of the gateway come with HTTP 200.", "CAMS-S6", _with_200),
    Mutant("cams-missing-500", "status", "A missing parameter is answered with HTTP 500.", "CAMS-R1",
           _missing_500),
    Mutant("cams-action-400", "status", "An unknown action is answered with HTTP 400.", "CAMS-R8",
           statuses("cams", 400, "InvalidAction.NotFound")),
    Mutant("cams-key-400", "status", "An unknown access key is answered with HTTP 400.", "CAMS-U13",
           statuses("cams", 400, "InvalidAccessKeyId.NotFound")),
    Mutant("cams-deny-403", "status", "A missing permission is answered with HTTP 403.", "CAMS-U15",
           statuses("cams", 403, "Ram.PermissionDeny")),
    Mutant("cams-business-400", "status", "Business failures are answered with HTTP 400.", "CAMS-R4",
           statuses("cams", 400, "InvalidParameter.PageInvalid", "DetailError.TemplateNotExist")),
    Mutant("cams-action-html", "status", "An unknown action is answered in HTML.", "CAMS-R8", _html),
    Mutant("cams-missing-invalid", "words", "Missing parameters are called invalid.", "CAMS-R1",
           errors("cams", _missing_is_invalid)),
    Mutant("cams-missing-generic", "words", "Missing parameters are not named in Code.", "CAMS-R1",
           errors("cams", _generic)),
    Mutant("cams-error-data", "words", "Refusals have Data.", "CAMS-S5", errors("cams", _partial)),
    Mutant("cams-host-missing", "words", "Refusals have no HostId.", "CAMS-S5",
           errors("cams", lambda row: row.pop("HostId", None))),
    Mutant("cams-recommend-missing", "words", "Refusals have no Recommend.", "CAMS-S5",
           errors("cams", lambda row: row.pop("Recommend", None))),
    Mutant("cams-recommend-other", "words", "Recommend leads to another code.", "CAMS-S5",
           errors("cams", lambda row: row.update(Recommend="https://api.aliyun.com/troubleshoot?q=Unknown"))),
    Mutant("cams-stack-trace", "words", "Messages hold a stack trace.", "CAMS-S6", errors("cams", _stack_trace)),
    Mutant("cams-failure-success", "words", "Business failures have Success true.", "CAMS-S3",
           errors("cams", _success)),
    Mutant("cams-deny-detail", "words", "A missing permission is not explained by AccessDeniedDetail.", "CAMS-U15",
           errors("cams", lambda row: row.pop("AccessDeniedDetail", None), "Ram.PermissionDeny")),
    Mutant("cams-unsubscript-code", "words", "An unsubscribed space is Unknown.ResourceOwnerId.", "CAMS-R21",
           _renamed("Product.Unsubscript", "Unknown.ResourceOwnerId")),
    Mutant("cams-inactive-message", "words", "An inactive key's message is that of an unknown one.", "CAMS-U14",
           _message("InvalidAccessKeyId.Inactive", "Specified access key is not found.")),
    Mutant("cams-expired-code", "words", "An expired time stamp is a malformed one.", "CAMS-U27",
           _renamed("InvalidTimeStamp.Expired", "InvalidTimeStamp.Format")),
    Mutant("cams-nonce-code", "words", "A used nonce is a signature that does not match.", "CAMS-U29",
           _renamed("SignatureNonceUsed", "SignatureDoesNotMatch")),
)  # fmt: skip
