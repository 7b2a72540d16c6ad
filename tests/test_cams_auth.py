"""Who may call CAMS: keys and tokens, the time window, nonces, permissions."""

from dataclasses import replace

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from tests.cams import Cams, header
from tests.cams_world import PAGE, SPACE, world_file
from tests.conftest import Hands

VALUES = {"CustSpaceId": SPACE, "PageId": PAGE}


def code(response) -> str:
    """The Code of a JSON answer."""
    return response.body.split(b'"Code":"')[1].split(b'"')[0].decode()


def asked(cams: Cams) -> str:
    """What a caller hears who asks for the accounts of a page."""
    return code(cams.call("ListPageAdAccount", **VALUES))


@pytest.mark.parametrize(
    ("key", "security_token"), [("key", None), ("key", "token"), ("STS.key", "token"), ("temporary", "token")]
)
@pytest.mark.parametrize("scheme", ["v1", "v3"])
def test_lasting_and_temporary_keys_are_served(cams, key, security_token, scheme):
    """
    A lasting key signs alone, a temporary key with its token; one id may be both.
    """
    caller = replace(cams, key=key, security_token=security_token)

    assert code(caller.send(getattr(caller, scheme)("ListPageAdAccount", VALUES))) == "OK"


def test_the_key_and_its_token_have_one_secret_each(cams):
    """
    The secret of another key proves nothing.
    """
    assert asked(replace(cams, secret="secret of other")) == "SignatureDoesNotMatch"
    assert asked(replace(cams, key="other", secret="secret of key")) == "SignatureDoesNotMatch"


def test_a_bearer_token_needs_no_time_and_no_nonce(cams, hands):
    """
    A bearer token is served again and again, at any time, by header and by parameter.
    """
    headers = {"x-acs-action": "ListPageAdAccount", "x-acs-version": "2020-06-06", "x-acs-bearer-token": "bearer"}
    by_header = replace(cams.v3("ListPageAdAccount", VALUES), headers=headers)
    by_parameter = replace(
        by_header,
        headers={},
        query=by_header.query + "&BearerToken=bearer&SignatureType=BEARERTOKEN&Format=json"
        "&Action=ListPageAdAccount&Version=2020-06-06",
    )

    for request in (by_header, by_header, by_parameter, by_parameter):
        hands.forward(3600)
        assert code(cams.send(request)) == "OK"


@pytest.mark.parametrize(("seconds", "heard"), [(0, "OK"), (900, "OK"), (901, "InvalidTimeStamp.Expired")])
@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("scheme", ["v1", "v3"])
def test_a_request_is_good_for_fifteen_minutes(cams, hands, seconds, heard, direction, scheme):
    """
    The time of a request may be 15 minutes off the server's, before or after, and not a second more.
    """
    request = getattr(cams, scheme)("ListPageAdAccount", VALUES)
    hands.forward(direction * seconds)

    assert code(cams.send(request)) == heard


def test_the_window_is_a_setting(hands):
    """
    timestamp_minutes makes the window wider or narrower.
    """
    cams = Cams(Runtime(Settings(timestamp_minutes=31), world_file(), hands.clock()))
    request, late = cams.v3("ListPageAdAccount", VALUES), cams.v3("ListPageAdAccount", VALUES)
    hands.forward(31 * 60)

    assert code(cams.send(request)) == "OK"
    hands.forward(1)
    assert code(cams.send(late)) == "InvalidTimeStamp.Expired"


def test_a_frozen_today_does_not_stop_the_signing_clock(hands):
    """
    Requests are signed by real time, whatever day the world has.
    """
    cams = Cams(Runtime(Settings(), world_file(), hands.clock(hands.clock().now().date().replace(year=2020))))

    assert asked(cams) == "OK"


def nonce(cams: Cams, text: str, scheme: str = "v3") -> str:
    """What a call with this nonce hears, signed at the clock's time."""
    if scheme == "v1":
        return code(cams.send(cams.v1("ListPageAdAccount", VALUES, common={"SignatureNonce": text})))
    return code(cams.send(cams.v3("ListPageAdAccount", VALUES, headers={"x-acs-signature-nonce": text})))


def test_a_nonce_is_good_once_in_fifteen_minutes(cams, hands):
    """
    A nonce is refused for 15 minutes after its use, whichever scheme signs it, and good again then.
    """
    assert nonce(cams, "n") == "OK"
    hands.forward(899)
    assert nonce(cams, "n") == "SignatureNonceUsed"
    assert nonce(cams, "n", "v1") == "SignatureNonceUsed"
    assert nonce(cams, "m") == "OK"
    hands.forward(1)
    assert nonce(cams, "n", "v1") == "OK"
    assert nonce(cams, "n") == "SignatureNonceUsed"


def test_a_nonce_belongs_to_an_account(cams):
    """
    The keys of one account share their nonces; another account may use the same ones.
    """
    assert nonce(cams, "n") == "OK"
    assert nonce(replace(cams, key="STS.key", security_token="token"), "n") == "SignatureNonceUsed"
    assert nonce(replace(cams, key="other"), "n") == "Unknown.ResourceOwnerId"


def test_only_a_proven_call_uses_its_nonce(cams):
    """
    Somebody else's call cannot spend a nonce, and a refusal after the signature has spent it.
    """
    assert nonce(replace(cams, secret="wrong"), "n") == "SignatureDoesNotMatch"
    assert nonce(replace(cams, key="powerless"), "n") == "Ram.PermissionDeny"
    assert nonce(cams, "n") == "SignatureNonceUsed"


def test_a_clock_that_steps_back_locks_nobody_out(cams, hands):
    """
    After the clock was set back, calls signed by its new time are served, old nonces too.
    """
    assert nonce(cams, "n") == "OK"
    hands.wall -= 86_400
    assert nonce(cams, "n") == "OK"
    assert nonce(cams, "n") == "SignatureNonceUsed"


def test_a_reset_forgets_nonces(cams):
    """
    A reset server has seen no nonce.
    """
    assert nonce(cams, "n") == "OK"
    cams.runtime.reset()
    assert nonce(cams, "n") == "OK"


@pytest.mark.parametrize(
    ("key", "action", "heard"),
    [
        ("reader", "ListMessageCampaign", "MissingCustSpaceId"),
        ("reader", "GetMessageCampaignInsights", "MissingAdAccountId"),
        ("reader", "GetChatappTemplateMetric", "MissingEnd"),
        ("reader", "ListPageAdAccount", "Ram.PermissionDeny"),
        ("reader", "EnableWhatsappROIMetric", "Ram.PermissionDeny"),
        ("narrow", "GetMessageCampaignInsights", "MissingAdAccountId"),
        ("narrow", "GetChatappTemplateMetric", "Ram.PermissionDeny"),
    ],
)
def test_a_policy_names_actions(cams, key, action, heard):
    """
    A caller may call what its actions name, whole or up to a trailing star.
    """
    assert code(replace(cams, key=key).call(action)) == heard


def test_a_stolen_request_cannot_be_sent_again(hands):
    """
    Within its time a request is known by its nonce, after it by its time.
    """
    cams = Cams(Runtime(Settings(), world_file(), hands.clock()))
    request = cams.v3("ListPageAdAccount", VALUES)
    heard = []
    for _ in range(4):
        heard.append(code(cams.send(request)))
        hands.forward(400)

    assert heard == ["OK", "SignatureNonceUsed", "SignatureNonceUsed", "InvalidTimeStamp.Expired"]


def test_two_clients_at_once_do_not_share_an_answer():
    """
    The ids of two servers' first answers differ where their worlds' seeds do.
    """
    one = Cams(Runtime(Settings(), world_file(), Hands().clock()))
    other = Cams(Runtime(Settings(), replace(world_file(), seed=6), Hands().clock()))
    ids = [header(cams.call("ListPageAdAccount", **VALUES), "x-acs-request-id") for cams in (one, other)]

    assert ids[0] != ids[1]
