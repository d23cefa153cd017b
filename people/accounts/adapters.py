"""What we tell allauth: nobody signs up, what its messages say, how its mails look, and which factor may not go."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cms.mail import letters
from people.accounts import factors, log


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; the district invites."""

    error_messages = {  # noqa: RUF012  as the class above has it
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmt nicht. Groß- und Kleinschreibung zählt beim Passwort."),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "enter_current_password": _("Das ist nicht Ihr jetziges Passwort."),
        "too_many_login_attempts": _("Zu viele Versuche. In fünf Minuten geht es weiter."),
        "rate_limited": _("Zu viele Versuche. In fünf Minuten geht es weiter."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.sign_in_failed(str(credentials.get("email", "")))

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Every mail is written once, as text (templates/account/email, templates/mfa/email); its HTML is made of the same words."""
        values = {**context, **letters.of_the_site()}
        message = super().render_mail(template_prefix, email, values, headers)
        words = render_to_string(f"{template_prefix}_message.txt", {**values, "layout": "mail/words.txt"})
        if isinstance(message, EmailMultiAlternatives):
            button = str(message.subject).removeprefix(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
            message.attach_alternative(letters.as_html(words, button), "text/html")
        return message


class MFAAdapter(DefaultMFAAdapter):
    """Names and words of the second factor, and that the last one stays where a role needs it."""

    error_messages = {  # noqa: RUF012  as the class above has it
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Ihre Aufgabe braucht einen zweiten Schritt. Richten Sie zuerst einen anderen ein."),
        "cannot_generate_recovery_codes": _("Richten Sie zuerst einen Passkey oder die App ein."),
        "incorrect_code": _("Dieser Code stimmt nicht, oder er ist schon abgelaufen. Nehmen Sie den, der jetzt zu sehen ist."),
        "unverified_email": _("Bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return factors.may_remove(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Mein Gerät") if number == 1 else ngettext("%(number)d. Gerät", "%(number)d. Gerät", number) % {"number": number}

    def _get_site_name(self) -> str:
        # What the phone shows beside the key; the host alone says little.
        return settings.WAGTAIL_SITE_NAME
