"""The closed lists of the listing format. Values are those of the CSV and of the public addresses; they stay."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    KITA = "kita", _("Kita")
    FAMILY_CENTRE = "familienzentrum", _("Familienzentrum")
    COUNSELLING = "beratungsstelle", _("Beratungsstelle")
    ASSOCIATION = "verein", _("Verein")
    DISTRICT = "kreis", _("Kreisverwaltung")
    OTHER = "sonstige", _("Sonstige")


class OfferKind(models.TextChoices):
    GROUP = "gruppe", _("Eltern-Kind-Gruppe")
    COUNSELLING = "beratung", _("Beratung")
    EVENT = "veranstaltung", _("Veranstaltung")
    COURSE = "kurs", _("Kurs")
    OPEN_HOUSE = "treff", _("Offener Treff")


class Form(models.TextChoices):
    ON_SITE = "vor_ort", _("Vor Ort")
    ONLINE = "online", _("Online")
    TELEPHONE = "telefon", _("Am Telefon")
    AT_HOME = "zuhause", _("Bei Ihnen zu Hause")


class VenueKind(models.TextChoices):
    PROVIDER = "anbieter", _("Bei uns im Haus")
    OWN = "eigener", _("An einem anderen Ort")
    NONE = "keiner", _("Ohne festen Ort")


class Audience(models.TextChoices):
    PARENTS = "eltern", _("Eltern")
    MOTHERS = "muetter", _("Mütter")
    FATHERS = "vaeter", _("Väter")
    EXPECTING = "schwangere", _("Schwangere")
    GRANDPARENTS = "grosseltern", _("Großeltern")
    CHILDREN = "kinder", _("Kinder")
    FAMILIES = "familien", _("Familien")
    PROFESSIONALS = "fachkraefte", _("Fachkräfte")


class Language(models.TextChoices):
    GERMAN = "de", _("Deutsch")
    ENGLISH = "en", _("Englisch")
    TURKISH = "tr", _("Türkisch")
    ARABIC = "ar", _("Arabisch")
    UKRAINIAN = "uk", _("Ukrainisch")
    RUSSIAN = "ru", _("Russisch")
    POLISH = "pl", _("Polnisch")
    PERSIAN = "fa", _("Persisch")
    ROMANIAN = "ro", _("Rumänisch")


class Cost(models.TextChoices):
    FREE = "kostenfrei", _("Kostenfrei")
    FEE = "betrag", _("Kostet etwas")
    DONATION = "spende", _("Spende")


class Registration(models.TextChoices):
    NONE = "keine", _("Ohne Anmeldung")
    WELCOME = "erwuenscht", _("Anmeldung erwünscht")
    REQUIRED = "erforderlich", _("Nur mit Anmeldung")


class Accessibility(models.TextChoices):
    WHEELCHAIR = "rollstuhl", _("Mit dem Rollstuhl erreichbar")
    LIFT = "aufzug", _("Aufzug")
    TOILET = "wc", _("Barrierefreies WC")
    PLAIN_LANGUAGE = "leichte_sprache", _("Leichte Sprache")
    SIGN_LANGUAGE = "gebaerdensprache", _("Gebärdensprache")
    HEARING_LOOP = "hoeranlage", _("Höranlage")
    PUSHCHAIR = "kinderwagen", _("Mit dem Kinderwagen erreichbar")


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("Jede Woche oder alle paar Wochen")
    MONTHLY = "monthly", _("Jeden Monat")
    ONCE = "once", _("Ein einzelner Tag")


class Weekday(models.IntegerChoices):
    """Monday is 0, as in datetime.date.weekday()."""

    MONDAY = 0, _("Montag")
    TUESDAY = 1, _("Dienstag")
    WEDNESDAY = 2, _("Mittwoch")
    THURSDAY = 3, _("Donnerstag")
    FRIDAY = 4, _("Freitag")
    SATURDAY = 5, _("Samstag")
    SUNDAY = 6, _("Sonntag")


class WeekOfMonth(models.IntegerChoices):
    FIRST = 1, _("ersten")
    SECOND = 2, _("zweiten")
    THIRD = 3, _("dritten")
    FOURTH = 4, _("vierten")
    LAST = -1, _("letzten")
