"""The kit: properties of both vendors' contracts, asked of a mock in process, of any base URL, or of the live APIs."""
