"""The words of a mail, cut into what HTML shows differently. Pure."""

import re
from dataclasses import dataclass

URL = re.compile(r"https?://\S+")
CODE = re.compile(r"\d[\d ]{3,}")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph: the address of a button, a code to type in, or words. The other two are empty."""

    url: str = ""
    code: str = ""
    words: str = ""


def parts(text: str) -> list[Part]:
    """The paragraphs of a text, which empty lines part; an address or a code counts as one where it stands alone."""
    paragraphs = (each.strip() for each in re.split(r"\n\s*\n", text))
    return [_part(each) for each in paragraphs if each]


def _part(paragraph: str) -> Part:
    if URL.fullmatch(paragraph):
        return Part(url=paragraph)
    return Part(code=paragraph) if CODE.fullmatch(paragraph) else Part(words=paragraph)
