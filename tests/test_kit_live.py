"""The kit as it goes to live vendors: through TLS, under another name, with a profile, and with manners."""

from urllib.parse import parse_qs

import pytest

from contract_tests import conform
from contract_tests.aim import Aim, aimed
from contract_tests.outcomes import Outcome
from contract_tests.property import Live
from mockserver.kit import make
from mockserver.running import running
from mockserver.settings import Settings
from tests.tls_proxy import proxied

PROFILE = """
ca_file = "{proxy.ca_file}"
pace = 2000
[meta]
base_url = "{proxy.url}"
access_token = {{env = "TEST_META_TOKEN"}}
app_secret = {{env = "TEST_META_SECRET"}}
[cams]
base_url = "{proxy.url}"
access_key_id = {{env = "TEST_CAMS_KEY"}}
access_key_secret = {{env = "TEST_CAMS_SECRET"}}
cust_space_id = "cams-shop-1"
page_id = "191602290272463"
ad_account_id = "8296791296031066"
template_code = "{template}"
"""
SECRETS = {
    "TEST_META_TOKEN": "EAAtok",
    "TEST_META_SECRET": "s3cr3t",
    "TEST_CAMS_KEY": "testid",
    "TEST_CAMS_SECRET": "testsecret",
    "MOCKSERVER_ALLOW_LIVE": "1",
}
pytestmark = pytest.mark.usefixtures("untraced")


@pytest.fixture(scope="module")
def proxy(untraced, tmp_path_factory):
    """The default world with all its limits, behind TLS."""
    with (
        running(Settings(world="default")) as server,
        proxied(server.host, tmp_path_factory.mktemp("tls")) as proxy,
    ):
        yield proxy
        server.raise_own_bugs()


@pytest.fixture(scope="module")
def profile(proxy, tmp_path_factory):
    """A live profile of the proxy."""
    path = tmp_path_factory.mktemp("profile") / "profile.toml"
    path.write_text(PROFILE.format(proxy=proxy, template="1100665508977460"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        yield str(path)


@pytest.fixture(scope="module")
def live_run(proxy, profile):
    """A whole live run."""
    proxy.passed.clear()
    with aimed(Aim("live", profile=profile), make) as target:
        report = conform.begin(conform.Plan(effort="quick", seed=7), target)
        list(conform.results(report, target))
        yield report, list(proxy.passed)


def test_a_live_run_finds_no_fault_in_a_right_vendor(live_run):
    """
    Every property that may be asked live holds through a TLS reverse proxy, and most are decided.
    """
    report, _ = live_run

    assert [(one.property_id, one.reason, one.got) for one in report.having(Outcome.FAIL)] == []
    assert report.having(Outcome.INDETERMINATE) == []
    assert len(report.having(Outcome.PASS)) > 60
    assert report.exit_code == 0


def test_a_live_run_reads_only(live_run):
    """
    Live, nothing is written, nothing that is asked of mocks only is asked, and one bad credential is shown at most.
    """
    report, passed = live_run
    actions = {
        action for _, target, body in passed for action in parse_qs(target + "&" + body.decode()).get("Action", ())
    }

    assert {method for method, target, _ in passed if not target.startswith("/?") and target != "/"} <= {"GET", "HEAD"}
    assert "EnableWhatsappROIMetric" not in actions
    for one in report.results:
        if report.properties[one.property_id].live is Live.MOCK:
            assert (one.outcome, one.calls) == (Outcome.OUT_OF_SCOPE, 0)
    assert (
        len({target for _, target, _ in passed if "access_token=" in target and "access_token=EAAtok&" not in target})
        <= 1
    )


def test_a_budget_of_calls_is_kept(proxy, profile):
    """
    With 40 calls no more than 40 are made, and they say something of both vendors and of several kinds.
    """
    proxy.passed.clear()
    with aimed(Aim("live", profile=profile, max_calls=40), make) as target:
        report = conform.begin(conform.Plan(seed=7), target)
        list(conform.results(report, target))
    decided = {report.properties[one.property_id] for one in report.having(Outcome.PASS)}

    assert len(proxy.passed) == target.manners.calls == 40
    assert len({one.kind for one in decided}) >= 4
    assert {vendor for one in decided for vendor in one.vendors} == {"meta", "cams"}
