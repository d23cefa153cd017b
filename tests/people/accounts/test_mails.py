"""What accounts get by mail: each as text and as HTML in our look, in German, from the same words."""

import re
from html import unescape
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cms.mail.letters import as_html
from cms.mail.words import Part, parts
from tests.people.accounts.conftest import PASSWORD, code_of, sign_in

pytestmark = pytest.mark.django_db


def only_mail():
    """The one mail that was written, as subject, text, HTML and what one reads of the HTML."""
    (message,) = mail.outbox
    mail.outbox.clear()
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    body = html.partition("<body")[2]
    return message.subject, message.body, html, " ".join(unescape(re.sub(r"<[^>]+>", " ", f"<body{body}")).split())


def said(text):
    return " ".join(text.split())


def test_a_forgotten_password(client, kita):
    client.post(reverse("account_reset_password"), {"email": kita.email})
    subject, text, html, read = only_mail()
    assert subject == f"{settings.WAGTAIL_SITE_NAME}: Neues Passwort wählen"
    (link,) = re.findall(r"https?://\S+/konto/\S+", text)
    assert f'href="{link}"' in html
    assert re.search(rf'<a href="{re.escape(link)}"[^>]*>Neues Passwort wählen</a>', html)
    for content in (said(text), read):
        assert content.count("Guten Tag,") == 1
        assert "für Ihr Konto wurde ein neues Passwort angefragt" in content
        assert "Waren Sie das nicht? Dann tun Sie nichts" in content
        assert content.count("Ihre Kreisverwaltung") == 1
    assert client.get(link, follow=True).status_code == 200


def test_a_forgotten_password_without_an_account(client, db):
    client.post(reverse("account_reset_password"), {"email": "o'niemand&co@example.com"})
    subject, text, html, read = only_mail()
    assert subject.endswith("Kein Konto zu dieser Adresse")
    for content in (said(text), read):
        assert "jemand wollte für o'niemand&co@example.com ein neues Passwort" in content
        assert "Waren Sie das? Vielleicht hat Ihre Einrichtung" in content
    assert "niemand&amp;co" in html


def test_a_new_password(client, kita):
    sign_in(client, kita)
    values = {"oldpassword": PASSWORD, "password1": "noch-ein-langes-passwort", "password2": "noch-ein-langes-passwort"}
    client.post(reverse("account_change_password"), values)
    subject, text, _html, read = only_mail()
    assert subject.endswith("Passwort geändert")
    for content in (said(text), read):
        assert "das Passwort Ihres Kontos wurde geändert." in content
        assert "rufen Sie die Kreisverwaltung an. Geändert wurde es am" in content


def test_a_code_can_be_read_from_afar(client, district):
    sign_in(client, district)
    client.post(reverse("second_factor"))
    subject, text, html, read = only_mail()
    assert subject.endswith("Ihr Code")
    (code,) = re.findall(r"^\d{4} \d{4}$", text, re.MULTILINE)
    assert re.search(rf"<p style=\"[^\"]*font-size:28px[^\"]*\">{code}</p>", html)
    assert "Geben Sie den Code niemandem" in read


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_app_and_new_codes_for_emergencies(client, district):
    sign_in(client, district)
    client.post(reverse("second_factor"))
    client.post(reverse("second_factor"), {"code": re.search(r"^\d{4} \d{4}$", mail.outbox.pop().body, re.MULTILINE)[0]})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    caches["limits"].clear()
    subject, text, _html, read = only_mail()
    assert subject.endswith("App für Codes eingerichtet")
    for content in (said(text), read):
        assert "für Ihr Konto wurde eine App eingerichtet, die Codes zeigt." in content
    client.post(reverse("mfa_generate_recovery_codes"))
    subject, text, _html, read = only_mail()
    assert subject.endswith("Neue Notfall-Codes")
    for content in (said(text), read):
        assert "Die alten gelten nicht mehr." in content


def test_another_address(client, kita):
    sign_in(client, kita)
    client.post(reverse("account_email"), {"email": "neu@example.com", "action_add": ""})
    subject, text, html, read = only_mail()
    assert subject.endswith("Bitte bestätigen Sie Ihre E-Mail-Adresse")
    (link,) = re.findall(r"^https?://\S+/konto/confirm-email/\S+$", text, re.MULTILINE)
    assert f'href="{link}"' in html
    for content in (said(text), read):
        assert "jemand möchte diese Adresse für das Konto Kim Muster verwenden" in content


OURS = sorted(settings.BASE_DIR.glob("templates/*/email/*_message.txt"))
THEIRS = sorted(Path(allauth.__file__).parent.glob("templates/*/email/*_message.txt"))
NAMES = sorted({f"{path.parts[-3]}/email/{path.name.removesuffix('_message.txt')}" for path in OURS + THEIRS} - {"account/email/base"})


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_that_there_could_be_has_both_parts(name, kita):
    """Also those that are switched off today."""
    with context.request_context(RequestFactory().get("/")):
        values = {
            "user": kita,
            "timestamp": timezone.now(),
            "code": "1234 5678",
            "password_reset_url": "https://kreis.example/konto/a/",
            "activate_url": "https://kreis.example/konto/a/",
            "password_url": "https://kreis.example/konto/a/",
            "signup_url": "https://kreis.example/konto/a/",
        }
        get_adapter().send_mail(name, kita.email, values)
    subject, text, html, read = only_mail()
    assert subject.startswith(settings.WAGTAIL_SITE_NAME)
    assert text.startswith("Guten Tag,\n\n")
    assert text.endswith(settings.WAGTAILADMIN_BASE_URL)
    assert "\n\nHerzliche Grüße\nIhre Kreisverwaltung\n" in text
    assert "\n\n\n" not in text
    assert settings.WAGTAIL_SITE_NAME in read
    assert "http" not in html.replace(settings.WAGTAILADMIN_BASE_URL, "").replace("https://kreis.example", "")
    # Sentence by sentence the same.
    words = text.removeprefix("Guten Tag,").partition("Herzliche Grüße")[0]
    for paragraph in filter(None, (each.strip() for each in words.split("\n\n"))):
        assert said(paragraph) in read or f'href="{paragraph}"' in html


@pytest.mark.parametrize("path", [path for path in OURS if not path.name.startswith("base_")], ids=lambda path: path.stem)
def test_every_mail_of_ours_has_a_subject_of_ours(path):
    assert path.with_name(path.name.replace("_message", "_subject")).exists()


def test_what_stands_alone_is_a_button_or_a_code():
    text = "Hier:\n\nhttps://a.example/x/?b=1&c=2\n\n 1234 5678 \n\nAm 3. Mai:\nhttps://b.example/\n\n\n1 Tag"
    assert parts(text) == [
        Part(words="Hier:"),
        Part(url="https://a.example/x/?b=1&c=2"),
        Part(code="1234 5678"),
        Part(words="Am 3. Mai:\nhttps://b.example/"),
        Part(words="1 Tag"),
    ]
    html = as_html("<b>\n\njavascript:alert(1)\n\n" + text, "Los <geht's>")
    assert "&lt;b&gt;" in html
    assert 'href="javascript' not in html
    assert 'href="https://a.example/x/?b=1&amp;c=2"' in html
    assert "Los &lt;geht&#x27;s&gt;" in html
