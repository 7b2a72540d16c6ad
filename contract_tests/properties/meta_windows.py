"""Attribution windows of Graph insights: keys beside `value`, each with what its window holds."""

from decimal import Decimal
from typing import Any

from ..ask import Ask
from ..expect import holds, number, same
from ..property import Live, contract
from .meta_actions import converting
from .meta_rows import LISTS, Row, every_row

PAGE = "Marketing API reference, Ad Account Insights, action_attribution_windows"
DEFAULT = 'The default option means ["7d_click","1d_view"].'
WINDOWS = ("1d_click", "7d_click", "28d_click", "1d_view")


def _in_windows(ask: Ask) -> tuple[list[Row], list[Row]]:
    """Rows without windows, and the same rows in all of them."""
    node, asked = converting(ask)
    path = f"{node.id}/insights"
    return every_row(ask, path, **asked), every_row(ask, path, action_attribution_windows=list(WINDOWS), **asked)


@contract(
    "META-AW1", "Windows nest, and value is seven days after a click and one after a view", sentence=DEFAULT, page=PAGE,
    kind="identity", live=Live.TOLERANT, calls=2, examples=6,
)  # fmt: skip
def windows_nest(ask: Ask) -> None:
    """1d_click ≤ 7d_click ≤ 28d_click; value = 7d_click + 1d_view, for every action type."""
    for row in _in_windows(ask)[1]:
        for name in LISTS[:2] if ask.exact else LISTS[:1]:
            for one in row.get(name, ()):
                day, week, month, view = (_figure(one, window) for window in WINDOWS)
                holds(day <= week <= month, "a longer window holds no less", one, "1d ≤ 7d ≤ 28d")
                holds(not ask.exact or _figure(one, "value") == week + view, DEFAULT, one, str(week + view))


@contract(
    "META-AW2", "Windows add keys and change nothing else",
    sentence="Recorded: asked windows stand as keys beside value; without them there is value alone.", page=PAGE,
    kind="metamorphic", live=Live.TOLERANT, calls=2, examples=6,
)  # fmt: skip
def windows_add_keys(ask: Ask) -> None:
    """insights(windows) without the windows' keys = insights()."""
    plain, told = _in_windows(ask)
    same([_bare(row) for row in told], [_bare(row) for row in plain], "windows add keys alone")
    keys = {key for row in told for name in LISTS for one in row.get(name, ()) for key in one}
    same(sorted(keys - {"action_type", "value", *WINDOWS}), [], "no window is told that nobody asked for")


def _bare(row: Row) -> dict[str, Any]:
    """*row* with nothing but types and values in its lists, without what the default windows do not count."""
    kept = {
        name: [(one["action_type"], one["value"]) for one in row.get(name, ()) if _figure(one, "value")]
        for name in LISTS
    }
    return {**{name: value for name, value in row.items() if name not in LISTS}, **kept}


def _figure(entry: Row, key: str) -> Decimal:
    return number(entry.get(key, "0"), key)
