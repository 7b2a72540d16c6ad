"""What a run found, made fit to be shown: every text masked, legible and short. No report sees more than this."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import parse_qsl

from ..conform import COULD_NOT_RUN, Report
from ..outcomes import MISSING, Outcome, Result
from ..property import Property
from ..secrets import Mask
from ..wire import Answer
from . import curl, legible
from .curl import SIGNATURE, Line
from .legible import fit

_MOST_CALLS = 40
_HEADERS = 1 << 14
_FORM = 1 << 16  # bytes of a body in which a signature is looked for
_BODY, _EARLIER, _VALUE, _SIDE, _REASON = 4000, 1200, 600, 12_000, 2000
_IDS = ("RequestId", "fbtrace_id", "x-acs-request-id", "x-acs-trace-id", "x-fb-trace-id", "x-fb-request-id")
BROKEN = (Outcome.FAIL, Outcome.DIVERGENCE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call and its answer."""

    request: Line
    status: int
    headers: str
    body: str
    ids: tuple[tuple[str, str], ...]  # by which the vendor's support finds the call


@dataclass(frozen=True, slots=True)
class Evidence:
    """What came of one property, and for a broken one how to make it happen again."""

    id: str
    title: str
    sentence: str
    page: str
    kind: str
    vendor: str
    live: str
    outcome: Outcome
    calls: int
    seconds: float
    seed: int
    reason: str
    got: str
    expected: str
    brief: tuple[str, str]  # got and expected in one line each
    drawn: tuple[tuple[str, str], ...]
    exchanges: tuple[Exchange, ...]  # the last is the one that was judged
    left_out: int  # earlier calls that are not among them
    command: str
    until: date | None
    unasked: bool
    anchor: str  # its place in a page

    @property
    def milliseconds(self) -> int:
        """How long it took."""
        return round(self.seconds * 1000)


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole run."""

    target: str
    effort: str
    seed: int
    started: datetime
    calls: int
    seconds: float
    divergence: float
    coverage: float
    exit_code: int
    all: tuple[Evidence, ...]

    def having(self, *outcomes: Outcome) -> list[Evidence]:
        """Those with one of these outcomes."""
        return [one for one in self.all if one.outcome in outcomes]

    @property
    def decided(self) -> list[Evidence]:
        """Those that were decided either way."""
        return self.having(Outcome.PASS, *BROKEN)

    @property
    def name(self) -> str:
        """The target in a sentence."""
        return {"mock": "the mock", "live": "the live API"}.get(self.target, self.target)

    @property
    def ended(self) -> datetime:
        """When the run was over."""
        return self.started + timedelta(seconds=self.seconds)

    @property
    def scores(self) -> tuple[tuple[str, float, str], tuple[str, float, str]]:
        """Divergence and coverage, each with what it is a share of: two things, never to be added."""
        broken, decided = len(self.having(*BROKEN)), len(self.decided)
        return (
            ("divergence", self.divergence, f"{broken} of {decided} decided properties are broken"),
            ("coverage", self.coverage, f"{decided} of {len(self.all)} properties were decided"),
        )

    @property
    def verdict(self) -> str:
        """The whole run in one plain sentence."""
        decided, failed, known = len(self.decided), len(self.having(Outcome.FAIL)), len(self.having(Outcome.DIVERGENCE))
        subject = self.name[0].upper() + self.name[1:] if self.name.startswith("the ") else self.name
        but = f", but for {known} known {'divergence' if known == 1 else 'divergences'}" if known else ""
        if failed:
            broken = f"{failed} of {decided} decided properties {'is' if failed == 1 else 'are'} broken"
            return f"{subject} does not keep the contract: {broken}{but.replace('but for', 'besides')}{self._left()}."
        if self.exit_code == COULD_NOT_RUN:
            return f"Too little was decided to judge {self.name}: {decided} of {len(self.all)} properties."
        left = self._left()
        far = " as far as it was asked" if left else ""
        return f"{subject} keeps the contract{far}: all {decided} decided properties hold{but}{left}."

    def _left(self) -> str:
        """What was not asked, or not as often as it should be, because the run's calls were used up."""
        whole = sum(one.unasked for one in self.having(Outcome.OUT_OF_SCOPE))
        part = sum(one.unasked for one in self.having(Outcome.PASS))
        left = [f"{whole} unasked"] * bool(whole) + [f"{part} asked in part"] * bool(part)
        return f"; the budget of calls left {' and '.join(left)}" if left else ""


def gather(report: Report, mask: Mask) -> Shown:
    """All of *report* that may be shown."""
    return Shown(
        target=legible.clean(mask.text(report.target)),
        effort=report.effort,
        seed=report.seed,
        started=report.started,
        calls=report.calls,
        seconds=report.seconds,
        divergence=report.divergence,
        coverage=report.coverage,
        exit_code=report.exit_code,
        all=tuple(_evidence(report, one, mask, number) for number, one in enumerate(report.results)),
    )


def _signatures(answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """The signatures of the calls that are shown: they are spent, yet nobody else's business."""
    for call in (answer.call for answer in answers):
        form = parse_qsl(call.body[:_FORM].decode("utf-8", "replace"), errors="replace")
        yield from ((value, SIGNATURE) for name, value in [*call.query.items(), *form] if name == "Signature")
        for name, value in call.headers.items():
            if name.lower() == "authorization":
                yield from ((found, SIGNATURE) for found in re.findall(r"Signature=([^,\s]+)", value))


def _evidence(report: Report, result: Result, mask: Mask, number: int) -> Evidence:
    one = report.properties[result.property_id]
    broken = result.outcome in BROKEN
    got, expected = (result.got, result.expected) if broken else (MISSING, MISSING)
    answers = result.answers[-_MOST_CALLS:] if broken else ()
    mask = mask.also(dict(_signatures(answers))) if answers else mask
    left, right = legible.sides(got, expected)
    return Evidence(
        id=_own(one.id, mask),
        title=_own(one.title, mask),
        sentence=_own(one.sentence, mask),
        page=_own(one.page, mask),
        kind=_own(one.kind, mask),
        vendor=one.vendors[0] if len(one.vendors) == 1 else "both",
        live=one.live.value,
        outcome=result.outcome,
        calls=result.calls,
        seconds=result.seconds,
        seed=result.seed,
        reason=fit(result.reason, mask, _REASON),
        got=fit(left, mask, _SIDE),
        expected=fit(right, mask, _SIDE),
        brief=_brief(got, expected, mask),
        drawn=_drawn(result, mask) if broken else (),
        exchanges=tuple(_exchange(answer, mask, _BODY if answer is answers[-1] else _EARLIER) for answer in answers),
        left_out=len(result.answers) - len(answers) if broken else 0,
        command=_command(report, one, mask) if broken else "",
        until=result.until,
        unasked=result.unasked,
        anchor=_anchor(_own(one.id, mask), number),
    )


def _own(text: str, mask: Mask) -> str:
    return legible.clean(mask.known(text))


def _anchor(text: str, number: int) -> str:
    return text if re.fullmatch(r"[A-Z]+-[A-Z0-9]+", text) else f"property-{number}"


def _brief(got: object, expected: object, mask: Mask) -> tuple[str, str]:
    left, right = legible.apart(*(fit(legible.compact(side), mask, _SIDE) for side in (got, expected)))
    return legible.short(left, _VALUE), legible.short(right, _VALUE)


def _drawn(result: Result, mask: Mask) -> tuple[tuple[str, str], ...]:
    drawn = result.drawn.items()
    return tuple((fit(name, mask, 80), fit(legible.compact(value), mask, _VALUE)) for name, value in drawn)


def _exchange(answer: Answer, mask: Mask, most: int) -> Exchange:
    line = curl.line(answer.call, mask)
    headers = fit("\n".join(f"{name}: {value}" for name, value in answer.headers.items()), mask, _HEADERS)
    return Exchange(
        request=Line(legible.clean(line.text), tuple(map(legible.clean, line.notes))),
        status=answer.status,
        headers="\n".join(legible.short(each, _VALUE) for each in headers.split("\n")),
        body=fit(legible.body(answer.body), mask, most),
        ids=tuple((name, fit(value, mask, 200)) for name, value in _ids(answer)),
    )


def _ids(answer: Answer) -> Iterator[tuple[str, str]]:
    try:
        told = {**answer.error, **answer.headers}
    except RecursionError:
        told = dict(answer.headers)
    yield from ((name, value) for name in _IDS if isinstance(value := told.get(name), str) and value)


def _command(report: Report, one: Property, mask: Mask) -> str:
    """The command that asks just this again; what watches every answer needs the whole run."""
    words = ["mockserver", "conformance", "--target", legible.clean(mask.text(report.target))]
    words += [legible.clean(mask.text(word)) for word in report.arguments]
    words += [] if one.watches else ["--only", _own(one.id, mask)]
    words += [] if report.effort == "default" else ["--effort", report.effort]
    return shlex.join([*words, "--seed", str(report.seed)])
