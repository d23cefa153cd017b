"""Who did what, in Wagtail's own log: beside its entries for pages and models, ours for accounts. No passwords, no machines."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.log_actions import log as write
from wagtail.models import ModelLogEntry, PageLogEntry

from cms import log_words
from cms.models import User

ACTIONS = {
    "people.sign_in": (_("Anmeldung"), _("hat sich angemeldet")),
    "people.sign_in_failed": (_("Anmeldung misslungen"), _("Anmeldung misslungen: falsches Passwort")),
    "people.sign_in_unknown": (_("Anmeldung mit unbekannter Adresse"), _("Anmeldung misslungen: kein Konto mit dieser Adresse")),
    "people.second_factor_failed": (_("Zweiter Schritt misslungen"), _("Anmeldung misslungen: falscher Code")),
    "people.factor_added": (_("Zweiter Schritt eingerichtet"), _("hat eingerichtet: {what}")),
    "people.factor_removed": (_("Zweiter Schritt entfernt"), _("hat entfernt: {what}")),
    "people.recovery_code_used": (_("Notfall-Code benutzt"), _("hat einen Notfall-Code benutzt")),
    "people.recovery_codes_made": (_("Neue Notfall-Codes"), _("hat neue Notfall-Codes gemacht")),
    "people.password_changed": (_("Passwort geändert"), _("hat das Passwort geändert")),
    "people.rights_changed": (_("Rechte geändert"), _("Rechte geändert: {what}")),
    "people.download": (_("Daten heruntergeladen"), _("hat eine Tabelle heruntergeladen: {what}")),
}


class Formatter(LogFormatter):
    """An entry's sentence, with what it is about."""

    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        return str(self.sentence).format(what=log_entry.data.get("what", ""))


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail our actions (hook register_log_actions)."""
    for action, (label, sentence) in ACTIONS.items():
        log_words.register(actions, action, Formatter, label=label, sentence=sentence)


def note(user: User, action: str, what: str | Sequence[str] = (), by: User | None = None) -> None:
    """One entry about an account. `what`: names, joined by commas; `by`: who did it, if known."""
    text = what if isinstance(what, str) else ", ".join(what)
    write(user, f"people.{action}", user=by, data={"what": text} if text else {})


def sign_in_failed(email: str) -> None:
    """A wrong password is noted at its account; of an address that is none of ours, only that it happened.

    One query and one row in both cases: time tells nobody which it was.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user:
        write(user, "people.sign_in_failed")
    else:
        write(User(pk=0), "people.sign_in_unknown", title=gettext("Unbekannte Adresse"))


def download(user: User, what: str) -> None:
    """Somebody has taken data about people out of the site; `what` says which: an address or a name."""
    note(user, "download", what, by=user)


def forget() -> int:
    """Delete what is older than LOG_KEEP_DAYS. Returns how many entries."""
    before = timezone.now() - timedelta(days=settings.LOG_KEEP_DAYS)
    return sum(model.objects.filter(timestamp__lt=before).delete()[0] for model in (ModelLogEntry, PageLogEntry))


def forget_ended_sessions() -> int:
    """Delete the list of where people were signed in, for sessions that are over. Returns how many."""
    from allauth.usersessions.models import UserSession

    running = Session.objects.filter(expire_date__gte=timezone.now()).values("session_key")
    return UserSession.objects.exclude(session_key__in=running).delete()[0]
