"""What is wrong with an entry of the vocabulary, in the words of whoever keeps it. Pure."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from search.analysis import question_words, words
from search.synonyms import LONGEST_PHRASE, SHORTEST_BEGINNING, keys
from search.vocabulary import Situation, Term, TermKind
from search.vocabulary.entries import LANGUAGES

LONGEST_PHRASE_TYPED, LONGEST_WORD = 200, 80
LONGEST_CONSTITUENT_LINE = 60
SHORTEST_CONSTITUENT = 3

Faults = list[tuple[str, str]]


def faults_of_term(term: Term) -> Faults:
    """Field and message of each fault; none where the entry does what it says."""
    return list(_faults_of_term(term))


def faults_of_situation(situation: Situation, kinds: Collection[str]) -> Faults:
    """As `faults_of_term`; `kinds` are those of the listing format."""
    found: Faults = []
    if unknown := [kind for kind in situation.kinds if kind not in kinds]:
        found.append(("kinds", _("Unbekannte Art: %s. Möglich sind: %s.") % (", ".join(unknown), ", ".join(kinds))))
    if not situation.words:
        found.append(("words", _("Bitte mindestens ein Wort angeben, das in Angeboten steht.")))
    if empty := [word for word in situation.words if not question_words(word)]:
        found.append(("words", _("Danach kann niemand suchen: %s. Bitte streichen oder genauer schreiben.") % ", ".join(empty)))
    if not situation.phrases:
        found.append(("phrases", _("Bitte mindestens eine Zeile angeben, so wie Familien tippen.")))
    if empty := [phrase for phrase in situation.phrases if not words(phrase)]:
        found.append(("phrases", _("Darin steht kein Wort: %s. Bitte streichen.") % " | ".join(empty)))
    if long := [phrase for phrase in situation.phrases if len(phrase) > LONGEST_PHRASE_TYPED]:
        found.append(("phrases", _("Länger als %d Zeichen tippt niemand. Bitte kürzen: %s") % (LONGEST_PHRASE_TYPED, long[0])))
    return found


def _faults_of_term(term: Term) -> Iterator[tuple[str, str]]:
    if not term.words:
        yield "words", _("Bitte mindestens ein Wort angeben.")
    elif long := [word for word in (*term.words, *term.target) if len(word) > LONGEST_WORD]:
        yield "words", _("Länger als %d Zeichen darf ein Eintrag nicht sein: %s") % (LONGEST_WORD, long[0])
    elif term.kind == TermKind.CONSTITUENT:
        yield from _faults_of_constituent(term.words)
    elif term.kind == TermKind.STOP_WORD:
        if several := [word for word in term.words if len(words(word)) != 1]:
            yield "words", _("Bitte einzelne Wörter angeben, mit Komma getrennt: %s") % ", ".join(several)
    else:
        yield from _faults_of_synonym(term)


def _faults_of_constituent(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if len(lines) > 1:
        yield "words", _("Bitte je Eintrag ein Wort, dahinter mit Leerzeichen die Fugen: „kind er s“.")
    word = lines[0].split()[0].lstrip("=*")
    if len(lines[0]) > LONGEST_CONSTITUENT_LINE or not all(part.isalpha() for part in (word, *lines[0].split()[1:])):
        yield "words", _("Bitte nur Buchstaben, davor höchstens * oder =, dahinter mit Leerzeichen die Fugen: „*treff s“.")
    elif len(word) < SHORTEST_CONSTITUENT:
        yield "words", _("Bitte ein Wort mit mindestens drei Buchstaben: kürzere stehen zufällig in vielen Wörtern.")


def _faults_of_synonym(term: Term) -> Iterator[tuple[str, str]]:
    """Of words that stand for others."""
    if term.kind == TermKind.EQUAL:
        if len(term.words) < 2:
            yield "words", _("Bitte mindestens zwei Wörter angeben, mit Komma getrennt: „Handy, Smartphone“.")
    elif not term.target:
        yield "target", _("Bitte angeben, wonach stattdessen gesucht wird.")
    if term.kind == TermKind.TRANSLATION and term.language not in LANGUAGES:
        yield "language", _("Bitte die Sprache der Wörter wählen.")
    if wrong := [word for word in term.words if "*" in word and not _is_beginning(word, term.kind)]:
        yield (
            "words",
            _("Ein Stern geht nur bei anderen Sprachen, am Ende eines Wortes ab drei Buchstaben: %s") % ", ".join(wrong),
        )
    plain = [word for word in term.words if "*" not in word]
    if empty := [word for word in plain if not keys(word)]:
        yield (
            "words",
            _("Danach kann niemand suchen: %s. Entweder sind es Wörter, die die Suche überliest, oder es sind mehr als %d.")
            % (", ".join(empty), LONGEST_PHRASE),
        )
    if empty := [word for word in term.target if not question_words(word)]:
        yield "target", _("Danach kann niemand suchen: %s. Die Suche überliest diese Wörter.") % ", ".join(empty)
    if not empty and term.target and set(map(_form, term.words)) <= set(map(_form, term.target)):
        yield "target", _("Links und rechts stehen dieselben Wörter: der Eintrag bewirkt nichts.")
    if term.kind == TermKind.EQUAL and len(term.words) > 1 and len(set(map(_form, term.words))) == 1:
        yield "words", _("Für die Suche sind das nur Formen desselben Wortes: der Eintrag bewirkt nichts.")


def _is_beginning(word: str, kind: TermKind) -> bool:
    return kind == TermKind.TRANSLATION and word[:-1].isalpha() and word.endswith("*") and len(word) > SHORTEST_BEGINNING


def _form(written: str) -> tuple[str, ...]:
    return tuple(each.stem for each in question_words(written)) or (written,)
