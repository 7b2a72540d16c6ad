"""All proofs."""

from tests.clients import cams_sdks, graph_sdks, pipelines

__all__ = ["cams_sdks", "graph_sdks", "pipelines"]
