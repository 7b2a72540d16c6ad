"""Every way in which an answer is refused, without any vendor's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class MockError(Exception):
    """A refusal: *name* is a row of the vendor's own error table, *details* fill in its words.

    *within* names the part of the request that is refused, where it is a part.
    """

    within = ""

    def __init__(self, name: str, **details: Any) -> None:
        super().__init__(name, details)
        self.name = name
        self.details = details


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one argument: where it is, which rule it breaks, and what the rule expects."""

    parameter: str
    kind: str  # the JSON Schema keyword that is broken: required, type, enum, minimum, …
    value: Any = None
    path: tuple[str | int, ...] = ()  # below the parameter
    expected: Any = None


class InvalidArguments(MockError):
    """Arguments that the operation's own request schema refuses; *problems* is never empty."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("invalid_arguments", problems=problems)
        self.problems = problems


class NotServed(MockError):
    """Something the vendor serves and this server does not: refused, so that nothing is silently ignored."""

    def __init__(self, what: str) -> None:
        super().__init__("not_served", what=what)
        self.what = what


class ContractBug(Exception):
    """A body that breaks its own response schema: a bug of this server, never worded as the vendor's."""


class UserError(Exception):
    """A wrong option, file or environment: one plain sentence for the person at the command line."""
