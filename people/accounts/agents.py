"""What a browser calls itself, in words that people recognize."""

# The first that fits counts: many name others too, for old servers' sake.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


def describe(user_agent: str) -> tuple[str, str]:
    """Browser and system, "" for what is unknown: ("Firefox", "Windows")."""
    browser, system = (next((name for part, name in names if part in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return browser, system
