"""What `serve` prints: what was loaded, and lines to paste into a client."""

import logging

import click

from mockserver.contract.load import VENDORS, load
from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.entities import AccessKey, AccessToken
from mockserver.world.load import WorldFile

_CLIENTS = """\
Paste into a client
  curl          curl -H 'Authorization: Bearer {token}' \\
                  '{url}/v26.0/{ad}/insights?fields=marketing_messages_delivered,marketing_messages_spend'
  Meta Python   from facebook_business import FacebookSession, FacebookAdsApi
                FacebookSession.GRAPH = '{url}'
                FacebookAdsApi.init('{app}', '{secret}', '{token}')
  Meta Node     Object.defineProperty(bizSdk.FacebookAdsApi, 'GRAPH', {{get: () => '{url}'}})
  CAMS Python   open_api_models.Config(access_key_id='{key}', access_key_secret='{key_secret}',
                                       endpoint='{host}', protocol='HTTP', region_id='ap-southeast-1')
  CAMS core     AcsClient('{key}', '{key_secret}', 'ap-southeast-1'); request.set_endpoint('{host}')"""


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
                    _clients(runtime.file, url),
                    _keys(runtime.file),
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


def _clients(file: WorldFile, url: str) -> str:
    token = next(iter(file.access_tokens.values()), None)
    key = next(iter(file.access_keys.values()), None)
    return _CLIENTS.format(
        url=url,
        host=url.removeprefix("http://"),
        ad=next((name for name in file.nodes if not name.startswith("act_")), "<id>"),
        app=token.app.id if token else "<app id>",
        secret=token.app.secret if token else "<app secret>",
        token=token.token if token else "<access token>",
        key=key.id if key else "<access key id>",
        key_secret=key.secret if key else "<access key secret>",
    )


def _keys(file: WorldFile) -> str:
    """The ids and credentials that a first call needs."""
    lines = [
        *(f"ad account  act_{one.id}  {one.currency}  {one.timezone_name}  {one.name}" for one in file.accounts[:5]),
        *(f"space       {one.id}  pages {' '.join(sorted(one.pages)[:3])}" for one in list(file.spaces.values())[:4]),
        *(f"template    {code}  space {same[0].space.id}" for code, same in list(file.templates.items())[:3]),
        *(f"token       {one.token}  {_of_token(one)}" for one in file.access_tokens.values()),
        *(f"access key  {one.id} / {one.secret}{_of_key(one)}" for one in file.access_keys.values()),
    ]
    return "\n".join(["Ids and credentials", *(f"  {line}" for line in lines)])


def _of_token(token: AccessToken) -> str:
    state = f"(expired on {token.expires:%Y-%m-%d})" if token.expires else f"({token.invalidated})"
    rights = ", ".join(sorted(token.permissions)) or "no permission"
    return f"{rights} {state}" if token.expires or token.invalidated else rights


def _of_key(key: AccessKey) -> str:
    notes = [f"security token {key.security_token}"] if key.security_token else []
    notes += ["no permission"] if not key.actions else []
    notes += ["inactive"] if not key.active else []
    return f"  ({', '.join(notes)})" if notes else ""
