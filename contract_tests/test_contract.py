"""Every property of the catalogue as one test."""

from .property import Property
from .pytest_kit import Kit, judged


def test_the_contract_is_kept(one: Property, kit: Kit) -> None:
    """
    The target keeps this property of its vendor's contract.
    """
    judged(kit.run(one), kit.target.mask)
