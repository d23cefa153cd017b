"""The desk of whoever keeps listings: the first page after signing in, one tap for what is done often, and new offers from an example."""
