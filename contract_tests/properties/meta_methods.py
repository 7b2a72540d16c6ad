"""Methods that write: this contract serves none of them but reports, so none may be answered like a read."""

from ..ask import Ask
from ..bad_meta import places
from ..expect import refused, same
from ..property import Live, contract

METHODS = ("POST", "PUT", "PATCH", "DELETE")


@contract(
    "META-D20",
    "What would write is refused, never answered like a read",
    sentence="Assumed: what Meta serves and this contract leaves out is refused with 100."
    " A POST of insights is no write.",
    page="README.md, What is served",
    kind="effect",
    live=Live.MOCK,
    calls=110,
    examples=1,
)
def writes_are_refused(ask: Ask) -> None:
    """POST, PUT, PATCH and DELETE of every operation get an error, and leave its answer as it was."""
    for place in places(ask):
        before = ask.graph.ok(place.path).json
        methods = [one for one in METHODS if (place.operation, one) != ("insights", "POST")]
        for method in ask.some(methods, 1):
            answer = ask.graph.call(place.path, method=method)
            refused(answer, 100, type="OAuthException", message=r"\(#100\) .+ is not served.*")
        same(ask.graph.ok(place.path).json, before, "what is read is as it was before something was written")
