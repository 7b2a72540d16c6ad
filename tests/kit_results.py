"""Results of the kit, made up: what a report is written from."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from contract_tests.conform import Report
from contract_tests.outcomes import MISSING, Outcome, Result
from contract_tests.profile import CamsProfile, Key, MetaProfile, Profile, Space, Token
from contract_tests.property import Live, Property
from contract_tests.wire import Answer, Call

HARD = "+/=&% \"\\<'é€😀"
PROFILE = Profile(
    meta=MetaProfile(
        "https://graph.facebook.com",
        Token(f"EAAcanary{HARD}token", f"app{HARD}secret"),
        tokens={
            "expired": Token(f"EAAold{HARD}", f"app{HARD}secret"),
            "plain": Token("EAAGm0PX4ZCpsBO1xyz", "0f1e2d3c4b5a6978"),
        },
    ),
    cams=CamsProfile(
        "https://cams.ap-southeast-1.aliyuncs.com",
        Key("LTAI5tCanaryKeyId", f"key{HARD}secret", f"CAIS{HARD}sts"),
        (Space("cams-1", ("1",), ("2",)),),
        keys={"inactive": Key("LTAIinactive", "inactive+/secret==")},
        bearer=f"bearer{HARD}token",
    ),
)
SECRETS = PROFILE.secrets


def prop(number: int = 1, kind: str = "shape", vendor: str = "META", **more: Any) -> Property:
    """A property that nobody asks."""
    said = {"title": "A title", "sentence": "The vendor's sentence.", "page": "A page"} | more
    vendors = {"META": ("meta",), "CAMS": ("cams",), "BOTH": ("meta", "cams")}[vendor]
    id_ = f"{vendor}-Z{number}"
    return Property(id_, said["title"], said["sentence"], said["page"], kind, vendors, Live.SAFE, 1, lambda _: None)


def answer(
    target: str = "/v26.0/me",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    told: Mapping[str, str] | None = None,
    answered: bytes = b"{}",
    method: str = "GET",
) -> Answer:
    """The answer to a call of the Graph API."""
    return Answer(Call(method, "https://graph.facebook.com", target, headers or {}, body), 200, told or {}, answered)


def failed(number: int = 1, **more: Any) -> Result:
    """A broken property."""
    said: dict[str, Any] = {"reason": "It is broken", "answers": (answer(),)} | more
    return Result(f"META-Z{number}", Outcome.FAIL, 2, 0.25, **said)


def report(*results: Result, target: str = "mock", **more: Any) -> Report:
    """A report of *results*, all of them of properties made by prop()."""
    properties = {one.property_id: prop(int(one.property_id[6:]), **more) for one in results}
    return Report(target, "default", 7, datetime(2026, 11, 21, 12, tzinfo=UTC), properties, list(results), 42, 1.5)


def mixed() -> Report:
    """One result of each outcome, over kinds and vendors."""
    results = [
        Result("META-Z1", Outcome.PASS, 3, 0.1),
        failed(2, got={"a": "1"}, expected={"a": "2"}, drawn={"node": "act_1"}),
        Result(
            "CAMS-Z3", Outcome.DIVERGENCE, 1, 0.1, "It differs (known until 2027-01-01: told)", until=date(2027, 1, 1)
        ),
        Result("BOTH-Z4", Outcome.INDETERMINATE, 1, 0.1, "no answer within 30 s"),
        Result("CAMS-Z5", Outcome.OUT_OF_SCOPE, 0, 0.0, "it writes; --allow-writes lets it", MISSING),
    ]
    kinds = ("shape", "metamorphic", "refusal", "across", "throttle")
    properties = {
        one.property_id: prop(int(one.property_id[6:]), kind, one.property_id[:4])
        for one, kind in zip(results, kinds, strict=True)
    }
    return Report("mock", "default", 7, datetime(2026, 11, 21, 12, tzinfo=UTC), properties, results, 8, 0.55)
