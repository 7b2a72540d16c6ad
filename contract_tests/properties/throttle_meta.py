"""Meta's score of an ad account, the limit that is reached soonest: 60 reads in 300 seconds with limited access."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from ..ask import Ask
from ..expect import holds, ok, same
from ..graph import LIMITED as CODES
from ..outcomes import Indeterminate, OutOfScope
from ..property import Live, contract
from ..wire import Answer
from ..words_meta import refused_with
from .throttle_ground import LIMITED, STANDARD, Ground, ground, special

PAGE = "Graph API, Rate limits; Marketing API, Rate limiting"
SCORE = (
    "Documented: the score of an ad account with limited access is at most 60, and a read scores 1; it decays in 300"
    " seconds and blocks for 300 seconds."
)
FULL = "Documented: the score of an ad account with full access is at most 9000; it blocks for 60 seconds."
WORDS = "613: Calls to this api have exceeded the rate limit. 17: User request limit reached."
ACCOUNT = "Documented: limits of the Marketing API are those of an ad account."
USAGE = "100 in any percentage = blocked; estimated_time_to_regain_access > 0 only when blocked."
MOST = {LIMITED: 60, STANDARD: 9000}
BLOCK = {LIMITED: 300, STANDARD: 60}
BY_THE_HOUR = (4, 80000, 80004)
SOON = 30  # seconds
MOST_ACCOUNTS = 8
EDGES = ("campaigns", "adsets", "ads")
CHEAP = {"fields": "impressions", "date_preset": "yesterday"}
HOW: dict[str, Any] = {"page": PAGE, "kind": "throttle", "live": Live.MOCK, "examples": 1, "last": True}


def call(at: Ground, path: str, **parameters: Any) -> Answer:
    """One call of *path*, whatever the limits."""
    return at.ask.graph.call(path, CHEAP if path.endswith("/insights") else parameters, raw=True)


def code(answer: Answer) -> Any:
    """The code of an answer's error; 0 where there is none."""
    return answer.error.get("code", 0) if answer.status != 200 or "error" in (answer.json or {}) else 0


def usage(answer: Answer, header: str) -> dict[str, Any]:
    """The object in one of the usage headers."""
    text = answer.headers.get(header, "")
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    holds(isinstance(value, dict), f"every answer about an ad account tells its {header}", text, "a JSON object")
    assert isinstance(value, dict)
    return value


def score(answer: Answer) -> float:
    """How much of the ad account's score is spent, in per cent."""
    return float(usage(answer, "x-ad-account-usage")["acc_id_util_pct"])


def case(answer: Answer) -> dict[str, Any]:
    """What the answer tells of its business use case."""
    (entries,) = usage(answer, "x-business-use-case-usage").values()
    told: dict[str, Any] = entries[0]
    return told


def limited_account(at: Ground) -> str:
    """An ad account with limited access, whose score is reached with few calls."""
    at.limit(MOST[LIMITED])
    for row in ok(call(at, "me/adaccounts", limit=MOST_ACCOUNTS)).rows:
        answer = call(at, f"{row['id']}/ads", limit=1)
        if usage(answer, "x-ad-account-usage").get("ads_api_access_tier") == LIMITED:
            return str(row["id"])
    raise OutOfScope("no ad account has limited access")


def fill(at: Ground, path: str, most: int) -> list[Answer]:
    """Calls of *path* until one is refused for a limit, at most two beyond *most*."""
    answers: list[Answer] = []
    for _ in range(most + 2):
        answers.append(call(at, path))
        if code(answers[-1]) in CODES:
            if code(answers[-1]) in BY_THE_HOUR and case(answers[-1])["call_count"] >= 100:
                raise OutOfScope("earlier runs have spent the calls of the hour already")
            break
    return answers


@dataclass(frozen=True, slots=True)
class Excess:
    """What came of spending an ad account's score: the calls that spent it, what it refused then, what others got."""

    limit: int
    scale: float
    answers: list[Answer]
    refused: dict[str, Answer]
    lists: dict[str, Answer]
    others: dict[str, tuple[Answer, Answer]]  # before and after


def excess(ask: Ask) -> Excess:
    """Spend the score of an ad account, once in a run, for it stays spent for 300 seconds."""
    if "excess" not in ask.target.kept:
        with special(ask, tier=LIMITED, moved=False) as at:
            ask.target.kept["excess"] = _excess(at)
    seen: Excess = ask.target.kept["excess"]
    ask.answers[:] = [*seen.answers[-2:], *seen.refused.values(), *seen.lists.values()]
    return seen


def _excess(at: Ground) -> Excess:
    account = limited_account(at)
    rows = ok(call(at, "me/adaccounts", limit=MOST_ACCOUNTS)).rows
    before = {row["id"]: call(at, f"{row['id']}/ads", limit=1) for row in rows if row["id"] != account}
    nodes = [account, *(row["id"] for edge in EDGES for row in call(at, f"{account}/{edge}", limit=1).rows)]
    limit = at.limit(MOST[LIMITED])
    answers = [call(at, account), *fill(at, f"{account}/insights", limit)]
    if not at.movable and code(answers[-1]) and usage(answers[-1], "x-ad-account-usage")["reset_time_duration"] < SOON:
        raise Indeterminate("an earlier run's block of the ad account is about to end")
    paths = [*(f"{node}/insights" for node in nodes), *nodes, *(f"{account}/{edge}" for edge in EDGES)]
    return Excess(
        limit=limit,
        scale=at.ask.target.throttle,
        answers=answers,
        refused={path: call(at, path) for path in paths},
        lists={path: call(at, path) for path in ("me", "me/adaccounts")},
        others={one: (told, call(at, f"{one}/ads", limit=1)) for one, told in before.items() if code(told) == 0},
    )


def climbs(percents: Sequence[float], limit: int, unit: float, what: str) -> None:
    """Each call adds its share of *limit*, in whole *units* and never rounded up; others may have called before."""
    before = ceil((percents[0] + 2 * unit) * limit / 100) - 1 if percents else 0
    for own, percent in enumerate(percents, 1):
        least = floor(own * 100 / limit / unit) * unit - (unit if unit < 1 else 0)
        most = min(100.0, (before + own - 1) * 100 / limit)
        holds(least - 1e-9 <= percent <= most + 1e-9, f"{what} climbs with each call", percent, f"{least} to {most}")


def reached(answers: Sequence[Answer], limit: int, percents: Sequence[float], what: str) -> None:
    """The last of *answers* alone is refused, not before *limit* calls and not after."""
    admitted = len(answers) - 1 if code(answers[-1]) in CODES else len(answers)
    holds(admitted <= limit, f"{what} admits no more than its limit", admitted, f"at most {limit}")
    holds(percents[-1] >= 100, f"{what} is refused only when it is spent", percents[-1], 100)


def alone(percents: Sequence[float], what: str) -> None:
    """Only the last of *percents* is 100; true where no earlier calls are forgotten meanwhile."""
    early = [percent for percent in percents[:-1] if percent >= 100]
    same(early, [], f"{what} tells 100 per cent only when it is spent")


@contract("META-TH1", "An ad account with limited access has 60 reads in 300 seconds", sentence=SCORE, calls=95, **HOW)
def sixty_reads(ask: Ask) -> None:
    """The 61st read is refused; acc_id_util_pct climbs to 100 by a sixtieth each, and is 100 only then."""
    seen = excess(ask)
    if code(seen.answers[0]) in CODES:
        raise OutOfScope("an earlier run has spent the limit already")
    percents = [score(answer) for answer in seen.answers if code(answer) not in CODES]
    climbs(percents, seen.limit, 0.01, "acc_id_util_pct")
    reached(seen.answers, seen.limit, percents, "the score")
    if ask.target.name == "mock":
        alone(percents, "the score")
    told = usage(seen.answers[-1], "x-ad-account-usage")
    same(told["acc_id_util_pct"], 100, "a blocked ad account's acc_id_util_pct is 100")
    left, most = told["reset_time_duration"], BLOCK[LIMITED]
    holds(most - 1 <= left <= most, "a block of the score lasts 300 seconds", left, most)


@contract(
    "META-TH2", "A blocked ad account answers 613 on insights and 17 on other reads", sentence=WORDS, calls=95, **HOW
)
def in_documented_words(ask: Ask) -> None:
    """Both words whole, at every level and edge of the account; which of them answers what is assumed."""
    seen = excess(ask)
    for path, answer in seen.refused.items():
        refused_with(ask, answer, "account_limit" if path.endswith("/insights") else "user_limit")


@contract("META-TH3", "One ad account's excess touches no other", sentence=ACCOUNT, calls=95, **HOW)
def touches_no_other(ask: Ask) -> None:
    """While one account is blocked all others are answered, and the user's lists; their usage does not grow."""
    seen = excess(ask)
    for path, answer in seen.lists.items():
        same(code(answer), 0, f"/{path} is answered while an ad account is blocked")
    for other, (before, after) in seen.others.items():
        same(code(after), 0, f"{other}, another ad account, is answered as before")
        limit = MOST[usage(before, "x-ad-account-usage")["ads_api_access_tier"]]
        own = 100 / max(1, round(limit * seen.scale)) + 0.02
        grown = score(after) - score(before)
        holds(grown <= own, "another ad account's usage grows by its own call alone", grown, f"at most {own}")


@contract("META-TH4", "A blocked ad account is answered again after 300 seconds", sentence=SCORE, calls=190, **HOW)
def recovers(ask: Ask) -> None:
    """Not sooner; hammering meanwhile does not lengthen it; afterwards the whole score is free."""
    with special(ask, tier=LIMITED) as at:
        path, block = f"{limited_account(at)}/insights", BLOCK[LIMITED]
        at.pass_time(block)
        limit = at.limit(MOST[LIMITED])
        fill(at, path, limit)
        at.pass_time(block - 5)
        late = [call(at, path) for _ in range(limit)]
        same({code(answer) for answer in late}, {613}, "a block lasts 300 seconds")
        holds(usage(late[0], "x-ad-account-usage")["reset_time_duration"] <= 5, "reset_time_duration counts down",
              usage(late[0], "x-ad-account-usage")["reset_time_duration"], "at most 5")  # fmt: skip
        at.pass_time(5)
        again = [code(call(at, path)) for _ in range(limit + 1)]
        same(again, [0] * limit + [613], "after the block the whole score is free again")


@contract("META-TH5", "The 300 seconds of a score slide", sentence=SCORE, calls=110, **HOW)
def score_slides(ask: Ask) -> None:
    """Half of the reads, half of them 200 seconds later: 100 seconds after that the first half is free again."""
    with special(ask, tier=LIMITED) as at:
        path, block = f"{limited_account(at)}/insights", BLOCK[LIMITED]
        at.pass_time(block)
        half = at.limit(MOST[LIMITED]) // 2
        codes = [code(call(at, path)) for _ in range(half)]
        at.pass_time(200)
        codes += [code(call(at, path)) for _ in range(half)]
        at.pass_time(100)
        codes += [code(call(at, path)) for _ in range(half)]
        same(set(codes), {0}, "no more than 60 reads in any 300 seconds are never refused")
        same(code(call(at, path)), 613, "more than 60 reads in some 300 seconds are refused")


@contract("META-TH6", "An ad account with full access has 9,000 reads", sentence=FULL, calls=100, **HOW)
def full_access(ask: Ask) -> None:
    """On a mock that enforces a hundredth of every limit: 90 reads of any kind together."""
    with ground(ask, "docs", 0.01, moved=True) as at:
        account = ok(call(at, "me/adaccounts")).rows[0]["id"]
        paths = [f"{account}/insights", account, f"{account}/ads"]
        codes = [code(call(at, paths[number % 3])) for number in range(93)]
        same(codes, [0] * 90 + [613, 17, 17], "90 reads of any kind are admitted")
        at.pass_time(BLOCK[STANDARD] - 5)
        same(code(call(at, account)), 17, "a block lasts 60 seconds")
        at.pass_time(5)
        same(code(call(at, account)), 0, "after 60 seconds the ad account is answered again")
