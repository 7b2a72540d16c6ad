"""Plausible values for the vendor's properties, by name, type and printed example."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from faker import Faker

Schema = Mapping[str, Any]

_YEAR = 365 * 86_400
_SINCE = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())  # the SDK that the contract is taken from is of that year
_LARGEST = 2**31 - 1
_FLAGS = ("Y", "N")
_CODED = re.compile(r"(Id|ID|Code|Key|Token|No|Namespace|Sha256|Assets?|Uuid|Ticket|Signature|Hash)$|^Id$")
_TIMED = re.compile(r"(Time|Timestamp|Date|Expire|Create|Modifier|Modified|At)(Str|Name)?$|^Gmt|^Expire")
_DRAWN = 6  # characters that tell two codes apart
_PAIRS = 2  # of a map


def value(faker: Faker, name: str, schema: Schema) -> Any:
    """A value of *schema* for the property *name*."""
    if "enum" in schema:
        return faker.random_element(schema["enum"])
    kind = schema.get("type", "string")
    return _KINDS[kind if isinstance(kind, str) else kind[-1]](faker, name, schema)


def _object(faker: Faker, name: str, schema: Schema) -> dict[str, Any]:
    if "properties" in schema:
        return {part: value(faker, part, inner) for part, inner in schema["properties"].items()}
    inner = schema.get("additionalProperties") or {"type": "string"}
    return {faker.word(): value(faker, name, inner) for _ in range(_PAIRS)}


def _array(faker: Faker, name: str, schema: Schema) -> list[Any]:
    return [value(faker, name, schema.get("items", {})) for _ in range(faker.random_int(1, 3))]


def _boolean(faker: Faker, name: str, schema: Schema) -> bool:
    del name, schema
    return bool(faker.boolean())


def _integer(faker: Faker, name: str, schema: Schema) -> int:
    example = _example(schema)
    digits = len(str(example)) if isinstance(example, int) else 0
    if _TIMED.search(name) and digits != 1 and schema.get("maximum") is None:
        seconds = _SINCE + faker.random_int(0, _YEAR)
        return seconds if digits == 10 else seconds * 1000 + faker.random_int(0, 999)
    most = example * 2 if isinstance(example, int) and example > 1 else 1000
    return int(faker.random_int(1, max(min(most, schema.get("maximum", _LARGEST)), 100)))


def _string(faker: Faker, name: str, schema: Schema) -> str:
    examples = schema.get("examples", ())
    if len(examples) > 1:
        return str(faker.random_element(examples))
    example = str(examples[0]) if examples else ""
    if example in _FLAGS:
        return str(faker.random_element(_FLAGS))
    for pattern, make in _NAMED:
        if pattern.search(name):
            return make(faker, example)
    return _like(faker, example) if re.search(r"[\d*]", example) else example or " ".join(faker.words(2))


def _example(schema: Schema) -> Any:
    examples = schema.get("examples", ())
    return examples[0] if examples else None


def _time(faker: Faker, example: str) -> str:
    """A moment of the year, written as the example is."""
    at = datetime.fromtimestamp(_SINCE + faker.random_int(0, _YEAR), UTC)
    if re.fullmatch(r"\d{10}(\d{3})?", example):
        return f"{int(at.timestamp())}{'000' if len(example) == 13 else ''}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", example):
        return at.strftime("%Y-%m-%d")
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?|\d{4}", example):
        return at.strftime("%H:%M:%S" if example.count(":") == 2 else "%H:%M" if ":" in example else "%H%M")
    return at.strftime("%Y-%m-%dT%H:%M:%SZ" if "T" in example else "%Y-%m-%d %H:%M:%S")


def _code(faker: Faker, example: str) -> str:
    """Like the example; where little of that is drawn, what it begins with and a number."""
    if len(re.findall(r"[\d*]", example)) >= _DRAWN:
        return _like(faker, example)
    return re.split(r"[\d*]", example)[0] + str(faker.random_number(16, fix_len=True))


def _like(faker: Faker, example: str) -> str:
    """The example with every digit and every hidden character drawn anew."""
    digits = sum(one.isdigit() for one in example)
    hidden = string.digits if digits * 2 >= sum(one.isalnum() for one in example) else string.hexdigits[:16]
    drawn = (
        faker.random_element(hidden if one == "*" else string.digits) if one == "*" or one.isdigit() else one
        for one in example
    )
    return "".join(drawn)


def _number(faker: Faker, example: str) -> str:
    del example
    return f"1555{faker.random_number(7, fix_len=True)}"


def _sentence(faker: Faker, example: str) -> str:
    del example
    return str(faker.sentence(6))


_NAMED: tuple[tuple[re.Pattern[str], Callable[[Faker, str], str]], ...] = (
    (re.compile("E?[Mm]ail$"), lambda faker, _: str(faker.email(safe=True))),
    (re.compile("Ur[il]$|Link$|^Websites$|Domain$|Address$|File$|Image$|Url[A-Z]"), lambda faker, _: _url(faker)),
    (re.compile("(Phone|User|Business|Mobile)(Number|s|)$|Numbers?$|^To$|^From$"), _number),
    (re.compile("PublicKey$"), lambda faker, _: f"-----BEGIN PUBLIC KEY-----\n{faker.sha256()}\n"),
    (re.compile("Currency$"), lambda faker, _: str(faker.currency_code())),
    (re.compile("Countr(y|yCode)$"), lambda faker, _: str(faker.country_code())),
    (re.compile("Language|Locale"), lambda faker, _: str(faker.random_element(("en", "en_US", "zh_CN", "de", "ja")))),
    (re.compile("([Uu]ser|Contact|Person|Verified)[Nn]ame$"), lambda faker, _: str(faker.name())),
    (re.compile("(Business|Company|Customer)Name$"), lambda faker, _: str(faker.company())),
    (_TIMED, _time),
    (_CODED, _code),
    (re.compile("Name$|Title$|Subject$|Tag$"), lambda faker, _: "_".join(faker.words(2))),
    (re.compile("Desc|Remark|Text$|Message$|Reason|About|Solution|Content$|Caption"), _sentence),
)


def _url(faker: Faker) -> str:
    return f"https://example.com/{faker.uri_path()}/{faker.random_number(8, fix_len=True)}"


_KINDS: Mapping[str, Callable[[Faker, str, Schema], Any]] = {
    "object": _object,
    "array": _array,
    "boolean": _boolean,
    "integer": _integer,
    "string": _string,
}
