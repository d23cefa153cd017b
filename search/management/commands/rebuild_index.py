"""Make the whole index anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from offers.models import OfferPage
from search.contract import IndexUnavailable
from search.documents import documents
from search.management.commands._progress import shown
from search.outbox import rebuild


class Command(BaseCommand):
    help = "Baut den Suchindex neu auf. Bis er fertig ist, antwortet die Suche aus dem alten; Änderungen warten so lange."

    def handle(self, *args: Any, **options: Any) -> None:
        total = OfferPage.objects.live().count()
        try:
            rebuild(made=shown(documents(), self.stdout, _("Angebote im neuen Index"), total))
        except IndexUnavailable as error:
            raise CommandError(str(error)) from error
