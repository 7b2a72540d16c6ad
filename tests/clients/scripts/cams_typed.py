"""Alibaba Cloud's typed SDK of this environment, 5.x or 3.1.0: calls on standard input, answers on standard output."""

import json
import sys

from alibabacloud_cams20200606 import models
from alibabacloud_cams20200606.client import Client
from alibabacloud_tea_openapi.models import Config

METHODS = {name.replace("_", ""): name for name in dir(Client)}


def answered(client, operation, arguments):
    """What the SDK makes of the answer, or None if it has no such operation."""
    method, request = METHODS.get(operation.lower()), getattr(models, f"{operation}Request", None)
    if method is None or request is None:
        return None
    try:
        return {"body": getattr(client, method)(request().from_map(arguments)).body.to_map()}
    except Exception as error:
        return {"code": error.code, "status": error.data["statusCode"], "type": type(error).__name__}


asked = json.load(sys.stdin)
chosen = Client(
    Config(
        access_key_id=asked["key"],
        access_key_secret=asked["secret"],
        endpoint=asked["host"],
        protocol="HTTP",
        region_id="ap-southeast-1",
        signature_algorithm="v2" if asked["signature"] == "V1" else None,
    )
)
json.dump([answered(chosen, *call) for call in asked["calls"]], sys.stdout)
