"""The report for a comment on a pull request."""

import re
from collections import Counter
from difflib import unified_diff

from ..outcomes import MISSING, Outcome
from .evidence import Evidence, Shown
from .legible import short

_LONGEST = 60_000  # GitHub takes 65,536 characters
_SHOWN = 1500  # characters of got and of expected
_COLUMNS = (Outcome.PASS, Outcome.FAIL, Outcome.DIVERGENCE, Outcome.INDETERMINATE, Outcome.OUT_OF_SCOPE)
_SIGNS = {0: "✅", 1: "❌", 2: "⚠️"}


def written(shown: Shown) -> bytes:
    """Verdict, a small table, and each failure with its request; as many as a comment holds."""
    about = [f"{shown.started:%Y-%m-%d %H:%M} UTC", f"effort {shown.effort}", f"seed {shown.seed}"]
    about += [f"{shown.calls:,} calls", f"{shown.seconds:.1f} s"]
    parts = [
        f"## {_SIGNS[shown.exit_code]} {escaped(shown.verdict)}",
        " · ".join([escaped(shown.target), *about]),
        _table(shown),
        "\n".join(f"- **{name} {share:.1%}**: {what}" for name, share, what in shown.scores),
    ]
    rest = [_failure(one) for one in shown.having(Outcome.FAIL)]
    for outcome in (Outcome.DIVERGENCE, Outcome.INDETERMINATE):
        listed = [f"- {_code(one.id)} {escaped(one.reason)}" for one in shown.having(outcome)]
        rest += [f"### {outcome.value.capitalize()}\n\n" + "\n".join(listed)] if listed else []
    return _fitting(parts, rest).encode()


def escaped(text: str) -> str:
    """*text* in one line that Markdown and HTML leave as it is; nobody is mentioned by it."""
    flat = " ".join(text.split())
    plain = re.sub(r"([\\`*_{}\[\]()#+!|~$:.>-])", r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;"))
    return plain.replace("@", "@\u200b")


def fenced(text: str, language: str = "") -> str:
    """*text* in a fence that nothing in it can close."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {' '.join(text.split())} {fence}" if longest else f"`{' '.join(text.split())}`"


def _table(shown: Shown) -> str:
    groups: dict[str, Counter[Outcome]] = {}
    for one in shown.all:
        groups.setdefault(one.vendor, Counter())[one.outcome] += 1
    rows = [("all", Counter(one.outcome for one in shown.all)), *sorted(groups.items())]
    head = ["vendor", *(outcome.value for outcome in _COLUMNS)]
    lines = [head, ["---", *("---:" for _ in _COLUMNS)]]
    lines += [[vendor, *(str(counts[outcome]) for outcome in _COLUMNS)] for vendor, counts in rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _failure(one: Evidence) -> str:
    parts = [
        f"### ❌ {escaped(one.id)} {escaped(one.title)}",
        f"**{escaped(one.reason)}**",
        f"> {escaped(one.sentence)}\n>\n> {escaped(one.page)}",
        _sides(one),
        *(fenced(each.request.text, "sh") for each in one.exchanges[-1:]),
        *_given(one),
        "Again:\n\n" + fenced(one.command, "sh"),
    ]
    return "\n\n".join(parts)


def _given(one: Evidence) -> list[str]:
    lines = [_code(note) for each in one.exchanges[-1:] for note in each.request.notes]
    lines += [f"{escaped(name)}: {_code(value)}" for each in one.exchanges[-1:] for name, value in each.ids]
    lines += [f"drawn {escaped(name)}: {_code(value)}" for name, value in one.drawn]
    return ["\n".join(f"- {text}" for text in lines)] if lines else []


def _sides(one: Evidence) -> str:
    """What was got, and what was expected, as a difference."""
    if one.expected == MISSING:
        return fenced(short(one.got, _SHOWN))
    lines = list(unified_diff(one.expected.split("\n"), one.got.split("\n"), "expected", "got", n=2, lineterm=""))
    return fenced(short("\n".join(lines), _SHOWN), "diff") if lines else fenced(short(one.got, _SHOWN))


def _fitting(parts: list[str], rest: list[str]) -> str:
    """All of *parts*, and of *rest* from the first what fits."""
    left = _LONGEST - sum(map(len, parts))
    for number, part in enumerate(rest):
        left -= len(part) + 2
        if left < 0:
            parts.append(f"And {len(rest) - number} more, in conformance.html.")
            break
        parts.append(part)
    return "\n\n".join(parts) + "\n"
