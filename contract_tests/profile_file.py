"""A profile in a TOML file: base URLs and ids stand there, secrets in the environment or behind a command."""

import os
import shlex
import subprocess
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .profile import (
    CamsProfile,
    Divergence,
    Key,
    MetaProfile,
    Profile,
    ProfileFault,
    Space,
    Template,
    Token,
    is_base_url,
)

GRAPH = "https://graph.facebook.com"
CAMS = "https://cams.ap-southeast-1.aliyuncs.com"
_SECRETS = {"access_token", "app_secret", "access_key_secret", "security_token", "access_key_id"}
_META = {"base_url", "version", "access_token", "app_secret", "ad_account_id", "app_id"}
_CAMS = {
    "base_url", "access_key_id", "access_key_secret", "security_token", "cust_space_id", "page_id", "ad_account_id",
    "template_code",
}  # fmt: skip
_TOP = {"meta", "cams", "divergence", "today", "throttle", "ca_file", "timeout", "pace"}


def read(path: str) -> Profile:
    """The profile in the TOML file *path*; raises ProfileFault."""
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ProfileFault(f"cannot read the profile {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileFault(f"{path} is not TOML: {error}") from None
    _known(table, _TOP, path)
    missing: dict[str, str] = {}
    meta, cams = _meta(table, missing), _cams(table, missing)
    return Profile(
        meta=meta,
        cams=cams,
        divergences=_divergences(table.get("divergence", [])),
        today=_typed(table, "today", date, "a date such as 2026-11-21"),
        throttle=_typed(table, "throttle", (int, float), "a number"),
        ca_file=_typed(table, "ca_file", str, "the path of a PEM file"),
        timeout=_positive(table, "timeout", 30, "seconds"),
        pace=_positive(table, "pace", 2, "calls a second"),
        missing=missing,
    )


def _meta(table: Mapping[str, Any], missing: dict[str, str]) -> MetaProfile | None:
    part = _part(table, "meta", _META, missing)
    values = _needed(part, "meta", ("access_token",), missing)
    if values is None:
        return None
    account = str(values.get("ad_account_id", ""))
    return MetaProfile(
        base_url=values.get("base_url", GRAPH).rstrip("/"),
        token=Token(values["access_token"], values.get("app_secret")),
        version=values.get("version", "v26.0"),
        accounts=(f"act_{account.removeprefix('act_')}",) if account else (),
    )


def _cams(table: Mapping[str, Any], missing: dict[str, str]) -> CamsProfile | None:
    part = _part(table, "cams", _CAMS, missing)
    needed = ("access_key_id", "access_key_secret", "cust_space_id", "page_id")
    values = _needed(part, "cams", needed, missing)
    if values is None:
        return None
    space = Space(
        str(values["cust_space_id"]),
        (str(values["page_id"]),),
        (str(values["ad_account_id"]).removeprefix("act_"),) if "ad_account_id" in values else (),
    )
    code = values.get("template_code")
    return CamsProfile(
        base_url=values.get("base_url", CAMS).rstrip("/"),
        key=Key(values["access_key_id"], values["access_key_secret"], values.get("security_token")),
        spaces=(space,),
        templates=(Template(str(code), space.id),) if code else (),
    )


def _part(table: Mapping[str, Any], name: str, known: set[str], missing: dict[str, str]) -> Mapping[str, Any] | None:
    part = table.get(name)
    if part is None:
        missing[name] = f"the profile has no [{name}]"
        return None
    if not isinstance(part, dict):
        raise ProfileFault(f"{name} in the profile is {part!r}, expected a table")
    _known(part, known, f"[{name}]")
    return part


def _needed(
    part: Mapping[str, Any] | None, vendor: str, names: tuple[str, ...], missing: dict[str, str]
) -> dict[str, Any] | None:
    """The values of *part*, secrets looked up; None, and the reason in *missing*, where one of *names* is not set."""
    if part is None:
        return None
    values = {name: _value(f"{vendor}.{name}", name, value) for name, value in part.items()}
    if not is_base_url(values.get("base_url", GRAPH)):
        raise ProfileFault(
            f"{vendor}.base_url is {values['base_url']!r}, expected a URL such as https://graph.facebook.com"
        )
    for name in names:
        if not values.get(name):
            missing[vendor] = f"{vendor}.{name} is not set{_where(part.get(name))}"
            return None
    return {name: value for name, value in values.items() if value}


def _where(value: Any) -> str:
    return f": the environment has no {value['env']}" if isinstance(value, dict) and "env" in value else ""


def _value(where: str, name: str, value: Any) -> Any:
    if name not in _SECRETS:
        if isinstance(value, dict):
            raise ProfileFault(f"{where} is {value!r}, expected a text")
        return value
    if not isinstance(value, dict) or len(value) != 1 or not set(value) <= {"env", "command"}:
        raise ProfileFault(f'{where} must not stand in the file; expected {{env = "NAME"}} or {{command = "…"}}')
    if "env" in value:
        return os.environ.get(str(value["env"]), "")
    try:
        done = subprocess.run(shlex.split(str(value["command"])), capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise ProfileFault(f"the command of {where} failed: {type(error).__name__}") from None
    return done.stdout.strip()


def _divergences(listed: Any) -> tuple[Divergence, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise ProfileFault(f"divergence in the profile is {listed!r}, expected [[divergence]] tables")
    return tuple(map(_divergence, listed))


def _divergence(entry: Mapping[str, Any]) -> Divergence:
    until = entry.get("until")
    if not isinstance(entry.get("property"), str) or type(until) is not date or not entry.get("reason"):
        raise ProfileFault(f"[[divergence]] is {dict(entry)!r}, expected property, until (a date) and reason")
    return Divergence(entry["property"], until, str(entry["reason"]))


def _typed(table: Mapping[str, Any], name: str, kind: Any, expected: str) -> Any:
    value = table.get(name)
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool | datetime)):
        raise ProfileFault(f"{name} in the profile is {value!r}, expected {expected}")
    return value


def _positive(table: Mapping[str, Any], name: str, usual: float, what: str) -> float:
    value = float(_typed(table, name, (int, float), what) or usual)
    if not 0 < value < 1e6:
        raise ProfileFault(f"{name} in the profile is {value:g}, expected {what} above 0")
    return value


def _known(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for name in table:
        if name not in known:
            raise ProfileFault(f"{where} has {name!r}, expected one of {', '.join(sorted(known))}")
