"""The dialects: each reads and writes one vendor's wire."""
