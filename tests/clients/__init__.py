"""Clients that nobody here wrote, run unmodified against a server, and the README's table of what they can do."""
