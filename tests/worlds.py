"""The worlds that ship, for tests that look into them or break them."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

from mockserver.resources import folder

DROP = object()
DOCS = json.loads((folder("fixtures") / "worlds" / "docs.json").read_text("utf-8"))
DEFAULT_TEXT = (folder("fixtures") / "worlds" / "default.json").read_text("utf-8")
DEFAULT = json.loads(DEFAULT_TEXT)
AS_OF = date(2026, 11, 21)  # the day for which the default world was made


def put(document: Any, path: str, value: Any = DROP) -> None:
    """Set, append or drop what stands at *path*, steps with slashes between them, in place."""
    *above, last = (int(step) if step.isdigit() else step for step in path.split("/"))
    for step in above:
        document = document[step]
    if value is DROP:
        del document[last]
    elif isinstance(document, list) and last == len(document):
        document.append(value)
    else:
        document[last] = value


def edited(edits: dict[str, Any]) -> Any:
    """The world of the vendors' examples, with *edits* by path."""
    document = deepcopy(DOCS)
    for path, value in edits.items():
        put(document, path, value)
    return document


def paths(value: Any, *above: str) -> list[str]:
    """The path of everything in *value*."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [path for step, one in inner for path in paths(one, *above, str(step))]
    return ["/".join(above), *below] if above else below


def kind(campaign: Any) -> str:
    """What a campaign is an example of, as of the day for which it was made."""
    [adset, *_] = campaign["adsets"]
    if campaign["status"] != "ACTIVE":
        return campaign["status"].lower()
    if adset["audience"] == {"DE": 40, "FR": 25, "JP": 35}:
        return "excluded"
    if adset["start_date"] >= "2099":
        return "unstarted"
    if "end_date" in adset:
        return "ended" if adset["end_date"] < str(AS_OF) else "scheduled"
    return "pixel" if "pixel_id" in adset else "open"
