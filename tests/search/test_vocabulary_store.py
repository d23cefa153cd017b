"""Editors' entries: kept through new versions, in effect at once, exchanged as files."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.test.utils import CaptureQueriesContext

from offers.interchange.topics import load_topics
from search import outbox, synonyms, vocabulary, worker
from search.analysis import question_words
from search.editing import vocabulary_store
from search.editing.loading import load
from search.engines.embedded import EmbeddedEngine
from search.models import Origin, Situation, VocabularyState, VocabularyTerm
from search.vocabulary import Term, TermKind, files
from tests.search.builders import ask, make_document

pytestmark = pytest.mark.django_db


def alternatives(word):
    return [each.word.exact for each in synonyms.alternatives(question_words(word)[0])]


def make_term(kind=TermKind.BROADER, words="Flitzpiepe", target="Kind", **values):
    return VocabularyTerm.objects.create(kind=str(kind), words=words, target=target, **values)


@pytest.fixture
def few(monkeypatch):
    """A bundled vocabulary of few entries, since loading all takes a second."""

    def bundle(terms=("oma, omi > großeltern", "handy = smartphone"), slugs=("hebammensuche", "beikost")):
        entries = [files.synonym(line) for line in terms]
        situations = {slug: every[slug] for slug in slugs}
        monkeypatch.setattr(files, "terms", lambda: {entry.key: entry for entry in entries})
        monkeypatch.setattr(files, "situations", lambda: situations)

    every = files.situations()
    bundle()
    return bundle


# From the files into the database


def test_everything_that_is_bundled_is_shown_and_a_second_call_changes_nothing():
    out = StringIO()
    call_command("load_vocabulary", stdout=out)
    assert Situation.objects.count() == len(files.situations())
    assert VocabularyTerm.objects.count() == len(files.terms())
    assert not Situation.objects.exclude(origin=Origin.BUNDLED).exists()
    assert not VocabularyTerm.objects.exclude(origin=Origin.BUNDLED).exists()
    assert {each.key: each.entry() for each in VocabularyTerm.objects.all()} == files.terms()
    assert {each.slug: each.entry() for each in Situation.objects.all()} == files.situations()
    token = VocabularyState.objects.get().token
    call_command("load_vocabulary", stdout=out)
    assert "0 neu, 0 geändert, 0 entfallen" in out.getvalue()
    assert VocabularyState.objects.get().token == token


def test_a_new_version_keeps_what_editors_changed_switched_off_and_added(few):
    load()
    edited = VocabularyTerm.objects.get(key="broader:oma")
    edited.target = "Oma-Treff"
    edited.save()
    off = Situation.objects.get(slug="beikost")
    off.active = False
    off.save()
    own = make_term()
    assert [edited.origin, off.origin, own.origin] == [Origin.EDITED, Origin.EDITED, Origin.OWN]

    few(terms=("oma, omi, großmama > großeltern", "handy = smartphone = mobiltelefon", "kita = kindergarten"))
    load()

    assert VocabularyTerm.objects.get(pk=edited.pk).target == "Oma-Treff"
    assert not Situation.objects.get(slug="beikost").active
    assert VocabularyTerm.objects.filter(pk=own.pk, active=True).exists()
    assert VocabularyTerm.objects.get(key="equal:handy").words == "handy, smartphone, mobiltelefon"
    assert VocabularyTerm.objects.filter(key="equal:kita", origin=Origin.BUNDLED).exists()


def test_what_the_files_no_longer_have_goes_unless_an_editor_changed_it(few):
    load()
    edited = VocabularyTerm.objects.get(key="equal:handy")
    edited.words += ", Knochen"
    edited.save()
    few(terms=(), slugs=("hebammensuche",))
    report = load()
    assert report.removed == 2
    assert [each.key for each in VocabularyTerm.objects.all()] == ["equal:handy"]
    assert VocabularyTerm.objects.get().origin == Origin.OWN
    assert load().removed == 0


def test_an_entry_of_an_editor_that_a_new_version_brings_too_stays_the_editors(few):
    own = make_term(words="kita", target="Kindergarten")
    few(terms=("kita > krippe",))
    load()
    own.refresh_from_db()
    assert (own.origin, own.target) == (Origin.EDITED, "Kindergarten")


# Into effect


def test_an_entry_holds_when_it_is_saved_and_ends_when_it_is_deleted(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        term = make_term()
    assert alternatives("Flitzpiepe") == ["kind"]
    with django_capture_on_commit_callbacks(execute=True):
        term.active = False
        term.save()
    assert alternatives("Flitzpiepe") == []
    with django_capture_on_commit_callbacks(execute=True):
        term.active = True
        term.save()
    with django_capture_on_commit_callbacks(execute=True):
        term.delete()
    assert alternatives("Flitzpiepe") == []


def test_another_process_notices_with_one_query(django_assert_num_queries):
    make_term()
    Situation.objects.create(slug="wackelzahn", label="Wackelzahn", words="Zahnarzt", phrases="wackelzahn\ntr: diş")
    assert alternatives("Flitzpiepe") == []
    assert vocabulary_store.refresh()
    assert alternatives("Flitzpiepe") == ["kind"]
    assert next(each for each in vocabulary.current().situations if each.slug == "wackelzahn").phrases == ("wackelzahn", "diş")
    with django_assert_num_queries(1):
        assert not vocabulary_store.refresh()


def test_only_what_differs_from_the_files_is_read(few):
    load()
    vocabulary_store.refresh()
    assert vocabulary.current().overlay == vocabulary.Overlay()


def test_nothing_of_it_costs_a_request_a_query(client):
    make_term()
    vocabulary_store.refresh()
    client.get("/suche/", {"q": "Flitzpiepe"})
    with CaptureQueriesContext(connections["default"]) as queries:
        client.get("/suche/", {"q": "Flitzpiepe"})
    assert not [query["sql"] for query in queries if "vocabulary" in query["sql"] or "situation" in query["sql"]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_new_constituent_makes_the_index_anew(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild([make_document("Schlumpfgruppe")])
    assert engine.search(ask("Schlumpf")).total == 0
    make_term(TermKind.CONSTITUENT, "schlumpf", "")
    assert engine.needs_rebuild()
    engine.rebuild([make_document("Schlumpfgruppe")])
    assert not engine.needs_rebuild()
    assert engine.search(ask("Schlumpf")).total == 1


def test_a_change_of_words_leaves_the_index_as_it_is_and_answers_of_before_are_forgotten(tmp_path):
    engine = EmbeddedEngine(tmp_path / "index")
    engine.rebuild([make_document("Treff", page_id=1)])
    assert engine.search(ask("Treff Dingsda Dingsbums")).total == 0
    make_term(TermKind.STOP_WORD, "Dingsda, Dingsbums", "")
    vocabulary_store.refresh()
    assert not engine.needs_rebuild()
    assert engine.search(ask("Treff Dingsda Dingsbums")).total == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_worker_takes_over_what_another_process_saved(monkeypatch):
    class StopError(BaseException):
        pass

    def second_round(_seconds):
        rounds.append(1)
        if len(rounds) > 1:
            raise StopError

    rounds = []
    make_term()
    vocabulary_store.forget()
    monkeypatch.setattr(outbox.changed, "wait", second_round)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with pytest.raises(StopError):
        worker.follow()
    assert alternatives("Flitzpiepe") == ["kind"]


# As files


@pytest.fixture
def two_files(tmp_path):
    """Two files to import, and a way to change them."""
    paths = {"situations": tmp_path / "lagen.csv", "phrases": tmp_path / "fragen.csv"}
    load_topics()
    whole = "wackelzahn;Wackelzahn;gesundheit;beratung;Zahnarzt, Zahnpflege;zahn wackelt | wackelzahn"

    def write(situations=whole, phrases="wackelzahn;tr;diş"):
        paths["situations"].write_text(f"situation;label;topics;kinds;words;phrases\n{situations}\n", encoding="utf-8")
        paths["phrases"].write_text(f"situation;language;phrases\n{phrases}\n", encoding="utf-8")
        return paths

    return write


def run(command, paths):
    out, errors = StringIO(), StringIO()
    try:
        call_command(command, **paths, stdout=out, stderr=errors)
    except CommandError as error:
        return f"{errors.getvalue()}{error}"
    return out.getvalue()


def test_situations_come_from_files_and_a_second_time_change_nothing(two_files):
    paths = two_files()
    assert "1 neu, 0 geändert, 0 unverändert" in run("import_situations", paths)
    found = Situation.objects.get()
    assert (found.label, found.topics, found.kinds) == ("Wackelzahn", ["gesundheit"], ["beratung"])
    assert found.phrases.splitlines() == ["zahn wackelt", "wackelzahn", "tr: diş"]
    assert "0 neu, 0 geändert, 1 unverändert" in run("import_situations", paths)


def test_the_import_of_an_export_changes_nothing(tmp_path):
    load_topics()
    load()
    paths = {"situations": tmp_path / "a.csv", "phrases": tmp_path / "b.csv"}
    assert str(len(files.situations())) in run("export_situations", paths)
    assert f"0 neu, 0 geändert, {len(files.situations())} unverändert" in run("import_situations", paths)
    for name, path in paths.items():
        with path.open(encoding="utf-8") as written, (files.FOLDER / f"{name}.csv").open(encoding="utf-8") as bundled:
            assert list(csv.reader(written, delimiter=";")) == list(csv.reader(bundled, delimiter=";"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"situations": "x;X;zirkus;beratung;Wort;frage"}, "lagen.csv, Zeile 2, Spalte topics: Unbekanntes Thema: zirkus"),
        ({"situations": "x;X;gesundheit;fest;Wort;frage"}, "lagen.csv, Zeile 2, Spalte kinds: Unbekannte Art: fest"),
        ({"situations": "x;;gesundheit;beratung;Wort;frage"}, "lagen.csv, Zeile 2, Spalte label"),
        ({"situations": "x y;X;gesundheit;beratung;Wort;frage"}, "lagen.csv, Zeile 2, Spalte situation"),
        ({"situations": "x;X;;;;frage"}, "lagen.csv, Zeile 2, Spalte words"),
        ({"situations": "x;X;;;Wort;frage\nx;Y;;;Wort;frage"}, "lagen.csv, Zeile 3, Spalte situation: Die Kennung steht schon weiter oben"),
        ({"phrases": "wackelzahn;xx;diş"}, "fragen.csv, Zeile 2, Spalte language: Unbekannte Sprache: xx"),
        ({"phrases": "anderes;tr;diş"}, "fragen.csv, Zeile 2, Spalte situation: Diese Lebenslage fehlt"),
        ({"phrases": "wackelzahn;tr; | "}, "fragen.csv, Zeile 2, Spalte phrases: Die Zelle ist leer"),
        ({"phrases": "wackelzahn;tr"}, "fragen.csv, Zeile 2: Die Zeile hat 2 statt 3 Spalten"),
    ],
)
def test_a_fault_is_named_by_line_and_nothing_is_saved(two_files, changes, said):
    assert said in run("import_situations", two_files(**changes))
    assert not Situation.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    answer = run("import_situations", {"situations": tmp_path / "nichts.csv", "phrases": tmp_path / "nichts.csv"})
    assert "nichts.csv" in answer


def test_a_term_keeps_its_meaning_on_its_way_through_the_database():
    term = Term(TermKind.TRANSLATION, ("hamile*", "gebelik"), ("Schwangerschaft", "Frühe Hilfen"), "tr")
    row = make_term(term.kind, "hamile*\ngebelik", "Schwangerschaft, Frühe Hilfen", language="tr")
    assert VocabularyTerm.objects.get(pk=row.pk).entry() == term
