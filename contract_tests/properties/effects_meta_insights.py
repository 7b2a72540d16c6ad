"""Questions about insights that differ in one parameter."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from .. import found
from ..ask import Ask, time_range
from ..dates import DAY, Span, earliest
from ..found import Node
from ..outcomes import OutOfScope
from .effects import Question
from .effects_meta_lists import busy


def insights(name: str, *values: Any, **common: Any) -> Callable[[Ask], Sequence[Question]]:
    """The same month's insights with each of *values* as *name*."""

    def questions(ask: Ask) -> Sequence[Question]:
        node, month = busy(ask)
        asked = {"time_range": time_range(month), **common} if name != "date_preset" else common
        return [Question(f"{node.id}/insights", {**asked, name: value}) for value in values]

    return questions


def since(ask: Ask) -> Sequence[Question]:
    """A month, and the same with the day before."""
    node, month = busy(ask)
    if month[0] <= earliest(ask.today(node.account)):
        raise OutOfScope("nothing was delivered after the first day that may be asked for")
    return [month_of(node, month), month_of(node, (month[0] - DAY, month[1]))]


def until(ask: Ask) -> Sequence[Question]:
    """A month, and the same with the day after."""
    node, month = busy(ask)
    return [month_of(node, month), month_of(node, (month[0], month[1] + DAY))]


def increments(ask: Ask) -> Sequence[Question]:
    """A month and the day after, as a whole and by days."""
    node, (first, last) = busy(ask)
    span = time_range((first, last + timedelta(days=1)))
    return [Question(f"{node.id}/insights", {"time_range": span, "time_increment": by}) for by in ("all_days", 1)]


def ranges(*ends: tuple[int, int]) -> Callable[[Ask], Sequence[Question]]:
    """A month as the one of time_ranges, its first and its last day moved by so many days."""

    def questions(ask: Ask) -> Sequence[Question]:
        node, (first, last) = busy(ask)
        if first <= earliest(ask.today(node.account)):
            raise OutOfScope("nothing was delivered after the first day that may be asked for")
        spans = [(first + since * DAY, last + until * DAY) for since, until in ends]
        return [Question(f"{node.id}/insights", {"time_ranges": [time_range(one)]}) for one in spans]

    return questions


def sorts(ask: Ask) -> Sequence[Question]:
    """All months, each way round."""
    for node in found.nodes(ask, "account"):
        if len(node.months) > 1:
            asked = {"time_range": time_range((node.months[0][0], node.months[-1][1])), "time_increment": "monthly"}
            words = ("date_start_ascending", "date_start_descending")
            return [Question(f"{node.id}/insights", {**asked, "sort": word}) for word in words]
    raise OutOfScope("no ad account has delivered in two months")


def windows(ask: Ask) -> Sequence[Question]:
    """The actions of an ad account, in windows and without."""
    [question] = filtered(None)(ask)
    values: Sequence[Any] = ("default", ["1d_click", "28d_click"])
    return [Question(question.where, {**question.asked, "action_attribution_windows": one}) for one in values]


def acted(parameter: str, *values: str) -> Callable[[Ask], Sequence[Question]]:
    """The actions of an ad account, and a summary of them, with each value of *parameter*."""

    def questions(ask: Ask) -> Sequence[Question]:
        [question] = filtered(None)(ask)
        return [Question(question.where, {**question.asked, "summary": "actions", parameter: one}) for one in values]

    return questions


def month_of(node: Node, span: Span) -> Question:
    """The insights of *node* in *span*."""
    return Question(f"{node.id}/insights", {"time_range": time_range(span)})


def filtered(*entries: dict[str, Any] | None) -> Callable[[Ask], Sequence[Question]]:
    """The actions of an ad account, filtered in each of these ways; `value` None stands for its first action type."""

    def questions(ask: Ask) -> Sequence[Question]:
        for node in found.nodes(ask, "account"):
            asked = {"fields": "actions", "time_range": time_range((node.months[0][0], node.months[-1][1]))}
            row = ask.graph.row(node.id, **asked) or {}
            if row.get("actions"):
                first = [row["actions"][0]["action_type"]]
                chosen = [entry and {"value": first, **entry} for entry in entries]
                return [Question(f"{node.id}/insights", {**asked, "filtering": one and [one]}) for one in chosen]
        raise OutOfScope("no ad account has actions")

    return questions


IN = {"field": "action_type", "operator": "IN"}
