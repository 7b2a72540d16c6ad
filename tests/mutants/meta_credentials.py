"""A Graph API that lets in whom it should not, or keeps out whom it should not."""

# a wrapper has the arguments of what it stands for

from typing import Any

from mockserver.errors import MockError
from mockserver.world.entities import Account
from tests.mutants.bend import Asked, Inner, Reply
from tests.mutants.bends import errors, refused
from tests.mutants.catalogue import Mutant
from tests.mutants.patch import Patch, around

AUTH = "mockserver.vendors.meta.auth"


def _unless(where: str, *names: str) -> Patch:
    """The check at *where* does not raise these refusals."""

    def wrapper(check: Any, *arguments: Any) -> Any:
        try:
            return check(*arguments)
        except MockError as error:
            if error.name not in names:
                raise

    return around(where, wrapper)


def _lets_in(*names: str) -> Patch:
    """Who is refused with one of *names* is taken for the first token's user."""

    def wrapper(authenticated: Any, runtime: Any, exchange: Any) -> Any:
        try:
            return authenticated(runtime, exchange)
        except MockError as error:
            if error.name not in names:
                raise
            return next(iter(runtime.file.access_tokens.values()))

    return around(f"{AUTH}:authenticated", wrapper)


def _known_as(change: Any) -> Patch:
    """The token that was sent is looked up as *change* makes it of the known ones and itself."""

    def wrapper(authenticated: Any, runtime: Any, exchange: Any) -> Any:
        try:
            return authenticated(runtime, exchange)
        except MockError as error:
            sent = exchange.parameters.get("access_token", "")
            found = [one for one in runtime.file.access_tokens if change(one, sent)]
            if error.name != "token_malformed" or not found:
                raise
            return runtime.file.access_tokens[found[0]]

    return around(f"{AUTH}:authenticated", wrapper)


def _any_account(node: Any, world: Any, method: str, object_id: str, accounts: Any) -> Any:
    found = world.node(object_id)
    return found if isinstance(found, Account) else node(world, method, object_id, accounts)


def _any_object(node: Any, world: Any, method: str, object_id: str, accounts: Any) -> Any:
    found = world.node(object_id)
    mine = found is None or isinstance(found, Account)
    return node(world, method, object_id, accounts) if mine else found


def _all_accounts(adaccounts: Any, world: Any, question: Any) -> Any:
    del adaccounts, question
    return world.file.accounts


def _echoed(asked: Asked, inner: Inner) -> Reply:
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply, 190, 200, 100):
        return reply
    body = reply.json
    body["error"]["message"] += f" (access_token={asked.parameters.get('access_token', '')})"
    return reply.holding(body)


def _subcode(code: int, other: int) -> Any:
    return errors("meta", lambda row: row.update(error_subcode=other) if row.get("error_subcode") == code else None)


def _allowed_by_401(asked: Asked, inner: Inner) -> Reply:
    """A token that cannot be read is answered with empty data."""
    reply = inner(asked)
    if asked.vendor != "meta" or not refused(reply, 190) or reply.status != 401:
        return reply
    return reply.holding({"data": []}, 200)


MUTANTS = (
    Mutant("meta-token-any", "credential", "Any token is taken.", "META-U2", _lets_in("token_malformed")),
    Mutant("meta-token-none", "credential", "No token is needed.", "META-U1", _lets_in("token_required", "no_token")),
    Mutant("meta-token-case", "credential", "Tokens do not mind case.", "META-U3",
           _known_as(lambda known, sent: known.lower() == sent.lower())),
    Mutant("meta-token-longer", "credential", "A token with something behind it is taken.", "META-U3",
           _known_as(lambda known, sent: sent.startswith(known))),
    Mutant("meta-token-shorter", "credential", "The beginning of a token is taken.", "META-U3",
           _known_as(lambda known, sent: len(sent) > 3 and known.startswith(sent))),
    Mutant("meta-token-expired", "credential", "Expired tokens are taken.", "META-U4",
           _unless(f"{AUTH}:_ensure_valid", "token_expired")),
    Mutant("meta-token-password", "credential", "Tokens from before a change of password are taken.", "META-U5",
           _unless(f"{AUTH}:_ensure_valid", "token_password_changed")),
    Mutant("meta-token-deauthorized", "credential", "Tokens of users who left the app are taken.", "META-U6",
           _unless(f"{AUTH}:_ensure_valid", "token_deauthorized")),
    Mutant("meta-token-powerless", "credential", "Tokens without ads_read read insights.", "META-U7",
           Patch(f"{AUTH}:may_read", lambda _: lambda token: True)),
    Mutant("meta-token-empty-data", "credential", "A token that cannot be read gets empty data.", "META-U2",
           _allowed_by_401),
    Mutant("meta-token-header", "credential", "A token in the Authorization header is not seen.", "META-U14",
           Patch(f"{AUTH}:_from_header", lambda _: lambda request: "")),
    Mutant("meta-proof-unchecked", "credential", "Any appsecret_proof is taken.", "META-U8",
           _unless(f"{AUTH}:_ensure_proof", "appsecret_proof_bad")),
    Mutant("meta-proof-optional", "credential", "An app that wants proof gets on without.", "META-U9",
           _unless(f"{AUTH}:_ensure_proof", "appsecret_proof_missing")),
    Mutant("meta-other-account", "credential", "A token reads ad accounts of others.", "META-U10",
           around("mockserver.vendors.meta.route:_thing", _any_account)),
    Mutant("meta-other-object", "credential", "A token reads campaigns and ads of others.", "META-U10",
           around("mockserver.vendors.meta.route:_thing", _any_object)),
    Mutant("meta-other-listed", "credential", "me/adaccounts lists the ad accounts of others.", "META-U15",
           around("mockserver.vendors.meta.objects:_ROWS[adaccounts]", _all_accounts)),
    Mutant("meta-token-echoed", "credential", "Refusals repeat the token.", "META-U16", _echoed),
    Mutant("meta-expired-subcode", "credential", "An expired token has the subcode of a changed password.", "META-U4",
           _subcode(463, 460)),
    Mutant("meta-deauthorized-subcode", "credential", "A deauthorized token has the subcode of an expired one.",
           "META-U6", _subcode(458, 463)),
)  # fmt: skip
