"""Listings as CSV: `cells` and `rules` know how one cell reads, `columns` which cells a page has, `table` how a file becomes
rows, `comparison` what a row would change, `importing` and `exporting` do it. The format: docs/listing-format.md."""
