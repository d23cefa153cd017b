"""A mail as we write them: subject, text and HTML from three templates, one look."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from cms.mail.words import parts


def send(to: str | Iterable[str], template: str, context: Mapping[str, Any], *, stop_url: str = "", one_click: bool = False) -> int:
    """Write one mail to each of these addresses; they do not see one another. Returns how many.

    `template` names mail/<template>.subject.txt, .txt and .html. They know `site_name` and `site_url` besides the context. `stop_url` is
    the full address of a page on which one ends such mails; `one_click`: a POST to it ends them at once (RFC 8058).
    """
    with translation.override(settings.LANGUAGE_CODE):
        values = {**of_the_site(), "stop_url": stop_url, **context}
        subject, text, html = (render_to_string(f"mail/{template}.{ending}", values) for ending in ("subject.txt", "txt", "html"))
    headers = {"List-Unsubscribe": f"<{stop_url}>"} if stop_url else {}
    if stop_url and one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    addresses = list(dict.fromkeys([to] if isinstance(to, str) else to))
    for address in addresses:
        # A subject is one line; titles of pages may bring spaces and breaks along.
        mail = EmailMultiAlternatives(" ".join(subject.split()), f"{text.strip()}\n", to=[address], headers=headers)
        mail.attach_alternative(html, "text/html")
        mail.send()
    return len(addresses)


def of_the_site() -> dict[str, str]:
    """What the frame around every mail says."""
    return {"site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.WAGTAILADMIN_BASE_URL}


def as_html(text: str, button: str) -> str:
    """A mail of which only the words are written, without greeting and end, in our look.

    An address that stands alone becomes a button that says `button`.
    """
    return render_to_string("mail/words.html", {**of_the_site(), "parts": parts(text), "button": button})
