"""The kit's own client of the Graph API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from .expect import holds, ok
from .profile import Token
from .signing import appsecret_proof
from .target import as_text
from .wire import Answer

if TYPE_CHECKING:
    from .ask import Ask

LIMITED = {4, 17, 32, 613, *range(80000, 80015)}  # codes that say a limit is spent
MOST_PAGES = 400
USER_EDGES = ("adaccounts", "accounts", "businesses", "business_users")
ASSETS = ("adcreatives", "adspixels", "promote_pages")
EMPTY = ("activities", "adimages", "adlabels", "advideos", "customaudiences", "customconversions")
LEADS = "leads"  # an edge of ads, empty too
_EDGES = ("insights", "campaigns", "adsets", "ads", *USER_EDGES, *ASSETS, *EMPTY, LEADS)


@dataclass(frozen=True, slots=True)
class Graph:
    """Calls the Graph API for one example of one property; what it sends and gets is kept there."""

    ask: "Ask"

    @property
    def token(self) -> Token:
        """The profile's ordinary token."""
        assert self.ask.profile.meta
        return self.ask.profile.meta.token

    def call(
        self,
        path: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        token: Token | str | None = "",
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        version: str | None = "",
        raw: bool = False,
    ) -> Answer:
        """One call of *path* without its version, e.g. act_1/insights.

        *token* "" is the profile's own, with its proof; a text is sent as it is; None sends none. *raw* leaves
        manners aside and hands a spent limit on as an answer.
        """
        meta = self.ask.profile.meta
        assert meta
        if token not in ("", meta.token):
            self.ask.target.bad_credential()
        prefix = "" if version is None else f"/{version or meta.version}"
        target = f"{prefix}/{quote(path.lstrip('/'), safe='/:@', errors='surrogatepass')}"
        pairs = [(name, as_text(value)) for name, value in (parameters or {}).items() if value is not None]
        pairs += _credentials(meta.token if token == "" else token)
        if pairs:
            target += "?" + urlencode(pairs, errors="surrogatepass", quote_via=quote)
        return self.send(method, target, dict(headers or {}), body, raw=raw)

    def send(
        self, method: str, target: str, headers: dict[str, str], body: bytes = b"", *, raw: bool = False
    ) -> Answer:
        """Exactly this request; a limit that is spent makes the property indeterminate unless *raw*."""
        subject = next((part for part in urlsplit(target).path.split("/") if part.startswith("act_")), "")
        answer = self.ask.send("meta", named(method, target), method, target, headers, body, subject=subject, raw=raw)
        if not raw and answer.error.get("code") in LIMITED and self.ask.target.throttle:
            raise self.ask.target.throttled("meta", str(answer.error.get("message", "")))
        return answer

    def ok(self, path: str, parameters: Mapping[str, Any] | None = None, **how: Any) -> Answer:
        """A call that the vendor documents as valid: HTTP 200, or the property is broken."""
        return ok(self.call(path, parameters, **how))

    def insights(self, node: str, **parameters: Any) -> list[dict[str, Any]]:
        """All rows of a valid insights call, in one page; *node* is an id."""
        return self.ok(f"{node}/insights", {"limit": 5000, **parameters}).rows

    def row(self, node: str, **parameters: Any) -> dict[str, Any] | None:
        """The one row of a valid insights call, None where nothing was delivered."""
        rows = self.insights(node, **parameters)
        holds(len(rows) <= 1, "one object and one range make one row at most", len(rows), "0 or 1")
        return rows[0] if rows else None

    def pages(self, path: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Answer]:
        """The pages of a list from the first, each by the `next` of the one before; at most 400 of them."""
        answer = self.ok(path, parameters)
        for _ in range(MOST_PAGES):
            yield answer
            following = next_link(answer)
            if following is None:
                return
            answer = ok(self.send("GET", following, {}))
        holds(False, "following `next` ends", f"more than {MOST_PAGES} pages", "a last page")


def next_link(answer: Answer, direction: str = "next") -> str | None:
    """The target (path and query) of paging.next, or of `previous`; None where there is none."""
    link = ((answer.json or {}).get("paging") or {}).get(direction)
    if link is None:
        return None
    parts = urlsplit(link)
    origin = answer.call.origin
    holds(f"{parts.scheme}://{parts.netloc}" == origin, f"`{direction}` stays on its host", link, origin)
    return f"{parts.path}?{parts.query}"


def named(method: str, target: str) -> Operation | None:
    """The operation that a call names, by its shape alone; reads of single objects are told apart by their schema."""
    address = urlsplit(target)
    asked = dict(parse_qsl(address.query))
    parts = [part for part in address.path.split("/") if part]
    if parts and parts[0].startswith("v") and parts[0][1:].replace(".", "").isdigit():
        parts = parts[1:]
    operations = load("meta").operations
    if "batch" in asked or not parts:
        return operations["ids" if "ids" in asked else "batch"]
    if "ids" in asked:
        return operations["ids_edge"]
    if asked.get("method", method).upper() == "POST" and parts[-1] == "insights":
        return operations["insights_async"]
    if len(parts) == 2 and parts[1] in _EDGES:
        return operations[parts[1]]
    if len(parts) == 1:
        return operations.get("adaccount" if parts[0].startswith("act_") else parts[0])
    return None


def _credentials(token: Token | str | None) -> list[tuple[str, str]]:
    if token is None:
        return []
    if isinstance(token, str):
        return [("access_token", token)]
    proof = [("appsecret_proof", appsecret_proof(token.app_secret, token.token))] if token.app_secret else []
    return [("access_token", token.token), *proof]
