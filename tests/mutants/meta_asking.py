"""Graph requests that are not honoured: parameters ignored, defaults, filters, levels and objects that are off."""

from typing import Any

from mockserver.errors import MockError
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import asking, each, parsed, rows
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, argument, around, ignored
from tests.mutants.words import META_ACTIONS, M

Row = dict[str, Any]
FILTERS = "mockserver.vendors.meta.filters"


def _ignored(operation: str, name: str, meant: str) -> Mutant:
    return Mutant(f"meta-{operation}-{name.replace('_', '-')}-ignored", "parameter",
                  f"{name} of {operation} is checked, then ignored.", meant, ignored(operation, name))  # fmt: skip


def _default(**values: Any) -> Any:
    """A Graph request without these parameters gets them."""
    return lambda sent: {name: value for name, value in values.items() if name not in sent}


def _not_asked(asked: Asked, inner: Inner) -> Reply:
    """A read of one object tells all that is in the schema."""
    if asked.operation != "object" or "fields" in asked.parameters:
        return inner(asked)
    return inner(asked.having(fields="id,name,account_id"))


def _one_field_only(found: Row) -> None:
    if len(found.get("fields", ())) > 5:
        found["fields"] = found["fields"][:5]


def _fields_sorted(row: Row) -> None:
    whole = dict(row)
    row.clear()
    row.update({name: whole[name] for name in whole if name not in ("impressions", "reach")})


def _ands_dropped(found: Row) -> None:
    found["filtering"] = found["filtering"][:1]


def _operator(name: str, test: Any) -> Patch:
    return Patch(f"{FILTERS}:TEXT_OPERATORS[{name}]", lambda _: test)


def _values_unfiltered(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.operation != "insights" or "filtering" not in asked.parameters or not reply.rows:
        return reply
    whole = inner(asked.having(filtering=None)).rows
    others = [{name: row[name] for name in META_ACTIONS[1:] if name in row} for row in whole]
    return reply.listing([{**row, **other} for row, other in zip(reply.rows, others, strict=False)])


def _unknown_filter_passes(read: Any, filtering: Any, *levels: str) -> Any:
    def known(entry: Any) -> bool:
        try:
            read([entry], *levels)
        except MockError as error:
            return error.name != "filter_field_unknown_insights"
        return True

    return read([one for one in filtering if known(one)], *levels)


def _own_level(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    return inner(asked.having(level=None)) if (reply.json or {}).get("error", {}).get("error_subcode") == 99 else reply


def _adset_for_ad(row: Row) -> None:
    if "adset_id" in row and "ad_id" in row:
        row["adset_id"] = row["ad_id"]


def _parent_of_parent(told: Any, record: Any, name: str) -> Any:
    return told(record, "campaign" if name == "adset" else name)


def _dollars(row: Row) -> None:
    if f"{M}spend_currency" in row:
        row[f"{M}spend_currency"] = "USD"


def _prefixed(row: Row) -> None:
    if "account_id" in row:
        row["account_id"] = f"act_{row['account_id']}"


def _without_summary(found: Row) -> None:
    found["summary"] = False


def _whole_days(found: list[Row], asked: Asked) -> list[Row] | None:
    """all_days by word is one day each."""
    return found[:1] if asked.parameters.get("time_increment") == "all_days" and len(found) > 1 else None


def _brackets(asked: Asked, inner: Inner) -> Reply:
    """time_range[since]=…&time_range[until]=… is not understood."""
    return inner(asked.having(**{"time_range[since]": None, "time_range[until]": None}))


def _single_quotes(asked: Asked, inner: Inner) -> Reply:
    """The vendor's own spelling {'since':'…'} is dropped."""
    sent = asked.parameters.get("time_range", "")
    return inner(asked.having(time_range=None) if sent and parsed(sent) is None and "'" in sent else asked)


def _actions_gone(row: Row) -> None:
    for name in META_ACTIONS:
        if len(row.get(name, ())) > 1:
            row[name] = row[name][:1]


MUTANTS = (
    _ignored("insights", "fields", "META-F3"),
    _ignored("insights", "level", "META-G3"),
    _ignored("insights", "date_preset", "META-C1"),
    _ignored("insights", "time_range", "META-T3"),
    _ignored("insights", "time_increment", "META-B1"),
    _ignored("insights", "filtering", "META-A1"),
    _ignored("insights", "limit", "META-P1"),
    _ignored("insights", "after", "META-P3"),
    _ignored("insights", "before", "META-P5"),
    _ignored("campaigns", "effective_status", "META-D15-campaigns"),
    _ignored("adsets", "effective_status", "META-E2"),
    _ignored("ads", "effective_status", "META-E2"),
    _ignored("campaigns", "limit", "META-P1"),
    _ignored("adsets", "limit", "META-D15-adsets"),
    _ignored("ads", "limit", "META-P1"),
    _ignored("ads", "updated_since", "META-E13"),
    _ignored("adsets", "updated_since", "META-E13"),
    _ignored("adaccounts", "limit", "META-D15-adaccounts"),
    _ignored("ads", "fields", "META-S13"),
    _ignored("campaign", "fields", "META-D15-campaign"),
    _ignored("me", "fields", "META-D15-me"),
    Mutant("meta-summary-ignored", "parameter", "The lists' summary is ignored.", "META-E4",
           argument("ads", _without_summary)),
    Mutant("meta-fields-five", "parameter", "Of more than five fields the rest is dropped.", "META-F3",
           argument("insights", _one_field_only)),
    Mutant("meta-range-brackets", "parameter", "time_range[since] and time_range[until] are ignored.", "META-Q2",
           _brackets),
    Mutant("meta-range-quotes", "parameter", "A time_range in single quotes, as documented, is ignored.", "META-Q2",
           _single_quotes),
    Mutant("meta-default-preset", "default", "Without dates the last 7 days are told.", "META-C5",
           Patch("mockserver.vendors.meta.spans:DEFAULT_PRESET", lambda _: "last_7d")),
    Mutant("meta-default-old", "default", "Old campaigns default to last_30d too, not to their lifetime.", "META-C6",
           asking(lambda sent: {} if {"date_preset", "time_range"} & set(sent) else {"date_preset": "last_30d"},
                  "insights")),
    Mutant("meta-default-limit", "default", "A page without a limit has 20 rows.", "META-P2",
           asking(_default(limit="20"), "insights", "campaigns", "adsets", "ads")),
    Mutant("meta-default-fields", "default", "Without fields a row has impressions, and no spend.", "META-F5",
           each(lambda row: row.pop("spend", None) if "impressions" in row else None, "insights")),
    Mutant("meta-default-level", "default", "Without a level an account is told by campaign.", "META-G3",
           asking(_default(level="campaign"), "insights")),
    Mutant("meta-default-object", "default", "An object read without fields tells its name and account too.", "META-O7",
           _not_asked),
    Mutant("meta-default-increment", "default", "Without a time_increment rows are by month.", "META-T3",
           asking(_default(time_increment="monthly"), "insights")),
    Mutant("meta-reach-left-out", "parameter", "impressions and reach are never told.", "META-F3",
           each(_fields_sorted, "insights")),
    Mutant("meta-actions-first", "filter", "Only the first type of each action list is told.", "META-A1",
           each(_actions_gone, "insights")),
    Mutant("meta-filter-in", "filter", "IN leaves out what it names.", "META-A1",
           _operator("IN", lambda text, value: text not in value)),
    Mutant("meta-filter-not-in", "filter", "NOT_IN is taken for IN.", "META-A2",
           _operator("NOT_IN", lambda text, value: text in value)),
    Mutant("meta-filter-equal", "filter", "EQUAL compares the first 32 characters.", "META-A9",
           _operator("EQUAL", lambda text, value: text[:32] == value[:32])),
    Mutant("meta-filter-contain", "filter", "CONTAIN minds case.", "META-A9",
           _operator("CONTAIN", lambda text, value: value in text)),
    Mutant("meta-filter-ends", "filter", "ENDS_WITH matches anywhere.", "META-A9",
           _operator("ENDS_WITH", lambda text, value: value.lower() in text.lower())),
    Mutant("meta-filter-first", "filter", "Of several filters only the first counts.", "META-A3",
           argument("insights", _ands_dropped)),
    Mutant("meta-filter-values", "filter", "Filters leave action_values and ROAS alone.", "META-A1",
           _values_unfiltered),
    Mutant("meta-filter-unknown", "filter", "Filters on unknown fields are ignored.", "META-R28",
           around("mockserver.vendors.meta.insight_filters:read", _unknown_filter_passes)),
    Mutant("meta-level-above", "level", "A level above the node is answered with the node's own.", "META-R15",
           _own_level),
    Mutant("meta-level-ids", "level", "A row's adset_id is its ad's id.", "META-F6", each(_adset_for_ad, "insights")),
    Mutant("meta-parent-wrong", "level", "An ad's adset is its campaign.", "META-S13",
           around("mockserver.vendors.meta.columns:Record.__getitem__", _parent_of_parent)),
    Mutant("meta-account-prefixed", "level", "account_id has act_ in front.", "META-F6", each(_prefixed, "insights")),
    Mutant("meta-currency-usd", "level", "Every spend is said to be in USD.", "META-F7", each(_dollars, "insights")),
    Mutant("meta-first-level-row", "level", "At a level below, only the first 10 objects have rows.", "META-G6",
           rows(lambda found, asked: found[:10] if "level" in asked.parameters else None, "insights")),
)  # fmt: skip
