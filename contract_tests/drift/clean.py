"""What must never be kept: the profile's secrets in any spelling, and the ids and names of whoever was asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from urllib.parse import quote

from mockserver.resources import folder

from .. import words_cams, words_meta
from ..profile import Profile
from ..secrets import Mask, SecretLeft
from ..wire import Answer

_NAMED = re.compile(r"(^|_)name$|Name$|^ButtonContent$")
_NUMBERED = re.compile(r"(^|_)id$|Id$|^TemplateCode$")
_SHORTEST = 6
_PLAIN = re.compile(r"[A-Za-z_]+")  # a single word may be one of the vendor's own


@dataclass(frozen=True)
class Private:
    """Values that must not be kept, each with what it is; *learned* grows with each answer."""

    secrets: dict[str, str] = field(default_factory=dict)
    learned: dict[str, str] = field(default_factory=dict)
    _judged: dict[str, bool] = field(default_factory=dict)  # texts that were looked at for secrets before

    @cached_property
    def _secret(self) -> Mask:
        return Mask(self.secrets)

    def learn(self, answer: Answer) -> None:
        """Keep the ids and names in *answer* in mind."""
        for name, value in _strings("", answer.json):
            what = "a name" if _NAMED.search(name) else "an id" if _NUMBERED.search(name) else ""
            if what and _tellable(value):
                self.learned[value] = what

    def holds(self, text: str) -> bool:
        """Whether *text* is, or has in it, something private."""
        if text not in self._judged:
            self._judged[text] = bool(self._secret.survivors(text.encode("utf-8", "replace")))
        return self._judged[text] or text in self.learned

    def hide(self, text: str) -> str:
        """*text* with names in the place of secrets and of what was learned."""
        text = self._secret.text(text)
        for value, what in sorted(self.learned.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(value, f"<{what.split()[1]}>")
        return text

    def refuse(self, data: bytes) -> None:
        """Raise SecretLeft, which names no value, if *data* still has anything private in it."""
        found = [f"${name}" for name in self._secret.survivors(data)]
        text = data.decode("utf-8", "replace")
        told = [value for value in self.learned if not _PLAIN.fullmatch(value)]
        found += sorted({self.learned[value] for value in told if value in text or quote(value) in text})
        if found:
            raise SecretLeft(f"nothing is written, because the recording would give away {', '.join(found)}")


def private(profile: Profile) -> Private:
    """What *profile* knows and nobody else should."""
    made = Private(dict(profile.secrets))
    ids: list[str | None] = list(profile.meta.accounts) if profile.meta else []
    if profile.cams:
        for space in (*profile.cams.spaces, *profile.cams.closed.values()):
            ids += [space.id, *space.pages, *space.accounts]
        ids += [part for one in profile.cams.templates for part in (one.code, one.space_id)]
    made.learned.update({one: "an id" for one in ids if one and _tellable(one)})
    return made


def _tellable(value: str) -> bool:
    """Whether *value* can be told from the vendors' own words."""
    return len(value) >= _SHORTEST and (_PLAIN.fullmatch(value) is None or value.lower() not in _vendors_words())


@cache
def _vendors_words() -> frozenset[str]:
    """Every word of the operation files and of the documented errors."""
    texts = [path.read_text(encoding="utf-8") for path in folder("schemas").glob("*/*.json")]
    texts += [error.message for error in words_meta.ERRORS.values()]
    texts += [error.message for error in words_cams.ERRORS.values()]
    return frozenset(word.lower() for text in texts for word in _PLAIN.findall(text))


def _strings(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(key, part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(name, part)
    elif isinstance(value, str):
        yield name, value
