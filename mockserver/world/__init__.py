"""The one world of campaigns: what is true whoever asks. No HTTP and no vendor words here."""
