"""aliyun-python-sdk-core: calls on standard input, answers on standard output."""

import json
import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest


def answered(client, host, operation, arguments):
    """The answer of one operation; what is no text travels as JSON."""
    request = CommonRequest(domain=host, version="2020-06-06", action_name=operation)
    request.set_method("POST")
    request.set_accept_format("json")
    for name, value in arguments.items():
        request.add_query_param(name, value if isinstance(value, str) else json.dumps(value))
    try:
        return {"body": json.loads(client.do_action_with_exception(request))}
    except ServerException as error:
        return {"code": error.get_error_code(), "status": error.get_http_status(), "type": type(error).__name__}


asked = json.load(sys.stdin)
chosen = AcsClient(asked["key"], asked["secret"], "ap-southeast-1")
json.dump([answered(chosen, asked["host"], *call) for call in asked["calls"]], sys.stdout)
