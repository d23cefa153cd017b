"""allauth's forms in our words. Settings name them in MFA_FORMS."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


def code_field(label: Any) -> forms.CharField:
    """A field that telephones fill by themselves, with the digits' keyboard."""
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=CODE))


class MailboxForm(forms.Form):
    """The code that came by mail."""

    code = code_field(_("Code aus der E-Mail"))


class AppForm(ActivateTOTPForm):
    code = code_field(_("Code, den die App jetzt zeigt"))


class SignInCodeForm(AuthenticateForm):
    code = code_field(_("Code aus der App, oder ein Notfall-Code"))


class ConfirmCodeForm(ReauthenticateForm):
    code = code_field(_("Code aus der App, oder ein Notfall-Code"))


class PasskeyForm(AddWebAuthnForm):
    """A passkey opens the account without a password, unless somebody unticks it for an old security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Geräts")
        self.fields["name"].help_text = _("Damit Sie es wiedererkennen, zum Beispiel: Telefon, Büro-Laptop.")
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["passwordless"].label = _("Damit auch ohne Passwort anmelden")
        self.fields["passwordless"].help_text = _("Nur bei alten Sicherheitsschlüsseln ohne PIN abwählen.")
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Geräts")
        self.fields["name"].widget.attrs["autocomplete"] = "off"
