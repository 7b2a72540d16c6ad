"""The vendors' printed examples against their own pages: what contradicts itself is quarantined, with the reason."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mockserver.contract.load import load
from mockserver.contract.operation import Operation

from ..ask import Ask
from ..expect import holds, same
from ..property import Live, contract
from ..quarantine import EXAMPLES

Example = Mapping[str, Any]
NO_WORDS = ("None", "无", "null", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """What an example owes; *broken* says how it fails, None where it does not."""

    name: str
    broken: Callable[[Operation, Example], Any]


def rows(example: Example) -> list[dict[str, Any]]:
    """The records of an example's answer."""
    listed: list[dict[str, Any]] = example["response"].get("data", example["response"].get("Data", []))
    return listed


def figures(row: Mapping[str, Any]) -> dict[str, Decimal]:
    """The figures of *row* under Graph's names, whichever vendor printed it."""
    snaked = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): value for name, value in row.items()}
    found = {name.removeprefix("marketing_messages_"): value for name, value in snaked.items()}
    return {name: Decimal(value) for name, value in found.items() if isinstance(value, str) and _number(value)}


def _number(text: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def ratio(rate: str, part: str, whole: str, scale: int) -> Callable[[Operation, Example], Any]:
    """The rate is scale · part / whole, to the printed digit."""

    def broken(_: Operation, example: Example) -> Any:
        for values in map(figures, rows(example)):
            if {rate, part, whole} <= set(values) and values[whole]:
                expected = (values[part] * scale / values[whole]).quantize(Decimal("0.000001"))
                if values[rate] != expected:
                    return {rate: str(values[rate]), "expected": str(expected)}
        return None

    return broken


def schema(operation: Operation, example: Example) -> Any:
    """The answer matches the response schema, the request names parameters that there are."""
    faults = [fault.message for fault in operation.response_validator.iter_errors(example["response"])]
    return faults + sorted(set(example.get("request", {})) - set(operation.parameters)) or None


def fields(_: Operation, example: Example) -> Any:
    """A row has the fields that were asked for, and its dates."""
    asked = example.get("request", {}).get("fields")
    owed = {*asked.split(","), "date_start", "date_stop"} if asked else set()
    return next((sorted(set(row) ^ owed) for row in rows(example) if owed and set(row) != owed), None)


def dates(_: Operation, example: Example) -> Any:
    """What starts, stops later."""
    pairs = (("date_start", "date_stop"), ("DateStart", "DateStop"), ("Start", "End"))
    found = [(row[one], row[two]) for row in rows(example) for one, two in pairs if one in row and two in row]
    return next((pair for pair in found if pair[0] > pair[1]), None)


def read_rate(_: Operation, example: Example) -> Any:
    """A read rate in per cent, of a whole number of messages."""
    for values in map(figures, rows(example)):
        if {"read_rate", "delivered"} <= set(values):
            read = values["read_rate"] * values["delivered"] / 100
            if not 0 <= values["read_rate"] <= 100 or abs(read - round(read)) > Decimal("0.0001"):
                return {"read_rate": str(values["read_rate"]), "messages": str(read)}
    return None


def delivery_rate(_: Operation, example: Example) -> Any:
    """Where something was delivered, the delivery rate is not zero."""
    found = [values for values in map(figures, rows(example)) if values.get("delivered")]
    return next(({"delivery_rate": "0"} for values in found if values.get("delivery_rate", 1) == 0), None)


def nests(_: Operation, example: Example) -> Any:
    """sent ≥ delivered ≥ read, and as many clicks as deliveries at most."""
    for row in rows(example):
        values = figures(row)
        counts = [row[name] for name in ("SentCount", "DeliveredCount", "ReadCount") if name in row]
        clicks = [one["Count"] for one in row.get("Cliented", ())]
        if counts != sorted(counts, reverse=True) or any(click > row["DeliveredCount"] for click in clicks):
            return {"counts": counts, "clicks": clicks}
        if values.get("link_btn_click", Decimal(0)) > values.get("delivered", Decimal("Infinity")):
            return {name: str(values[name]) for name in ("link_btn_click", "delivered")}
    return None


def roas(_: Operation, example: Example) -> Any:
    """website_purchase_roas is the purchases' value for each unit spent, in two decimals."""
    for row in rows(example):
        if "website_purchase_roas" in row:
            value = Decimal(row["action_values"][0]["value"]) / Decimal(row["marketing_messages_spend"])
            if Decimal(row["website_purchase_roas"][0]["value"]) != value.quantize(Decimal("0.01")):
                return {"website_purchase_roas": row["website_purchase_roas"], "expected": str(value)}
    return None


def cursors(_: Operation, example: Example) -> Any:
    """The cursors of one row are those of the first row."""
    told = example["response"].get("paging", {}).get("cursors")
    return told if told and set(told.values()) != {"MAZDZD"} and len(rows(example)) == 1 else None


def code(_: Operation, example: Example) -> Any:
    """Code is OK in an answer that says Success true, and in every example of a success."""
    body = example["response"]
    return body["Code"] if "Code" in body and body["Code"] != "OK" else None


def request_id(_: Operation, example: Example) -> Any:
    """A RequestId is printed as it travels in a header."""
    value = example["response"].get("RequestId", "x")
    return None if value == value.strip() else value


def create_time(_: Operation, example: Example) -> Any:
    """A time in milliseconds has 13 digits in this century."""
    return next(
        (row["CreateTime"] for row in rows(example) if "CreateTime" in row and row["CreateTime"] < 10**12), None
    )


def no_word(_: Operation, example: Example) -> Any:
    """What is absent is not told by a word."""
    told = {name: example["response"].get(name) for name in ("AccessDeniedDetail", "Message")}
    return {name: value for name, value in told.items() if value in NO_WORDS} or None


RULES = (
    Rule("schema", schema),
    Rule("fields", fields),
    Rule("dates", dates),
    Rule("click rate", ratio("link_btn_click_rate", "link_btn_click", "delivered", 100)),
    Rule("cost per click", ratio("cost_per_link_btn_click", "spend", "link_btn_click", 1)),
    Rule("cost per delivered", ratio("cost_per_delivered", "spend", "delivered", 1)),
    Rule("read rate", read_rate),
    Rule("delivery rate", delivery_rate),
    Rule("counts nest", nests),
    Rule("ROAS", roas),
    Rule("cursors", cursors),
    Rule("Code", code),
    Rule("RequestId", request_id),
    Rule("CreateTime", create_time),
    Rule("no word for nothing", no_word),
)


def printed(vendor: str) -> Iterator[tuple[Operation, Example]]:
    """Every example of every operation file of *vendor*."""
    for operation in load(vendor).operations.values():
        yield from ((operation, example) for example in operation.raw["examples"])


def keep_their_own_rules(vendor: str) -> None:
    """Each example breaks exactly the rules that its quarantine lists."""
    broken = {
        (operation.name, example["title"], rule.name): found
        for operation, example in printed(vendor)
        for rule in RULES
        if (found := rule.broken(operation, example)) is not None
    }
    for key, found in broken.items():
        holds(key in EXAMPLES, f"the printed example of {key[0]} keeps the rule of {key[2]}", found, "nothing broken")
    own = {key for key in EXAMPLES if key[0] in load(vendor).operations}
    same(sorted(own - set(broken)), [], "what is quarantined is still broken, or is taken off the list")


HOW: dict[str, Any] = {"kind": "shape", "live": Live.SAFE, "calls": 0, "examples": 1}


@contract(
    "META-EX1", "Meta's printed examples keep Meta's rules, but for what is quarantined",
    sentence="Example response: marketing_messages_delivered 2755, marketing_messages_link_btn_click_rate 9.727768.",
    page="Measure Campaign Performance on Marketing Message API for Messenger", **HOW,
)  # fmt: skip
def meta_examples(ask: Ask) -> None:
    """Schema, number formats, dates, rates, costs, ROAS, cursors."""
    del ask
    keep_their_own_rules("meta")


@contract(
    "CAMS-EX1", "CAMS's printed examples keep its rules, but for what is quarantined",
    sentence="Examples, Success response, JSON format.", page="Chat App Message Service: the operations' pages", **HOW,
)  # fmt: skip
def cams_examples(ask: Ask) -> None:
    """Schema, number formats, times, rates, costs, nesting, Code, RequestId."""
    del ask
    keep_their_own_rules("cams")
