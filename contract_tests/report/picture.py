"""The picture of a run: a small square for each property, by kind and vendor."""

from html import escape

from ..outcomes import Outcome
from .evidence import Evidence, Shown

# the class, the glyph (for not all see colours), and the fill where no style sheet is allowed
LOOKS = {
    Outcome.PASS: ("pass", "", "#17744a"),
    Outcome.FAIL: ("fail", "✕", "#c4232b"),
    Outcome.DIVERGENCE: ("divergence", "≠", "#9a5b00"),
    Outcome.INDETERMINATE: ("indeterminate", "?", "#7a3fc0"),
    Outcome.OUT_OF_SCOPE: ("scope", "", "none"),
}
_VENDORS = ("meta", "cams", "both")
_SIDE, _STEP, _ACROSS = 16, 21, 14  # of a square, from one to the next, squares in a row
_LEFT, _TOP, _GAP = 112, 30, 26
_COLUMN = _ACROSS * _STEP + _GAP


def drawn(shown: Shown) -> str:
    """The picture as SVG; the squares lead to their places in the page."""
    vendors = [one for one in _VENDORS if any(each.vendor == one for each in shown.all)]
    cells: dict[tuple[str, str], list[Evidence]] = {}
    for one in shown.all:
        cells.setdefault((one.kind, one.vendor), []).append(one)
    parts = [_text(_LEFT + _COLUMN * number, 16, _heading(shown, vendor)) for number, vendor in enumerate(vendors)]
    top = _TOP
    for kind in dict.fromkeys(one.kind for one in shown.all):
        row = [cells.get((kind, vendor), []) for vendor in vendors]
        parts.append(_text(0, top + 13, kind))
        for number, listed in enumerate(row):
            parts += _squares(listed, _LEFT + _COLUMN * number, top)
        top += max(-(-len(listed) // _ACROSS) for listed in row) * _STEP + 9
    width = _LEFT + _COLUMN * max(len(vendors), 2)
    parts.append(_legend(shown, top + 12))
    label = escape(f"{len(shown.all)} properties by kind and vendor; the table at the end has the same in words")
    head = (
        f'<svg viewBox="0 0 {width} {top + 40}" width="{width}" height="{top + 40}" role="group" aria-label="{label}">'
    )
    return "\n".join([head, *parts, "</svg>"])


def _heading(shown: Shown, vendor: str) -> str:
    mine = [one for one in shown.all if one.vendor == vendor]
    held = sum(one.outcome is Outcome.PASS for one in mine)
    return f"{'both vendors' if vendor == 'both' else vendor}: {held} of {len(mine)} hold"


def _squares(listed: list[Evidence], left: int, top: int) -> list[str]:
    parts = []
    for number, one in enumerate(listed):
        down, across = divmod(number, _ACROSS)
        title = escape(f"{one.id} {one.title}: {one.outcome.value}")
        square = _square(one.outcome, left + across * _STEP, top + down * _STEP)
        parts.append(f'<a href="#{one.anchor}" tabindex="-1"><title>{title}</title>{square}</a>')
    return parts


def _square(outcome: Outcome, left: int, top: int) -> str:
    name, glyph, fill = LOOKS[outcome]
    stroke = "#5c6670" if fill == "none" else fill
    box = f'x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" rx="3" fill="{fill}" stroke="{stroke}"'
    sign = f'<text class="glyph" x="{left + _SIDE // 2}" y="{top + 12}" fill="#fff" text-anchor="middle">{glyph}</text>'
    return f'<rect class="{name}" {box} pointer-events="all"/>{sign if glyph else ""}'


def _legend(shown: Shown, top: int) -> str:
    parts, left = [], 0
    for outcome in LOOKS:
        words = f"{outcome.value} {len(shown.having(outcome))}"
        parts.append(_square(outcome, left, top) + _text(left + _SIDE + 7, top + 13, words))
        left += _SIDE + 7 + len(words) * 8 + 18
    return "\n".join(parts)


def _text(left: int, top: int, words: str) -> str:
    return f'<text x="{left}" y="{top}" font-size="13">{escape(words)}</text>'
