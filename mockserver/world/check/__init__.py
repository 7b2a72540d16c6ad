"""Every fault of a world document: first what JSON and the schema say, then what only a reader can know."""

from mockserver.world.check.campaigns import campaign_faults
from mockserver.world.check.references import reference_faults
from mockserver.world.check.shape import foreign, shape_faults
from mockserver.world.check.templates import template_faults
from mockserver.world.check.times import time_faults


def faults(document: object) -> list[str]:
    """Every fault of a world *document*, each a sentence that starts with a JSON path; none: it is sound."""
    misshapen = list(foreign(document)) or list(shape_faults(document))
    if misshapen or not isinstance(document, dict):
        return misshapen
    return [
        *time_faults(document),
        *reference_faults(document),
        *campaign_faults(document),
        *template_faults(document),
    ]
