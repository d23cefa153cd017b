"""Our lines of the log, beside those of people.accounts.log."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry

from cms import log_words
from cms.models import User
from people.accounts import log

ACTIONS = {
    "people.invited": (_("Eingeladen"), _("eingeladen: {what}")),
    "people.joined": (_("Einladung angenommen"), _("hat die Einladung angenommen")),
    "people.left": (_("Aus dem Team genommen"), _("nicht mehr im Team: {what}")),
    "people.handed_over": (_("Übergabe"), _("hat übernommen: {what}")),
    "people.factor_reset": (_("Zweiter Schritt zurückgesetzt"), _("der zweite Schritt wurde zurückgesetzt")),
}


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail our actions (hook register_log_actions)."""
    for action, (label, sentence) in ACTIONS.items():
        log_words.register(actions, action, log.Formatter, label=label, sentence=sentence)


def note(person: User, action: str, what: str = "", by: User | None = None) -> None:
    """One entry about a person; `action` without its prefix."""
    log.note(person, action, what, by=by)
