"""Where the names and the chance of a new world come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockserver.errors import UserError

if TYPE_CHECKING:
    from random import Random

    from faker import Faker


def chance(seed: int, part: str) -> Random:
    """A stream of chance for one *part* of a world, so that no part depends on the size of another."""
    from faker import Generator

    generator = Generator()
    generator.seed_instance(f"{seed} {part}")
    return generator.random


@dataclass(frozen=True, slots=True)
class Names:
    """One Faker for each locale of a world, in the order of the locales."""

    locales: Sequence[str]
    fakers: Sequence[Faker]

    @classmethod
    def of(cls, seed: int, locales: Sequence[str]) -> Names:
        """The names of these *locales*; raises UserError for one that Faker does not know."""
        from faker import Faker
        from faker.config import AVAILABLE_LOCALES

        if not locales:
            raise UserError("locales is empty, expected one or more such as en_US, de_DE or ja_JP")
        for locale in locales:
            if locale not in AVAILABLE_LOCALES:
                raise UserError(f"locale is {locale!r}, expected one that Faker knows, such as en_US, de_DE or ja_JP")
        fakers = [Faker(locale) for locale in locales]
        for locale, faker in zip(locales, fakers, strict=True):
            faker.seed_instance(f"{seed} {locale}")
        return cls(locales, fakers)

    def locale(self, number: int) -> str:
        """The locale of the *number*th thing: all take turns."""
        return self.locales[number % len(self.locales)]

    def company(self, number: int) -> str:
        """A company's name for the *number*th thing."""
        return self.fakers[number % len(self.fakers)].company()
