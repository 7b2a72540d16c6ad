"""A recording: what each probe was answered with, as shapes; and the JSON file that keeps it."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import jsonschema_rs

from ..profile import ProfileFault
from .clean import Private
from .shapes import Shape, Shapes

FORMAT = 1
SCOPE, BUDGET, LOST, BROKEN = "scope", "budget", "lost", "broken"  # why a probe has no answer

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_SHAPES = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": False,
        "required": ["types"],
        "properties": {
            "types": {**_TEXTS, "minItems": 1},
            "presence": {"type": "number"},
            "patterns": _TEXTS,
            "places": {"type": "integer"},
            "figures": {"type": "integer"},
            "words": _TEXTS,
        },
    },
}
_ERROR = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "properties": {
        "code": {"type": ["integer", "string", "null"]},
        "subcode": {"type": ["integer", "null"]},
        "type": {"type": ["string", "null"]},
        "words": _TEXT,
        "values": _TEXTS,
    },
}
_PROBE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "status": {"type": "integer"},
        "form": {"enum": ["JSON", "HTML", "XML", "text", "nothing"]},
        "error": _ERROR,
        "headers": {"type": "object", "additionalProperties": _TEXT},
        "limits": _SHAPES,
        "body": _SHAPES,
        "same": {"type": "object", "additionalProperties": _TEXT},
        "unasked": {"enum": ["", SCOPE, BUDGET, LOST, BROKEN]},
        "why": _TEXT,
    },
}
_SCHEMA = jsonschema_rs.validator_for(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["recording", "kit", "date", "target", "api", "probes"],
        "properties": {
            "recording": {"const": FORMAT},
            "kit": _TEXT,
            "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
            "target": _TEXT,
            "api": {"type": "object", "additionalProperties": _TEXT},
            "probes": {"type": "object", "additionalProperties": _PROBE},
        },
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """An error as it was told: *words* without what changes from call to call, *values* the words that it lists."""

    code: int | str | None
    subcode: int | None = None
    type: str | None = None
    words: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What one probe was answered with; *unasked* says why there is no answer, and *why* in a few words."""

    status: int = 0
    form: str = "nothing"
    error: Told | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    limits: Shapes = field(default_factory=dict)
    body: Shapes = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    unasked: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a target answered on one day; *private* are the values that must not be written."""

    kit: str
    date: date
    target: str  # mock, url or live
    api: Mapping[str, str]
    probes: Mapping[str, Answered]
    private: Private = field(default_factory=Private, repr=False, compare=False)

    def write(self, path: Path) -> None:
        """Write the JSON file *path*, whole or not at all; raises ProfileFault where a private value would survive."""
        data = self.text().encode()
        self.private.refuse(data)
        writable(path)
        try:
            put(path, data)
        except OSError as error:
            raise ProfileFault(f"cannot write {path}: {error.strerror}") from None

    def text(self) -> str:
        """The JSON text of this recording."""
        head = {"recording": FORMAT, "kit": self.kit, "date": self.date.isoformat(), "target": self.target}
        probes = {name: _slim(asdict(answered)) for name, answered in self.probes.items()}
        return f"{_dumps({**head, 'api': dict(self.api), 'probes': probes}, 4)}\n"


def kit_version() -> str:
    """The version of the package that this kit is a part of."""
    try:
        return version("mockserver")
    except PackageNotFoundError:
        return "0"


def writable(path: Path) -> None:
    """Raise ProfileFault if there is no folder for *path*."""
    if not path.parent.is_dir():
        raise ProfileFault(f"cannot write {path}: there is no folder {path.parent}")
    if path.is_dir():
        raise ProfileFault(f"cannot write {path}: it is a folder")


def put(path: Path, data: bytes) -> None:
    """Write *data* to a temporary file beside *path*, then move it there."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read(path: Path) -> Recording:
    """The recording in the file *path*; raises ProfileFault with a plain sentence."""
    table = document(path, "recording")
    if isinstance(table, dict) and isinstance(table.get("recording"), int) and table["recording"] > FORMAT:
        raise ProfileFault(f"{path} is a recording of a newer kit than this one")
    for fault in _SCHEMA.iter_errors(table):
        at = "/".join(map(str, fault.instance_path)) or "its top"
        raise ProfileFault(f"{path} is no recording: {fault.message.partition(chr(10))[0][:200]} at {at}")
    return Recording(
        kit=table["kit"],
        date=_day(path, table["date"]),
        target=table["target"],
        api=table["api"],
        probes={name: _answered(part) for name, part in table["probes"].items()},
    )


def document(path: Path, what: str) -> Any:
    """The JSON in the file *path*; raises ProfileFault."""
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise ProfileFault(f"cannot read the {what} {path}: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise ProfileFault(f"{path} is no {what}: it is not JSON") from None


def _day(path: Path, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ProfileFault(f"{path} is no recording: its date is {text}") from None


def _dumps(value: Any, deep: int, at: int = 0) -> str:
    """*value* as JSON: objects down to *deep* one property a line, whatever is deeper on the line of its name."""
    if not deep or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = "\n" + " " * (at + 1)
    parts = [f"{json.dumps(name)}: {_dumps(part, deep - 1, at + 1)}" for name, part in value.items()]
    return f"{{{inner}{(',' + inner).join(parts)}{inner[:-1]}}}"


def _slim(value: Any) -> Any:
    """*value* without what is empty, so that a file says only what was seen."""
    if not isinstance(value, dict):
        return value
    usual = {"presence": 1.0}
    kept = {name: part for name, part in value.items() if part not in ("", (), None, {}, 0)}
    return {name: _slim(part) for name, part in kept.items() if part != usual.get(name)}


def _answered(part: Mapping[str, Any]) -> Answered:
    return Answered(
        status=part.get("status", 0),
        form=part.get("form", "nothing"),
        error=_told(part["error"]) if part.get("error") else None,
        headers=part.get("headers", {}),
        limits={path: _shape(one) for path, one in part.get("limits", {}).items()},
        body={path: _shape(one) for path, one in part.get("body", {}).items()},
        same=part.get("same", {}),
        unasked=part.get("unasked", ""),
        why=part.get("why", ""),
    )


def _told(part: Mapping[str, Any]) -> Told:
    plain = {name: part.get(name) for name in ("code", "subcode", "type")}
    return Told(**plain, words=part.get("words", ""), values=tuple(part.get("values", ())))


def _shape(part: Mapping[str, Any]) -> Shape:
    return Shape(
        types=tuple(part["types"]),
        presence=part.get("presence", 1.0),
        patterns=tuple(part.get("patterns", ())),
        places=part.get("places", 0),
        figures=part.get("figures", 0),
        words=tuple(part.get("words", ())),
    )
