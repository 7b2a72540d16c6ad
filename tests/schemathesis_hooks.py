"""What Schemathesis is told of the Graph API: why a well-formed request may be refused, and a bad one answered."""

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import schemathesis

# (code, message, why a request that the document allows may get it)
EXPLAINED = (
    (100, r"\(#100\) Tried accessing nonexisting field .*", "one path reads several kinds of objects"),
    (1, "An unknown error occurred", "a level above the object that is asked"),
    (100, r"\(#100\) since must be less than or equal to until in time_ranges?", "the order of two values"),
    (100, r"\(#100\) Current combination of data breakdown columns \(.*\) is invalid", "which breakdowns combine"),
    (100, "Invalid parameter", "what is deleted is not listed"),
    (2500, r"Unknown path components: /\w+", "which kind of object has which edge"),
    (2642, r"\(#2642\) Invalid cursors values", "which cursors there are"),
    (100, r"\(#100\) Param limit must be an integer. Instead, got float\.", "twenty digits and more are no integer"),
    (100, r"\(#100\) .* is not served by this mock server yet\.", "refused and named until it is served"),
    (100, r"\(#100\) Param filtering\[.*", "which value suits which field"),
    (100, r"\(#100\) Filtering field '.*' (with operation '.*' )?is not supported", "which operator suits which field"),
)
# what Graph reads although the document does not say so: nothing at all, a number with blanks or a sign, 1 for true
# (a blank version is none)
READ = re.compile(r"[\s,]*|\s+[0-9]+\s*|[0-9]+\s+|\+[0-9]+")
SWITCHES = frozenset({"is_completed", "use_account_attribution_setting", "use_unified_attribution_setting"})


@schemathesis.check
def accepted_or_explained(_: Any, response: Any, case: Any) -> None:
    """In place of positive_data_acceptance, which takes every refusal of a well-formed request for a fault."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code < HTTPStatus.BAD_REQUEST:
        return
    error = response.json()["error"]
    told = (error["code"], error["message"])
    known = any(told[0] == code and re.fullmatch(words, told[1], re.DOTALL) for code, words, _ in EXPLAINED)
    assert known, f"a well-formed request is refused with {told}"


@schemathesis.hook
def filter_failure(_: Any, failure: Any, case: Any, response: Any) -> bool:
    """Drop what negative_data_rejection says of values that are bad on paper, and readable as they are sent."""
    del case
    if type(failure).__name__ != "AcceptedNegativeData":
        return True
    address = urlsplit(response.request.url)
    sent = parse_qsl(address.query, keep_blank_values=True)
    read = any(READ.fullmatch(text) or (name in SWITCHES and text in ("0", "1")) for name, text in sent)
    return not read and all(unquote(part).strip() for part in address.path.split("/")[1:])
