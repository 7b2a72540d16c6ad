"""What the gateway refuses ahead of everything else: actions, versions, formats and methods that there are not."""

from collections.abc import Iterator
from typing import Any

from ..ask import Ask
from ..bad_cams import Bad, deliver, refuse, shaped
from ..expect import same
from ..found_cams import NAMES, spread
from ..property import Live, contract
from ..words_cams import GATEWAY
from .cams_refusals import ALL

SCHEMES = ("v3", "v1")
BAD_VERSIONS = ("2020-06-07", "2020-6-6", "20200606", "2021-06-06", "latest", "1.0", "2020-06-06x")
BAD_METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS")
_HOW: dict[str, Any] = {"kind": "refusal", "examples": 1}


def _misspelt(name: str) -> Iterator[str]:
    yield from (f"{name}s", name[:-1], name.lower(), name.upper(), name[0].lower() + name[1:], f"cams:{name}")


@contract(
    "CAMS-R8", "An action is known by its exact name",
    sentence="InvalidAction.NotFound: Specified api is not found, please check your url and method. (Names are case"
    " sensitive)", page=GATEWAY, live=Live.SAFE, calls=60, **_HOW,
)  # fmt: skip
def unknown_actions_are_refused(ask: Ask) -> None:
    """An unknown action, or a known one in another spelling: HTTP 404, InvalidAction.NotFound."""
    spelled = [(name, one) for name in (ALL if not ask.exact else NAMES) for one in _misspelt(name)]
    cases = [(*one, scheme) for scheme in SCHEMES for one in spelled]
    how = [(name, {"action": one, "scheme": scheme}) for name, one, scheme in spread(ask, cases, 12)]
    refuse(ask, (Bad(name, "InvalidAction.NotFound", "", {}, one, early=True) for name, one in how))


@contract(
    "CAMS-R9", "A call without an action or a version is refused",
    sentence="Recorded: Missing{Param}; assumed for headers: MissingHeader", page=GATEWAY, live=Live.MOCK, calls=20,
    **_HOW,
)  # fmt: skip
def action_and_version_are_needed(ask: Ask) -> None:
    """V1: MissingAction, MissingVersion; V3: MissingHeader."""
    for name in NAMES:
        v1, v3 = {"scheme": "v1"}, {"scheme": "v3"}
        cases = [
            Bad(name, "Missing", "Action", {}, {"action": None, **v1}, early=True),
            Bad(name, "Missing", "Version", {}, {"version": None, **v1}, early=True),
            Bad(name, "MissingHeader", "x-acs-action", {}, {"action": None, **v3}, early=True),
            Bad(name, "MissingHeader", "x-acs-version", {}, {"version": None, **v3}, early=True),
        ]
        refuse(ask, cases)


@contract(
    "CAMS-R10", "Any version but 2020-06-06 is refused",
    sentence="Recorded: InvalidVersion, Specified parameter Version is not valid.", page=GATEWAY, live=Live.SAFE,
    calls=70, **_HOW,
)  # fmt: skip
def other_versions_are_refused(ask: Ask) -> None:
    """Every other version, on every operation, in both schemes: InvalidVersion."""
    names = NAMES if ask.exact else ALL
    cases = [(name, version, scheme) for version in BAD_VERSIONS for name in names for scheme in SCHEMES]
    how = [(name, {"version": version, "scheme": scheme}) for name, version, scheme in spread(ask, cases)]
    refuse(ask, (Bad(name, "InvalidVersion", "", {}, one, early=True) for name, one in how))


@contract(
    "CAMS-R11", "A Format that is neither JSON nor XML is refused",
    sentence="InvalidParameter.Format: Specified parameter format is not valid.", page=GATEWAY, live=Live.MOCK,
    calls=20, **_HOW,
)  # fmt: skip
def other_formats_are_refused(ask: Ask) -> None:
    """YAML, text, or both formats at once, on every operation: InvalidParameter.Format."""
    cases = [(name, form) for name in NAMES for form in ("YAML", "text", "JSON,XML", "JSONP")]
    how = [(name, {"scheme": "v1", "common": {"Format": form}}) for name, form in spread(ask, cases, 8)]
    refuse(ask, (Bad(name, "InvalidParameter.Format", "", {}, one, early=True) for name, one in how))


@contract(
    "CAMS-R12", "Only GET and POST are supported", sentence="UnsupportedHTTPMethod: This http method not supported.",
    page=GATEWAY, live=Live.MOCK, calls=50, **_HOW,
)  # fmt: skip
def other_methods_are_refused(ask: Ask) -> None:
    """PUT, DELETE, PATCH and OPTIONS, signed as such: UnsupportedHTTPMethod; HEAD is no success either."""
    cases = [(name, method, scheme) for method in BAD_METHODS for name in NAMES for scheme in SCHEMES]
    how = [(name, {"method": method, "scheme": scheme}) for name, method, scheme in spread(ask, cases)]
    refuse(ask, (Bad(name, "UnsupportedHTTPMethod", "", {}, one, early=True) for name, one in how))
    for name in NAMES:
        prepared = ask.cams.prepare(name, shaped(ask, name), method="HEAD")
        same(deliver(ask, prepared, name).status, 400, "HEAD is not supported")
