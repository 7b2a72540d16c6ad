"""Graph headers that are missing, malformed or untrue."""

# a wrapper has the arguments of what it stands for

import json
from typing import Any

from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import headers, refused
from tests.mutants.catalogue import Mutant


def _header(name: str, value: str | None) -> Any:
    """The header has this value in every answer that has it."""
    return headers("meta", lambda reply, asked: {name: value} if reply.header(name.replace("_", "-")) else {})


def _usage(name: str, change: Any) -> Any:
    def told(reply: Reply, asked: Asked) -> dict[str, str | None]:
        del asked
        value = reply.header(name.replace("_", "-"))
        return {name: json.dumps(change(json.loads(value)))} if value else {}

    return headers("meta", told)


def _always_whole(asked: Asked, inner: Inner) -> Reply:
    """If-None-Match is never heeded."""
    return inner(asked.told(HTTP_IF_NONE_MATCH=""))


def _never_whole(asked: Asked, inner: Inner) -> Reply:
    """Any If-None-Match is taken for a match."""
    return inner(asked.told(HTTP_IF_NONE_MATCH="*")) if asked.header("if-none-match") else inner(asked)


def _empty_for_304(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    return reply.holding({"data": []}, 200) if reply.status == 304 else reply


def _request_challenge(reply: Reply, asked: Asked) -> dict[str, str | None]:
    del asked
    told = reply.header("www-authenticate").replace('"invalid_token"', '"invalid_request"')
    return {"www_authenticate": told} if told and refused(reply, 190) else {}


def _characters(reply: Reply, asked: Asked) -> dict[str, str | None]:
    del asked
    text = reply.body.decode("utf-8", "replace")
    return {"content_length": str(len(text))} if reply.status == 200 and not text.isascii() else {}


def _minutes(told: Any) -> Any:
    for cases in told.values():
        for case in cases:
            case["estimated_time_to_regain_access"] = "soon"
    return told


def _first_case(told: Any) -> Any:
    return {account: cases[0] for account, cases in told.items()}


MUTANTS = (
    Mutant("meta-header-version", "header", "facebook-api-version is missing.", "META-H1",
           _header("facebook_api_version", None)),
    Mutant("meta-header-version-fixed", "header", "facebook-api-version is v24.0 whatever is asked.", "META-H1",
           _header("facebook_api_version", "v24.0")),
    Mutant("meta-header-etag-missing", "header", "Answers have no ETag.", "META-H4", _header("etag", None)),
    Mutant("meta-header-etag-same", "header", "Every answer has the same ETag.", "META-H12",
           _header("etag", f'"{"5" * 40}"')),
    Mutant("meta-header-match-ignored", "header", "If-None-Match is ignored.", "META-H10", _always_whole),
    Mutant("meta-header-match-any", "header", "Any If-None-Match gets 304.", "META-H10", _never_whole),
    Mutant("meta-header-304-body", "header", "In place of a 304 comes a 200 without rows.", "META-H10", _empty_for_304),
    Mutant("meta-header-challenge", "header", "Refusals have no www-authenticate.", "META-H6",
           _header("www_authenticate", None)),
    Mutant("meta-header-challenge-kind", "header", "A bad token's challenge says invalid_request.", "META-H6",
           headers("meta", _request_challenge)),
    Mutant("meta-header-type", "header", "Good answers are text/javascript.", "META-S6",
           headers("meta", lambda reply, asked: {"content_type": "text/javascript"} if reply.good else {})),
    Mutant("meta-header-charset", "header", "The content type has no charset.", "META-H2",
           _header("content_type", "application/json")),
    Mutant("meta-header-cached", "header", "Figures may be cached for an hour by anybody.", "META-H6",
           _header("cache_control", "public, max-age=3600")),
    Mutant("meta-header-app-usage", "header", "x-app-usage is missing.", "META-H9", _header("x_app_usage", None)),
    Mutant("meta-header-case-usage", "header", "A business use case is an object, not a list of them.", "META-H8",
           _usage("x_business_use_case_usage", _first_case)),
    Mutant("meta-header-regain", "header", "The time to regain access is a word.", "META-H8",
           _usage("x_business_use_case_usage", _minutes)),
    Mutant("meta-header-insights-usage", "header", "x-fb-ads-insights-throttle is missing.", "META-H9",
           _header("x_fb_ads_insights_throttle", None)),
    Mutant("meta-header-account-usage", "header", "The ad account's usage is said to be below zero.", "META-H7",
           _usage("x_ad_account_usage", lambda told: {**told, "acc_id_util_pct": -1})),
    Mutant("meta-header-usage-broken", "header", "x-app-usage is no JSON.", "META-H7",
           _header("x_app_usage", "{call_count: 0, total_cputime: 0, total_time: 0}")),
    Mutant("meta-header-trace", "header", "Every answer has the same x-fb-trace-id.", "META-H14",
           _header("x_fb_trace_id", "AbCdEfGhIjK")),
    Mutant("meta-header-length", "header", "Content-Length counts characters, not bytes.", "META-H5",
           headers("meta", _characters)),
)  # fmt: skip
