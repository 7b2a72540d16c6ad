"""The fields of insights rows: known, retired, answered, left out."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mockserver.errors import MockError
from mockserver.vendors.meta.route import operations
from mockserver.world.load import LEVELS

# "(#100) a, b are not valid for fields param after V19.0"
RETIRED = frozenset(
    "age_targeting gender_targeting labels location"
    " estimated_ad_recall_rate_lower_bound estimated_ad_recall_rate_upper_bound"
    " estimated_ad_recallers_lower_bound estimated_ad_recallers_upper_bound".split()
)
# SDKs up to 25 know these, 26 does not; no data
_UNTIL_25 = frozenset(
    f"marketing_messages_website_{name}" for name in ("add_to_cart", "initiate_checkout", "purchase", "purchase_values")
)
_DATES = ("date_start", "date_stop")


def asked(fields: Sequence[str], level: str, breakdowns: Sequence[str], version: int) -> tuple[str, ...]:
    """The properties of a row of Graph *version*: the fields as asked for, the dates, breakdowns; raises MockError."""
    if not fields:
        ids = [f"{one}_id" for one in LEVELS[: LEVELS.index(level) + 1]]
        return (*ids, "impressions", "spend", *_DATES, *breakdowns)
    return (*_known(fields, "fields", version), *_DATES, *breakdowns)


def summary(arguments: Mapping[str, Any], names: Sequence[str], version: int) -> tuple[str, ...] | None:
    """The properties of the summary, None where none is asked for; raises MockError."""
    # "If summary is set, this param is ignored; otherwise, a summary section with the same fields as specified by
    # fields will be included in the summary section." — Meta, Insights, default_summary
    if arguments["summary"]:
        return (*_known(arguments["summary"], "summary", version), *_DATES)
    return tuple(name for name in names if name in _known_names()) if arguments["default_summary"] else None


def source(name: str) -> str | None:
    """Which measure the field *name* shows, if any."""
    part = operations()["insights"].record["properties"].get(name, {})
    found: str | None = part.get("x-from")
    return found


def _known_names() -> Collection[str]:
    """The fields that Graph knows; breakdowns are columns of a row too, but no fields."""
    names: Collection[str] = operations()["insights"].record["properties"]
    return names


def _known(fields: Sequence[str], param: str, version: int) -> tuple[str, ...]:
    """The fields that are answered; those of which there is no data are left out."""
    named = tuple(dict.fromkeys(fields))
    if retired := [name for name in named if name in RETIRED]:
        raise MockError(
            "field_retired", fields=", ".join(retired), verb="are" if len(retired) > 1 else "is", param=param
        )
    earlier = _UNTIL_25 if version < 26 else frozenset[str]()
    if unknown := [name for name in named if name not in _known_names() and name not in earlier]:
        error = "unknown_fields" if len(unknown) > 1 else "unknown_field"
        raise MockError(error, field=unknown[0], fields=", ".join(unknown), param=param)
    served = operations()["insights"].served
    return tuple(name for name in named if name in served and name not in _DATES)
