"""The vendors' contracts: operation files compiled once at start into routes, readers, writers and validators."""
