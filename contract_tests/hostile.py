"""Inputs that have broken servers before, and how any answer to them is judged."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hypothesis import strategies as st

from mockserver.contract.load import load

from .expect import holds, same
from .found_cams import places
from .outcomes import Broken, Indeterminate
from .signing import appsecret_proof
from .transport import Lost
from .wire import Answer
from .words_cams import told
from .words_meta import ERRORS

if TYPE_CHECKING:
    from .ask import Ask

MOST_HANGS = 2

# what each parameter is given, every one of them; percent-encoded, for not all of it is text
CORE: tuple[str, ...] = (
    "",
    "%00",
    "a%00b",
    "%ED%A0%80",  # half of a letter
    "%FF%FE",  # no UTF-8
    "%",
    *(
        quote(text)
        for text in (
            "👩‍👩‍👧‍👦",
            "\u202eabc\u202c",
            "é" * 900,
            "x" * 5000,
            "-1",
            "9" * 400,
            str(-(2**63) - 1),
            "[" * 2000,
            '{"a":' * 300 + "1" + "}" * 300,
            '{"since":"0001-01-01","until":"9999-12-31"}',
        )
    ),
)
# what one parameter or another is given
MORE: tuple[str, ...] = (
    *("%C0%AF", "%zz", "%F0%9F", "+", "%0D%0AX-Injected:%201", "%1b[31m"),
    *(
        quote(text)
        for text in (
            *(
                "0",
                "1",
                "1.0",
                "1e309",
                "-0",
                "NaN",
                "Infinity",
                *(str(edge + step) for edge in (2**63, -(2**63)) for step in (-1, 0, 1)),
                str(10**30),
                "0x10",
                "١٢٣",
                "true",
                "null",
            ),
            *(
                "[]",
                "{}",
                "[null]",
                "[[[]]]",
                '""',
                "'",
                '"',
                "\\",
                "\\u0000",
                "[{}]",
                '{"":""}',
                "{field}",
                "{0.__class__}",
            ),
            *("__proto__", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1--", "${7*7}", "%s%n", "; ls"),
            *("مرحبا", "日本語", "ﷺ" * 50, "a\u0301" * 100, "\ufeff", "\u2028", "𝕏" * 300, "İ", "ß", "\U0010ffff"),
            *("0001-01-01", "9999-12-31", "2026-02-30", '{"since":"9999-12-31","until":"9999-12-31"}', "x" * 60_000),
            *(
                '{"since":null,"until":[]}',
                '[{"field":"action_type","operator":"IN","value":[[[]]]}]',
                "[" * 900 + "]" * 900,
            ),
            *(
                '[{"field":"","operator":"EQUAL","value":""}]',
                "insights.date_preset(x){a,b",
                "name{",
                "}{",
                ",,,",
                "a,a,a",
            ),
        )
    ),
)
TEXTS: st.SearchStrategy[str] = st.one_of(
    st.sampled_from([*CORE, *MORE]),
    st.text(max_size=20).map(lambda text: quote(text, errors="surrogatepass")),
    st.text(st.characters(categories=["Cs", "Cc", "Lo", "Nd"]), max_size=8).map(
        lambda text: quote(text, errors="surrogatepass")
    ),
    st.text("[]{}'\",:\\ 0a", max_size=20).map(quote),
    st.binary(max_size=12).map(quote),
)
HEADER_TEXTS: st.SearchStrategy[str] = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30),
    st.sampled_from(
        ["", "*", "x" * 5000, '"', "W/", "bytes=0-1", "text/html", "gzip", "é", "👩‍👩‍👧‍👦", ";;;", ",", "=", "0"]
    ),
)


def credentials(ask: "Ask") -> str:
    """The caller's own token with its proof, as a query."""
    token = ask.graph.token
    proof = f"&appsecret_proof={appsecret_proof(token.app_secret, token.token)}" if token.app_secret else ""
    return f"access_token={quote(token.token, safe='')}{proof}"


def answered(ask: "Ask", vendor: str, send: Callable[[], Answer]) -> Answer:
    """The answer to a call, which is one of the vendor's, whatever was sent."""
    answer = _never_lost(ask, send)
    got = {"status": answer.status, "content-type": answer.headers.get("content-type"), "body": answer.text[:400]}
    broken = (answer.status >= 500 and not _too_much(answer)) or "x-mock-bug" in answer.headers
    holds(not broken, "no input breaks the vendor", got, "a status below 500")
    if answer.call.method == "HEAD" or answer.status == 304:
        return answer
    envelope = _graph if vendor == "meta" else _gateway
    holds(envelope(answer), "every answer is in the vendor's envelope", got, "the shape of an answer, or of an error")
    return answer


def _too_much(answer: Answer) -> bool:
    """Recorded: HTTP 500 with code 1 is how the Graph API refuses to answer so much at once."""
    return answer.error.get("message") == ERRORS["too_much_data"].message


def _never_lost(ask: "Ask", send: Callable[[], Answer]) -> Answer:
    """A connection may be lost by chance once, by the same input twice; a target that hangs is soon left alone."""
    hangs = ask.target.kept.get("hangs", 0)
    if hangs >= MOST_HANGS:
        raise Indeterminate("the target leaves calls without an answer; it is asked no more odd ones")
    try:
        return send()
    except Lost as first:
        try:
            if not first.hang:
                return send()
            raise first
        except Lost as lost:
            ask.target.kept["hangs"] = hangs + lost.hang
            got = {"request": str(getattr(send, "args", send))[:600], "lost": str(lost)}
            raise Broken("no input leaves a call without an answer", got, "an answer") from None


def _graph(answer: Answer) -> bool:
    body = answer.json
    if not isinstance(body, dict) or "json" not in answer.headers.get("content-type", ""):
        return False
    if answer.status == 200:
        return "error" not in body and bool(body)
    return answer.status >= 400 and bool(load("meta").error_validator.is_valid(body))


def _gateway(answer: Answer) -> bool:
    body, kind = told(answer), answer.headers.get("content-type", "")
    alone = answer.status == 200 and set(body) == {"RequestId"}  # as ChangeResourceGroup is documented
    whole = alone or {"RequestId", "Code", "Message"} <= set(body)
    if not any(one in kind for one in ("json", "xml")) or not whole:
        return False
    if answer.status == 200:
        return "HostId" not in body
    return answer.json is None or bool(load("cams").error_validator.is_valid(answer.json))


def plain(ask: "Ask", vendor: str) -> Any:
    """The answer to a plain question, which has to be the same all the time."""
    if vendor == "meta":
        return ask.graph.ok("me", {"fields": "id,name"}).json
    return ask.cams.rows("ListPageAdAccount", places(ask)[0].asked)


def unharmed(ask: "Ask", vendor: str, sends: Sequence[Callable[[], Answer]]) -> None:
    """Each of *sends* is answered, and then a plain question still gets the answer that it got before."""
    before = plain(ask, vendor)
    for send in sends:
        answered(ask, vendor, send)
        ask.answers.clear()  # only what breaks is evidence
    same(plain(ask, vendor), before, "a plain question gets the same answer after hostile ones")
