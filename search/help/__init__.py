"""What helps where a search finds nothing or hardly anything, and what is said about hits that need a word."""
