"""Who may ask the Graph API what: every credential is checked on every operation, before anything else."""

from .. import tokens_meta
from ..bad_meta import ALL, NODES, Bad, refusals
from ..property import Live
from ..tokens_meta import FORM, GARBAGE, JSON, PAGE, PROOF_PAGE, UNKNOWN, dead, header

refusals(
    "META-U1",
    "Without a token nothing is told, on any operation",
    'Recorded: /me without a token: code 2500; other nodes: code 104 "An access token is required …"',
    "no_token token_required",
    ALL,
    tokens_meta.no_token,
    live=Live.SAFE,
    calls=160,
    page=PAGE,
)
refusals(
    "META-U2",
    "A token that cannot be read is refused, on every operation",
    "Recorded: Invalid OAuth access token - Cannot parse access token; HTTP 401",
    "token_malformed",
    ALL,
    [
        *(Bad("token_malformed", token=one) for one in GARBAGE),
        *(Bad("token_malformed", token=None, headers=header(scheme, UNKNOWN)) for scheme in ("Bearer", "OAuth")),
        Bad("token_malformed", token=None, headers=FORM, body=b"access_token=nonsense"),
        Bad("token_malformed", token=None, headers=JSON, body=b'{"access_token":"nonsense"}'),
    ],
    page=PAGE,
)
refusals(
    "META-U3",
    "A token is exact to the letter, on every operation",
    "Recorded: Invalid OAuth access token - Cannot parse access token; HTTP 401",
    "token_malformed",
    ALL,
    tokens_meta.nearly,
    calls=170,
    page=PAGE,
)
for _id, _title, _error, _kind, _code in (
    ("META-U4", "An expired token is refused, on every operation", "token_expired", "expired", "463"),
    (
        "META-U5",
        "A changed password ends a token, on every operation",
        "token_password_changed",
        "password_changed",
        "460",
    ),
    (
        "META-U6",
        "A deauthorized app's token is refused, on every operation",
        "token_deauthorized",
        "deauthorized",
        "458",
    ),
):
    _sentence = f"Recorded: code 190, subcode {_code}: Error validating access token: …"
    refusals(_id, _title, _sentence, _error, ALL, dead(_error, _kind), calls=64, page=PAGE)
refusals(
    "META-U7",
    "A token without a permission to read ads reads none, on every operation but me",
    "Recorded: (#200) Ad account owner has NOT grant ads_management or ads_read permission; HTTP 403",
    "no_permission_ads",
    ("adaccounts", *NODES),
    dead("no_permission_ads", "powerless"),
    calls=60,
    page=PAGE,
)
refusals(
    "META-U8",
    "A proof that is sent is checked, on every operation",
    "Recorded: Invalid appsecret_proof provided in the API argument",
    "appsecret_proof_bad",
    ALL,
    tokens_meta.bad_proofs,
    calls=250,
    page=PROOF_PAGE,
)
refusals(
    "META-U9",
    "An app that demands proof gets it, on every operation",
    "Recorded: API calls from the server require an appsecret_proof argument",
    "appsecret_proof_missing",
    ALL,
    tokens_meta.unproven,
    calls=32,
    page=PROOF_PAGE,
)
refusals(
    "META-U10",
    "Another's ad accounts are forbidden and another's objects invisible, under every edge",
    "Recorded: code 200 and code 100/33; assumed: the first for ad accounts, the second for objects in them",
    "no_permission_ads object_missing",
    NODES,
    tokens_meta.elsewhere,
    calls=28,
    page=PAGE,
)
refusals(
    "META-U11",
    "Credentials are judged before anything else that is wrong",
    "Assumed: who may not ask learns nothing of parameters, objects or paths",
    "no_token token_required token_malformed token_expired token_password_changed token_deauthorized"
    " appsecret_proof_bad appsecret_proof_missing no_permission_ads",
    ALL,
    tokens_meta.first_of_all,
    calls=320,
    page=PAGE,
)
refusals(
    "META-U12",
    "Of two tokens the query's counts, then the body's, then the header's",
    "Assumed: the query wins over the body, both over the header",
    "token_malformed",
    ALL,
    tokens_meta.two_tokens,
    calls=64,
    page=PAGE,
)
