"""The door through which programs with a hard-coded host come to a server here."""

import pytest
import requests

from mockserver.running import running
from mockserver.settings import Settings
from tests.door import opened


@pytest.fixture(scope="module")
def server():
    with running(Settings(throttle=0)) as started:
        yield started


def test_a_hard_coded_host_is_the_server(server, tmp_path):
    """
    A program that trusts the door's authority reads the vendor's own address, and is answered with that address.
    """
    with opened("graph.facebook.com", server.host, tmp_path) as door:
        answer = requests.get(
            "https://graph.facebook.com/v26.0/me/adaccounts?limit=1&access_token=EAAtok",
            proxies={"https": door.url},
            verify=str(door.ca_file),
            timeout=10,
        )

    assert answer.json()["paging"]["next"].startswith("https://graph.facebook.com/v26.0/me/adaccounts?")
    assert [(method, target.partition("?")[0]) for method, target, _ in door.passed] == [
        ("GET", "/v26.0/me/adaccounts")
    ]


def test_the_door_leads_nowhere_else(server, tmp_path):
    """
    Another host than the one that the door is for is not reached.
    """
    with opened("graph.facebook.com", server.host, tmp_path) as door, pytest.raises(requests.exceptions.ProxyError):
        requests.get("https://www.example.com/", proxies={"https": door.url}, verify=str(door.ca_file), timeout=10)

    assert door.refused == ["www.example.com:443"]
