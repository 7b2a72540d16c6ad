"""The Graph API dialect."""
