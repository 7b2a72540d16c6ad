"""The properties; each module puts its own into the catalogue."""
