"""An OpenAPI 3.1 document of the Graph half, derived from the operation files each time that it is asked for."""

from mockserver.openapi.document import document

__all__ = ["document"]
