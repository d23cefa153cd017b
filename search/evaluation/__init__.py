"""How well questions are answered: figures for each engine, each part of it, and the search of Wagtail beside it."""
