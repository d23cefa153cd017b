"""What in a family's words could name a person or lead somewhere: found, and masked. Pure.

It is meant well, not proof: a name cannot be told from any other word.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

MAIL = re.compile(r"[^\s@<>()\[\],;:\"]+\s?(?:@|\(at\)|\[at\])\s?[^\s@<>()\[\],;:\"]+\.[^\W\d_]{2,}", re.IGNORECASE)
LINK = re.compile(r"(?:[a-z][a-z+.-]*://|www\.)\S+", re.IGNORECASE)
# Six digits or more, with what people put between them.
NUMBER = re.compile(r"(?:\+|\(0|\b)\d(?:[\s./()–-]{0,3}\d){5,}")
# What has as many digits and is none: dates, times, a house number before a postcode.
NO_NUMBER = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:\d{4}|\d{2})\b)?"
    r"|\b\d{1,2}[.:]\d{2}(?:\s?(?:-|–|bis)\s?\d{1,2}[.:]\d{2})?\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,3}\s?[a-z]?\s\d{5}(?=\s[^\W\d_])"
)


def one_line(text: str) -> str:
    """The text without breaks and what cannot be seen, such as signs that turn the direction of writing."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text if _shows(sign)).split())


def _shows(sign: str) -> bool:
    # Joiners belong to the writing of several languages and to emoji.
    return unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn") or sign in "\u200c\u200d"


def masked(text: str, public: tuple[str, ...] = ()) -> str:
    """The text in which numbers, addresses and links are replaced by a word, but for those that the listing itself shows (`public`)."""
    known = {_bare(each) for each in public if each}
    for pattern, word in ((MAIL, _("[E-Mail-Adresse entfernt]")), (LINK, _("[Link entfernt]"))):
        text = pattern.sub(lambda found, word=word: found[0] if _bare(found[0]) in known else word, text)  # type: ignore[misc]
    # Dates keep their place, so that what is found there is found in the text.
    rest = NO_NUMBER.sub(lambda found: "x" * len(found[0]), text)
    for found in reversed(list(NUMBER.finditer(rest))):
        if _bare(found[0]) not in known:
            text = text[: found.start()] + _("[Nummer entfernt]") + text[found.end() :]
    return text


def _bare(contact: str) -> str:
    """How two ways to write the same number or address are alike: +49 2603 1234 and 02603/1234."""
    contact = contact.casefold().strip(".,;:!? ")
    if "@" in contact or not re.search(r"\d", contact):
        return contact
    digits = re.sub(r"\D", "", contact.replace("(0)", ""))
    return re.sub(r"^(?:0049|49|0)", "", digits)
