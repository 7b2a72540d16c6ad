"""All clients: importing them here is what fills the table of proofs."""

from tests.clients import cams_sdks, graph_sdks, pipelines
from tests.clients.proof import PROOFS

MODULES = (cams_sdks, graph_sdks, pipelines)
ALL = sorted(PROOFS)
