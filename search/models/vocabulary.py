"""The vocabulary as editors see and change it: what is bundled, what they made of it, what they added."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.choices import Language, OfferKind
from search.editing.wordcheck import faults_of_situation, faults_of_term
from search.vocabulary import Situation as SituationEntry
from search.vocabulary import Term, TermKind
from search.vocabulary.entries import in_order, listed, tagged


class VocabularyState(models.Model):
    """One row: its token changes with every change of the vocabulary, so that other processes notice with one look."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


# Whose words a translation has.
FOREIGN_LANGUAGES = [choice for choice in Language.choices if choice[0] != Language.GERMAN]


class Origin(models.TextChoices):
    BUNDLED = "bundled", _("mitgeliefert")
    EDITED = "edited", _("mitgeliefert, geändert")
    OWN = "own", _("eigener Eintrag")


class VocabularyEntry(models.Model):
    """What bundled entries and those of editors have in common."""

    # What the files said when they were last loaded; empty for entries of editors. Tells their changes from what is bundled.
    loaded = models.JSONField(default=dict, blank=True, editable=False)
    origin = models.CharField(_("Herkunft"), max_length=10, choices=Origin.choices, default=Origin.OWN, editable=False)
    active = models.BooleanField(_("In der Suche"), default=True)
    changed_at = models.DateTimeField(_("Geändert"), auto_now=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle_origin()
        super().save(*args, **kwargs)

    def content(self) -> dict[str, Any]:
        """What the files could say about the entry."""
        raise NotImplementedError

    def settle_origin(self) -> None:
        """Whose the entry is, by comparing it with what was loaded."""
        same = self.active and self.content() == self.loaded
        self.origin = Origin.OWN if not self.loaded else Origin.BUNDLED if same else Origin.EDITED


class Situation(VocabularyEntry):
    """A situation of families: what they type, and what listings call the help."""

    slug = models.SlugField(_("Kennung"), max_length=80, unique=True)
    label = models.CharField(_("Bezeichnung"), max_length=120)
    topics = models.JSONField(_("Themen"), default=list, blank=True)
    kinds = models.JSONField(_("Arten von Angeboten"), default=list, blank=True)
    words = models.TextField(_("Wörter der Angebote"))
    phrases = models.TextField(_("Was Familien tippen"))

    class Meta:
        verbose_name = _("Lebenslage")
        verbose_name_plural = _("Lebenslagen")
        ordering: ClassVar[list[str]] = ["label"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if faults := faults_of_situation(self.entry(), [str(kind) for kind in OfferKind.values]):
            raise ValidationError(dict(faults))

    def entry(self) -> SituationEntry:
        phrases, languages = in_order(tagged(line) for line in self.phrases.replace("|", "\n").splitlines())
        return SituationEntry(self.slug, self.label, tuple(self.topics), tuple(self.kinds), listed(self.words), phrases, languages)

    def content(self) -> dict[str, Any]:
        return content_of_situation(self.entry())


class VocabularyTerm(VocabularyEntry):
    """An entry about words: see `search.vocabulary.entries.TermKind`."""

    class Kind(models.TextChoices):
        EQUAL = TermKind.EQUAL.value, _("Gleiche Bedeutung")
        BROADER = TermKind.BROADER.value, _("Führt auch zu")
        TRANSLATION = TermKind.TRANSLATION.value, _("Andere Sprache")
        STOP_WORD = TermKind.STOP_WORD.value, _("Fragewort, wird überlesen")
        CONSTITUENT = TermKind.CONSTITUENT.value, _("Wortbestandteil")

    # Two entries with one key would say the same kind of thing about the same word.
    key = models.CharField(max_length=200, unique=True, editable=False)
    kind = models.CharField(_("Was der Eintrag bewirkt"), max_length=12, choices=Kind.choices)
    language = models.CharField(_("Sprache"), max_length=2, blank=True, choices=FOREIGN_LANGUAGES)
    words = models.TextField(_("Wörter"))
    target = models.TextField(_("Führt zu"), blank=True)

    class Meta:
        verbose_name = _("Wort der Suche")
        verbose_name_plural = _("Wörter der Suche")
        ordering: ClassVar[list[str]] = ["kind", "words"]

    def __str__(self) -> str:
        words = ", ".join(listed(self.words))
        return f"{words} > {', '.join(listed(self.target))}" if self.target else words

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A bundled entry keeps the key under which it is found again, whatever an editor makes of it.
        if not self.loaded:
            self.key = self.entry().key
        super().save(*args, **kwargs)

    def clean(self) -> None:
        if self.kind != TermKind.TRANSLATION:
            self.language = ""
        if self.kind not in (TermKind.BROADER, TermKind.TRANSLATION):
            self.target = ""
        if faults := faults_of_term(self.entry()):
            raise ValidationError(dict(faults))
        if not self.loaded and VocabularyTerm.objects.exclude(pk=self.pk).filter(key=self.entry().key).exists():
            raise ValidationError({"words": _("Dazu gibt es schon einen Eintrag. Ergänzen Sie dort, was fehlt.")})

    def entry(self) -> Term:
        return Term(TermKind(self.kind), listed(self.words), listed(self.target), self.language)

    def content(self) -> dict[str, Any]:
        return content_of_term(self.entry())


def content_of_situation(entry: SituationEntry) -> dict[str, Any]:
    """An entry as it is remembered of the files."""
    return {
        "label": entry.label,
        "topics": list(entry.topics),
        "kinds": list(entry.kinds),
        "words": list(entry.words),
        "phrases": entry.lines,
    }


def content_of_term(entry: Term) -> dict[str, Any]:
    """An entry as it is remembered of the files."""
    return {"words": list(entry.words), "target": list(entry.target), "language": entry.language}
