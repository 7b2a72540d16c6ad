"""The broken properties in the HTML report, each as a card that a vendor's or client's team can work from."""

from difflib import SequenceMatcher
from html import escape

from ..outcomes import MISSING
from .curl import Line
from .evidence import Evidence, Exchange
from .picture import LOOKS

_LONG = 24  # lines


def card(one: Evidence) -> str:
    """One broken property: the sentence, what broke it, the request, got beside expected, and how to see it again."""
    parts = [
        f'<article class="card {LOOKS[one.outcome][0]}" id="{one.anchor}">',
        f'<h3><span aria-hidden="true">{LOOKS[one.outcome][1]}</span> {escape(one.id)}: {escape(one.title)}</h3>',
        f'<p class="what">{escape(one.reason)}</p>',
        f"<blockquote><p>{escape(one.sentence)}</p>{escape(one.page)}</blockquote>",
        _sides(one),
        *(_request(each) for each in one.exchanges[-1:]),
        _earlier(one),
        "<h4>Again</h4>",
        f"<pre>{escape(one.command)}</pre>",
        _given(one),
        "</article>",
    ]
    return "\n".join(part for part in parts if part)


def _sides(one: Evidence) -> str:
    """Got and expected, line beside line; lines that differ are marked."""
    if one.got == MISSING and one.expected == MISSING:
        return ""
    if one.expected == MISSING:
        return f"<h4>Got</h4>\n<pre>{escape(one.got)}</pre>"
    left, right = one.got.split("\n"), one.expected.split("\n")
    rows = []
    for tag, first, last, start, end in SequenceMatcher(None, left, right).get_opcodes():
        mine, theirs = left[first:last], right[start:end]
        for number in range(max(len(mine), len(theirs))):
            cells = "".join(f"<td>{escape(side[number]) if number < len(side) else ''}</td>" for side in (mine, theirs))
            rows.append(f"<tr>{cells}</tr>" if tag == "equal" else f'<tr class="differs">{cells}</tr>')
    name = "diff long" if len(rows) > _LONG else "diff"
    head = '<thead><tr><th scope="col">Got</th><th scope="col">Expected</th></tr></thead>'
    return f'<h4>Got and expected</h4>\n<table class="{name}">{head}<tbody>{"".join(rows)}</tbody></table>'


def _request(one: Exchange) -> str:
    ids = ", ".join(f"{escape(name)} <code>{escape(value)}</code>" for name, value in one.ids)
    support = f" For the vendor's support: {ids}." if ids else ""
    return "\n".join(
        [
            "<h4>The request</h4>",
            _line(one.request),
            f"<p>Answered with HTTP {one.status}.{support}</p>",
            f"<details><summary>The answer</summary>{_answer(one)}</details>",
        ]
    )


def _line(line: Line) -> str:
    notes = "".join(f"<li><code>{escape(note)}</code></li>" for note in line.notes)
    return f"<pre>{escape(line.text)}</pre>" + (f'<ul class="notes">{notes}</ul>' if notes else "")


def _answer(one: Exchange) -> str:
    return f"<pre>{escape(one.headers)}</pre><pre>{escape(one.body) or '(no body)'}</pre>"


def _earlier(one: Evidence) -> str:
    """The calls of the example that came before the one that was judged."""
    calls = one.exchanges[:-1]
    if not calls:
        return ""
    more = f" ({one.left_out} before them are left out)" if one.left_out else ""
    listed = "".join(
        f"<li>{_line(each.request)}<p>HTTP {each.status}</p><pre>{escape(each.body)}</pre></li>" for each in calls
    )
    words = "call that the example made before" if len(calls) == 1 else "calls that the example made before"
    return f"<details><summary>{len(calls)} {words}{more}</summary><ol>{listed}</ol></details>"


def _given(one: Evidence) -> str:
    pairs = [(f"drawn {name}", value) for name, value in one.drawn]
    pairs += [("seed", str(one.seed)), ("where it holds", one.live), ("calls", f"{one.calls:,}")]
    pairs += [("known until", one.until.isoformat())] if one.until else []
    return '<h4>Given</h4><dl class="given">' + "".join(
        f"<dt>{escape(name)}</dt><dd><code>{escape(value)}</code></dd>" for name, value in pairs
    ) + "</dl>"  # fmt: skip
