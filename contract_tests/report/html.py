"""The report as one HTML file that needs nothing but itself."""

import base64
import hashlib
from html import escape

from ..conform import CONFORMS, DOES_NOT
from ..outcomes import Outcome
from .evidence import BROKEN, Evidence, Shown
from .failures import card
from .picture import LOOKS, drawn
from .style import SCRIPT, STYLE

_COLUMNS = ("id", "property", "page", "where it holds", "outcome", "calls", "ms")
_SIGNS = {CONFORMS: ("pass", "✓"), DOES_NOT: ("fail", "✕")}
_UNTOLD = ("indeterminate", "?")


def written(shown: Shown) -> bytes:
    """The whole page."""
    title = f"Conformance of {shown.name}"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            _header(shown, title),
            "<main>",
            _scores(shown),
            f'<div class="picture">\n{drawn(shown)}\n</div>',
            *_sections(shown),
            _every(shown),
            "</main>",
            "<footer>Secrets are hidden: what begins with $ is a variable of the environment.</footer>",
            f"<script>{SCRIPT}</script>\n</body>\n</html>\n",
        ]
    ).encode()


def _policy() -> str:
    """Nothing from anywhere, and of what is inline only this style and this script."""
    style, script = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (STYLE, SCRIPT))
    inline = f"style-src 'sha256-{style}'; script-src 'sha256-{script}'"
    return f"default-src 'none'; {inline}; base-uri 'none'; form-action 'none'"


def _header(shown: Shown, title: str) -> str:
    name, sign = _SIGNS.get(shown.exit_code, _UNTOLD)
    facts = {
        "target": shown.target,
        "date": f"{shown.started:%Y-%m-%d %H:%M:%S} UTC",
        "seed": str(shown.seed),
        "effort": shown.effort,
        "calls": f"{shown.calls:,}",
        "time": f"{shown.seconds:.1f} s",
        "properties": str(len(shown.all)),
    }
    listed = "".join(f"<div><dt>{term}</dt><dd>{escape(fact)}</dd></div>" for term, fact in facts.items())
    return "\n".join(
        [
            f"<header>\n<h1>{escape(title)}</h1>",
            f'<p class="verdict {name}"><b aria-hidden="true">{sign}</b> {escape(shown.verdict)}</p>',
            f'<dl class="facts">{listed}</dl>\n</header>',
        ]
    )


def _scores(shown: Shown) -> str:
    cards = (
        f'<section class="score"><h2>{name.capitalize()}</h2><strong>{share:.1%}</strong><p>{what}</p></section>'
        for name, share, what in shown.scores
    )
    return f'<div class="scores">{"".join(cards)}</div>'


def _sections(shown: Shown) -> list[str]:
    """What is broken, what is known to be, what could not be told and what was not asked."""
    failures, known = shown.having(Outcome.FAIL), shown.having(Outcome.DIVERGENCE)
    parts = [f"<h2>What is broken ({len(failures)})</h2>", _contents(failures)]
    found = [*parts, *(card(one) for one in failures)] if failures else []
    found += [f"<h2>Known divergences ({len(known)})</h2>", *(card(one) for one in known)] if known else []
    for outcome, words in ((Outcome.INDETERMINATE, "Indeterminate"), (Outcome.OUT_OF_SCOPE, "Out of scope")):
        listed = shown.having(outcome)
        found += [_listed(listed, words)] if listed else []
    return found


def _contents(listed: list[Evidence]) -> str:
    """Links to the cards, where there are several."""
    links = (f'<li><a href="#{one.anchor}">{escape(one.id)}</a> {escape(one.title)}</li>' for one in listed)
    return f'<nav aria-label="What is broken"><ul>{"".join(links)}</ul></nav>' if len(listed) > 1 else ""


def _listed(listed: list[Evidence], words: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("id", "property", "reason"))
    rows = "".join(
        f'<tr><th scope="row">{escape(one.id)}</th><td>{escape(one.title)}</td><td>{escape(one.reason)}</td></tr>'
        for one in listed
    )
    table = f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<h2>{words} ({len(listed)})</h2>\n<div class="scroll" tabindex="0">{table}</div>'


def _every(shown: Shown) -> str:
    """The table of all properties, with a filter that appears where scripts may run."""
    options = "".join(f"<option>{outcome.value}</option>" for outcome in Outcome if shown.having(outcome))
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "\n".join(_row(one) for one in shown.all)
    return "\n".join(
        [
            "<h2>All properties</h2>",
            '<form class="filter" hidden><label>Words <input name="words" type="search"></label>',
            f'<label>Outcome <select name="outcome"><option value="">all</option>{options}</select></label>',
            "<output></output></form>",
            '<div class="scroll" tabindex="0"><table class="rows all">',
            "<caption>In the order in which they were asked, with the sentence that each tests.</caption>",
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>",
        ]
    )


def _row(one: Evidence) -> str:
    name, glyph, _ = LOOKS[one.outcome]
    broken = one.outcome in BROKEN
    place = "" if broken else f' id="{one.anchor}"'
    label = f'<a href="#{one.anchor}">{escape(one.id)}</a>' if broken else escape(one.id)
    return (
        f'<tr{place} data-outcome="{one.outcome.value}"><th scope="row">{label}</th>'
        f'<td>{escape(one.title)}<div class="sentence">{escape(one.sentence)}</div></td><td>{escape(one.page)}</td>'
        f'<td>{one.live}</td><td class="outcome {name}">{glyph} {one.outcome.value}</td>'
        f'<td class="number">{one.calls:,}</td><td class="number">{one.milliseconds:,}</td></tr>'
    )
