"""Limits that are absent, early, late, worded wrongly, shared, or never lifted."""

# a wrapper has the arguments of what it stands for

from dataclasses import replace
from typing import Any

from mockserver.gate.throttle import Usage
from tests.mutants.bends import errors, headers
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

CAMS = "mockserver.vendors.cams.dialect:CamsDialect.budgets"
META = "mockserver.vendors.meta.limits:budgets"


def _budgets(where: str, change: Any) -> Patch:
    """Each limit that a call counts against, as *change* has it; None leaves it out."""

    def wrapper(budgets: Any, *arguments: Any) -> Any:
        return [one for one in map(change, budgets(*arguments)) if one is not None]

    return around(where, wrapper)


def _limit(change: Any, **only: Any) -> Any:
    def changed(budget: Any) -> Any:
        fitting = all(getattr(budget, name) == value for name, value in only.items())
        return replace(budget, limit=change(budget.limit)) if fitting else budget

    return changed


def _key(at: int) -> Any:
    """Whose limit it is does not count: the part of its key at *at* is one for all."""

    def changed(budget: Any) -> Any:
        return replace(budget, key=(*budget.key[:at], "", *budget.key[at + 1 :]))

    return changed


def _in_seconds(reply: Any, asked: Any) -> dict[str, str | None]:
    del asked
    wait = reply.header("x-acs-retry-after")
    return {"x_acs_retry_after": str(-(-int(wait) // 1000))} if wait else {}


def _case(error: str, change: Any) -> Any:
    return lambda budget: change(budget) if budget.error == error else budget


MUTANTS = (
    Mutant("cams-limit-none", "throttle", "No calls a second are limited.", "CAMS-TH1",
           _budgets(CAMS, lambda budget: None)),
    Mutant("cams-limit-early", "throttle", "Limits are reached one call early.", "CAMS-TH1",
           _budgets(CAMS, _limit(lambda limit: limit - 1))),
    Mutant("cams-limit-late", "throttle", "Limits are reached one call late.", "CAMS-TH1",
           _budgets(CAMS, _limit(lambda limit: limit + 1))),
    Mutant("cams-limit-enable", "throttle", "Enabling metrics may be called 50 times a second.", "CAMS-TH7",
           _budgets(CAMS, _limit(lambda _: 50, limit=5))),
    Mutant("cams-limit-callers", "throttle", "All callers share one limit.", "CAMS-TH6", _budgets(CAMS, _key(1))),
    Mutant("cams-limit-actions", "throttle", "All actions of a caller share one limit.", "CAMS-TH5",
           _budgets(CAMS, _key(2))),
    Mutant("cams-limit-minute", "throttle", "A spent limit is lifted after a minute, not a second.", "CAMS-TH4",
           _budgets(CAMS, lambda budget: replace(budget, period=60.0))),
    Mutant("cams-limit-code", "throttle", "A spent limit is told as Throttling.User.", "CAMS-TH3",
           errors("cams", lambda row: row.update(Code="Throttling.User"), "System.LimitControl")),
    Mutant("cams-limit-message", "throttle", "A spent limit is told in other words.", "CAMS-TH3",
           errors("cams", lambda row: row.update(Message="Too many requests."), "System.LimitControl")),
    Mutant("cams-limit-wait", "throttle", "A spent limit does not say how long to wait.", "CAMS-TH3",
           headers("cams", lambda reply, asked: {"x_acs_retry_after": None, "x_ratelimit_user_api": None})),
    Mutant("cams-limit-seconds", "throttle", "x-acs-retry-after is in seconds.", "CAMS-TH3",
           headers("cams", _in_seconds)),
    Mutant("meta-limit-none", "throttle", "No calls are limited.", "META-TH1", _budgets(META, lambda budget: None)),
    Mutant("meta-limit-app-none", "throttle", "The app's calls are not limited.", "META-TH10",
           _budgets(META, _case("app_limit", lambda budget: None))),
    Mutant("meta-limit-early", "throttle", "Limits are reached one call early.", "META-TH1",
           _budgets(META, _limit(lambda limit: limit - 1))),
    Mutant("meta-limit-late", "throttle", "Limits are reached one call late.", "META-TH1",
           _budgets(META, _limit(lambda limit: limit + 1))),
    Mutant("meta-limit-accounts", "throttle", "All ad accounts share their limits.", "META-TH3",
           _budgets(META, _key(2))),
    Mutant("meta-limit-forever", "throttle", "A spent limit is lifted after ten days.", "META-TH4",
           _budgets(META, lambda budget: replace(budget, period=864_000.0, block=864_000.0))),
    Mutant("meta-limit-code", "throttle", "An ad account's spent limit is told as the app's.", "META-TH2",
           errors("meta", lambda row: row.update(code=4), 80000, 80004, 613, 17)),
    Mutant("meta-limit-transient", "throttle", "A spent limit is not said to be transient.", "META-TH2",
           errors("meta", lambda row: row.pop("is_transient", None), 4, 17)),
    Mutant("meta-limit-usage", "throttle", "Usage headers tell nothing of what is spent.", "META-TH1",
           Patch("mockserver.gate.throttle:Throttle.usage",
                 lambda _: lambda throttle, budget: Usage(0.0, 0.0))),
)  # fmt: skip
