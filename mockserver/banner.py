"""What `serve` prints: what was loaded, and lines to paste into a client."""

import logging
from collections.abc import Iterator
from itertools import islice

import click

from mockserver.contract.load import VENDORS, load
from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.entities import AccessKey, AccessToken, Ad, Space
from mockserver.world.load import WorldFile

_CLIENTS = """\
Paste into a client
  curl          curl -H 'Authorization: Bearer {token}' \\
                  '{url}/v26.0/{ad}/insights?fields=marketing_messages_delivered,marketing_messages_spend'
  Meta Python   from facebook_business import FacebookAdsApi, FacebookSession
                FacebookSession.GRAPH = '{url}'
                FacebookAdsApi.init('{app}', '{secret}', '{token}')
  Meta Node     Object.defineProperty(bizSdk.FacebookAdsApi, 'GRAPH', {{get: () => '{url}'}})
  CAMS Python   open_api_models.Config(access_key_id='{key}', access_key_secret='{key_secret}',
                                       endpoint='{host}', protocol='HTTP', region_id='ap-southeast-1')
  CAMS core     AcsClient('{key}', '{key_secret}', 'ap-southeast-1'); request.set_domain('{host}')"""
_MOST = 4  # ids of a kind


def announce(runtime: Runtime, url: str, log_format: str) -> None:
    """Print it as text, or log it as one line where the log is JSON."""
    if log_format == "json":
        facts = {"url": url, "world": runtime.file.name, **_counts(runtime.file)}
        logging.getLogger("mockserver").info("serving", extra={"facts": facts})
    else:
        click.echo(
            "\n\n".join(
                [
                    _loaded(runtime),
                    f"Serving on {url} (Ctrl+C stops)\n{_bases(url)}",
                    _clients(runtime, url),
                    _ids(runtime),
                ]
            )
        )


def _counts(file: WorldFile) -> dict[str, int]:
    ads = sum(len(nodes) for (owner, level), nodes in file.below.items() if level == "ad" and owner.startswith("act_"))
    return {
        "ad_accounts": len(file.accounts),
        "pages": len(file.pages),
        "message_campaigns": ads,
        "spaces": len(file.spaces),
        "templates": sum(map(len, file.templates.values())),
        "operations": sum(len(load(vendor).operations) for vendor in VENDORS),
    }


def _loaded(runtime: Runtime) -> str:
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in _counts(runtime.file).items())
    account = runtime.file.accounts[0]
    held = "real" if runtime.clock.frozen is None else "held still"
    return (
        f"World {runtime.file.name!r} (seed {runtime.file.seed}): {counts}\n"
        f"Today is {runtime.clock.today(account.timezone_name)} in {account.timezone_name} ({held}); "
        f"{_throttle(runtime.settings)}"
    )


def _throttle(settings: Settings) -> str:
    if not settings.throttle:
        return "limits are off"
    return (
        "limits as documented" if settings.throttle == 1 else f"limits are {settings.throttle:g} times the documented"
    )


def _bases(url: str) -> str:
    return f"  Graph API   {url}/v26.0   (any version, or none)\n  CAMS        {url}/        (Version 2020-06-06)"


def _clients(runtime: Runtime, url: str) -> str:
    file = runtime.file
    token = next(iter(file.access_tokens.values()), None)
    key = next(iter(file.access_keys.values()), None)
    return _CLIENTS.format(
        url=url,
        host=url.removeprefix("http://"),
        ad=next((ad.id for ad in _delivering(runtime)), "<id>"),
        app=token.app.id if token else "<app id>",
        secret=token.app.secret if token else "<app secret>",
        token=token.token if token else "<access token>",
        key=key.id if key else "<access key id>",
        key_secret=key.secret if key else "<access key secret>",
    )


def _delivering(runtime: Runtime) -> Iterator[Ad]:
    """Message campaigns that have delivered something, those that still do first."""
    world = runtime.world
    ads = [ad for one in runtime.file.accounts for ad in world.below(one, "ad") if isinstance(ad, Ad)]
    begun = [ad for ad in ads if ad.adset.start_date < world.today(ad)]
    return iter(sorted(begun, key=lambda ad: world.delivery(ad).until < world.today(ad)))


def _ids(runtime: Runtime) -> str:
    """The ids and credentials that a first call needs."""
    file = runtime.file
    templates = sorted((same[0] for same in file.templates.values()), key=lambda one: one.space.id)
    lines = [
        *(f"ad account        act_{one.id}  {one.currency}  {one.timezone_name}" for one in file.accounts[:_MOST]),
        *(f"message campaign  {ad.id}  of act_{ad.account.id}" for ad in islice(_delivering(runtime), _MOST)),
        *(f"space             {_space(space)}" for space in list(file.spaces.values())[:_MOST]),
        *(f"template          {one.code}  of {one.space.id}" for one in templates[:_MOST]),
        *(f"access token      {one.token}{_of_token(one)}" for one in file.access_tokens.values()),
        *(f"access key        {one.id} / {one.secret}{_of_key(one)}" for one in file.access_keys.values()),
    ]
    return "\n".join(["Ids and credentials", *(f"  {line}" for line in lines)])


def _space(space: Space) -> str:
    note = "" if space.subscribed else "  (not subscribed)"
    return f"{space.id}  page {', '.join(sorted(space.pages)[:2])}{note}"


def _of_token(token: AccessToken) -> str:
    notes = [f"expired on {token.expires:%Y-%m-%d}"] if token.expires else []
    notes += [token.invalidated.replace("_", " ")] if token.invalidated else []
    notes += [] if token.permissions else ["no permission"]
    notes += (
        [f"needs the proof of app {token.app.id} / {token.app.secret}"] if token.app.require_appsecret_proof else []
    )
    return f"  ({', '.join(notes)})" if notes else f"  ({len(token.accounts)} ad accounts)"


def _of_key(key: AccessKey) -> str:
    notes = [f"with security token {key.security_token}"] if key.security_token else []
    notes += [] if key.actions else ["no permission"]
    notes += [] if key.active else ["inactive"]
    return f"  ({', '.join(notes)})" if notes else f"  (account {key.owner_id})"
