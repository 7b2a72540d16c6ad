"""The operation files as they stand on disk, by the path under which they are called."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from mockserver.contract.load import load
from mockserver.resources import folder

# made of other calls, or led to by an earlier one
APART = frozenset(
    "batch ids ids_edge insights_async report_run report_run_insights report_run_delete export_report".split()
)
OBJECT = "object"  # the operationId of a path that several files share
_ID = re.compile(r"\{(?!version\})\w+\}")

File = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """What is called under one path: an operation file, or several that differ in the kind of the object alone."""

    path: str
    methods: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def id(self) -> str:
        """The operationId."""
        return str(self.files[0]["name"]) if len(self.files) == 1 else OBJECT

    @property
    def in_path(self) -> list[str]:
        """The names of the path's parameters."""
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def paged(self) -> bool:
        """Whether it is answered in pages."""
        return self.files[0]["paging"] is not None

    @property
    def errors(self) -> list[str]:
        """The names of its refusals, in the order of the files."""
        return list(dict.fromkeys(name for file in self.files for name in file["errors"]))


@cache
def files() -> dict[str, File]:
    """The Graph's operation files by name, and the error body as _error; references stay as they are."""
    load("meta")  # says which file is at fault
    found = sorted((folder("schemas") / "meta").glob("*.json"))
    return {path.stem: orjson.loads(path.read_bytes()) for path in found}


def operations() -> list[File]:
    """The operation files of single reads, by name."""
    return [file for name, file in files().items() if not name.startswith("_") and name not in APART]


def calls() -> list[Call]:
    """Each path once: to OpenAPI /{ad_id} and /{adset_id} are identical, and "MUST NOT exist" beside each other."""
    alike: dict[str, list[File]] = {}
    for file in operations():
        alike.setdefault(_ID.sub("{}", file["http"]["path"]), []).append(file)
    found = [Call(_path(group), tuple(group[0]["http"]["methods"]), tuple(group)) for group in alike.values()]
    return sorted(found, key=lambda call: call.path)


def _path(group: list[File]) -> str:
    path = str(group[0]["http"]["path"])
    return path if len(group) == 1 else _ID.sub("{id}", path)


def slug(title: str) -> str:
    """The name of an example among others."""
    return title.lower().replace(" ", "_")
