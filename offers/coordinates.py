"""Degrees as people copy them: 50,3128 or 50.3128° N or 50° 18′ 46″."""

import re

NUMBER = r"\d+(?:[.,]\d+)?"
DEGREES = re.compile(
    rf"""^\s*(?P<sign>[-−])?\s*(?P<degrees>{NUMBER})\s*°?
    (?:\s*(?P<minutes>{NUMBER})\s*['’′])?
    (?:\s*(?P<seconds>{NUMBER})\s*(?:["”″]|''|′′))?
    \s*(?P<side>[NSOEW])?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


def plain_degrees(text: str) -> str:
    """The text as a decimal number with a point, west and south negative; a text that is none comes back as it was."""
    match = DEGREES.match(text)
    if not match:
        return text
    degrees, minutes, seconds = (match[name] for name in ("degrees", "minutes", "seconds"))
    if minutes is None and seconds is None:
        value = _number(degrees)
    else:
        value = round(_number(degrees) + _number(minutes) / 60 + _number(seconds) / 3600, 6)
    negative = bool(match["sign"]) != ((match["side"] or "").upper() in {"S", "W"})
    return f"{-value if negative else value}"


def _number(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0
