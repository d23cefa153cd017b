"""Texts of like meaning lie near each other: the bundled models, vectors as bytes, and the situations that a question tells of."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from search import vocabulary
from search.meaning import combined, meaning_of
from search.models import Situation
from search.semantics import bank as banks
from search.semantics.bank import build_bank, current_bank, key_of, shipped
from search.semantics.encoder import encoder_name, encoder_named, get_encoder
from search.semantics.quantized import pack, unit, unpack, unpack_rows
from search.vocabulary import Overlay, Vocabulary, files


@pytest.fixture(scope="module")
def encoder():
    """The two models, loaded once for all tests of this process."""
    return encoder_named("bundled")


def lengths(vectors):
    return np.linalg.norm(vectors, axis=1)


class TestBundledEncoder:
    def test_every_vector_has_length_one_and_the_promised_numbers(self, encoder):
        for made in (encoder.encode_questions(["stillen", "çocuk oyun grubu"]), encoder.encode_listings(["Krabbelgruppe. Wir singen."])):
            assert made.dtype == np.float32
            assert made.shape[1] == encoder.dimensions
            assert lengths(made) == pytest.approx(1, abs=1e-5)

    def test_the_same_text_has_the_same_vector_alone_and_among_others(self, encoder):
        texts = ["stillen", "Wo bekomme ich Hilfe beim Ausfüllen von Anträgen für meine Familie?", "", "turnen"]
        together = encoder.encode_questions(texts)
        assert encoder.encode_questions([texts[0]])[0] == pytest.approx(together[0], abs=1e-3)
        assert encoder.encode_questions([texts[1]])[0] == pytest.approx(together[1], abs=1e-3)

    @pytest.mark.parametrize("text", ["", " ", "\n", "?", "🙂", "x" * 800, "\x00"])
    def test_any_text_has_a_vector(self, encoder, text):
        made = encoder.encode_questions([text])
        assert made.shape == (1, encoder.dimensions)
        assert np.isfinite(made).all()

    def test_no_texts_give_no_vectors(self, encoder):
        assert encoder.encode_questions([]).shape == encoder.encode_listings([]).shape == (0, encoder.dimensions)

    def test_likeness_knows_no_language(self, encoder):
        listings = [
            "Spielgruppe. Kinder von einem bis drei Jahren spielen, ihre Eltern trinken Tee.",
            "Schuldnerberatung. Wir ordnen mit Ihnen Rechnungen und reden mit Gläubigern.",
            "Stillcafé. Eine Hebamme hilft, wenn das Anlegen schmerzt oder die Milch nicht reicht.",
            "Trauergruppe. Für Familien, die einen Menschen verloren haben.",
        ]
        questions = {
            "çocuk oyun grubu": 0,
            "помощь при долгах": 1,
            "breastfeeding hurts": 2,
            "meine Mutter ist gestorben, wie sage ich es den Kindern": 3,
            "żłobek zabawa dla dzieci": 0,
            "борги": 1,
        }
        found = encoder.encode_questions(list(questions)) @ encoder.encode_listings(listings).T
        assert found.argmax(axis=1).tolist() == list(questions.values())

    def test_threads_share_it_without_mixing_up_their_texts(self, encoder):
        texts = [f"{word} {number}" for number in range(3) for word in ("stillen", "turnen", "Schulden", "Trauer")]
        expected = encoder.encode_questions(texts)
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda text: encoder.encode_questions([text])[0], texts))
        assert (np.array(found) * expected).sum(axis=1) == pytest.approx(1, abs=1e-3)

    def test_its_name_is_known_without_loading_it(self, settings, encoder):
        settings.SEARCH_SEMANTICS = "bundled"
        assert encoder_name() == encoder.name
        assert get_encoder() is encoder


def test_off_means_nothing_is_encoded(settings):
    settings.SEARCH_SEMANTICS = "off"
    assert get_encoder() is None
    assert encoder_name() == ""
    assert meaning_of("stillen") is None


class TestBytes:
    def test_the_angle_of_a_vector_hardly_changes(self):
        vectors = unit(np.random.default_rng(1).normal(size=(200, 384)).astype(np.float32))
        packed = [pack(vector) for vector in vectors]
        assert {len(each) for each in packed} == {384}
        restored = np.array([unpack(each) for each in packed])
        assert ((vectors * restored).sum(axis=1) > 0.9995).all()
        assert np.abs(vectors @ vectors.T - restored @ restored.T).max() < 0.01
        assert lengths(restored) == pytest.approx(1, abs=1e-5)

    def test_many_rows_are_read_as_one_is(self):
        vectors = unit(np.random.default_rng(2).normal(size=(5, 16)).astype(np.float32))
        packed = [pack(vector) for vector in vectors]
        rows = unpack_rows(np.frombuffer(b"".join(packed), dtype=np.int8).reshape(5, 16))
        assert rows == pytest.approx(np.array([unpack(each) for each in packed]))

    def test_what_has_no_direction_stays_without_one(self):
        assert not unpack(pack(np.zeros(8, dtype=np.float32))).any()


class Letters:
    """An encoder that only counts letters: enough to see which phrases a bank asks it for."""

    name, dimensions = "letters", 26

    def __init__(self):
        self.texts = []

    def encode_questions(self, texts):
        self.texts += texts
        counts = [[text.casefold().count(chr(97 + letter)) for letter in range(26)] for text in texts]
        return unit(np.array(counts, dtype=np.float32).reshape(-1, 26))

    encode_listings = encode_questions


class TestBank:
    def test_the_shipped_vectors_are_complete(self, encoder):
        """Whoever edits phrases also runs encode_vocabulary; otherwise the first start of every site would take minutes."""
        known = shipped(encoder)
        texts = {text for each in Vocabulary(Overlay()).situations for text in (*each.phrases, ", ".join(each.words))}
        missing = sorted(text for text in texts if key_of(text) not in known)
        assert not missing, f"Run python manage.py encode_vocabulary: {len(missing)} texts have no vector, such as {missing[:3]}"
        assert {len(vector) for vector in known.values()} == {encoder.dimensions}

    def test_the_shipped_vectors_are_those_of_the_encoder(self, encoder):
        situations = Vocabulary(Overlay()).situations
        texts = [each.phrases[number % len(each.phrases)] for number, each in enumerate(situations)][::60]
        made = encoder.encode_questions(texts)
        for text, vector in zip(texts, made, strict=True):
            assert unpack(shipped(encoder)[key_of(text)]) @ vector > 0.995, text

    @pytest.mark.parametrize(
        ("question", "topic"),
        [
            ("beim Anlegen tut die Brust weh", "stillen"),
            ("unser Kleines schreit den ganzen Abend", "schlafen"),
            ("my husband hits me", "gewalt"),
            ("borçlarımızı ödeyemiyoruz", "finanzen"),
            ("Opa ist gestorben und mein Kind weint", "trauer"),
        ],
    )
    def test_a_question_tells_of_a_situation_whatever_its_words(self, encoder, question, topic):
        bank = current_bank(encoder)
        found = bank.recognise(encoder.encode_questions([question])[0], 3)
        assert any(topic in bank.situations[number].topics for number, _trust in found)
        assert [trust for _number, trust in found] == sorted((trust for _number, trust in found), reverse=True)

    def test_trust_tells_families_from_everything_else(self, encoder):
        bank = current_bank(encoder)
        trust = [
            bank.recognise(vector, 1)[0][1]
            for vector in encoder.encode_questions(
                ["mein Kind schläft nicht durch", "Stillprobleme", "Ersatzteile für Rasenmäher", "asdfjklö"]
            )
        ]
        assert min(trust[:2]) > max(trust[2:])

    def test_a_question_means_its_situation_too_or_only_itself(self, encoder):
        bank = current_bank(encoder)
        vector = encoder.encode_questions(["mein Kind schläft nicht durch"])[0]
        both, alone = combined(vector, bank), combined(vector, bank, situations=0)
        assert dict(both.topics).keys() >= {"schlafen"}
        assert (alone.topics, alone.kinds) == ((), ())
        assert alone.trust == both.trust
        direction = unit(np.frombuffer(alone.direction, dtype="<f4"))
        assert direction @ vector == pytest.approx(1, abs=1e-4)
        assert unit(np.frombuffer(both.direction, dtype="<f4")) @ vector < 0.999

    def test_the_same_question_means_the_same_however_it_is_spaced(self, settings):
        settings.SEARCH_SEMANTICS = "bundled"
        assert meaning_of("  stillen   tut weh ") == meaning_of("stillen tut weh")
        assert meaning_of("   ") is None

    @pytest.mark.django_db
    def test_what_an_editor_adds_holds_at_once(self, settings, django_capture_on_commit_callbacks, encoder):
        settings.SEARCH_SEMANTICS = "bundled"
        asked = "wir züchten zuhause Axolotl und das Kind hat Angst"
        before = meaning_of(asked)
        with django_capture_on_commit_callbacks(execute=True):
            own = Situation.objects.create(
                slug="axolotl",
                label="Axolotl",
                topics=["natur"],
                kinds=["kurs"],
                words="Tierpark",
                phrases="Axolotl zuhause\nAngst vor Axolotln",
            )
        after = meaning_of(asked)
        assert (
            current_bank(encoder).situations[current_bank(encoder).recognise(encoder.encode_questions([asked])[0], 1)[0][0]].slug
            == "axolotl"
        )
        assert after.trust > before.trust
        assert dict(after.topics)["natur"] > dict(before.topics).get("natur", 0)
        with django_capture_on_commit_callbacks(execute=True):
            own.delete()
        assert meaning_of(asked).trust == pytest.approx(before.trust, abs=0.01)

    def test_only_what_is_new_is_encoded(self, monkeypatch):
        two = dict(list(files.situations().items())[:2])
        monkeypatch.setattr(files, "situations", lambda: two)
        letters = Letters()
        vocabulary.lay_over(Overlay({}, {}))
        monkeypatch.setattr(banks, "_built", None)
        current_bank(letters)
        first = len(letters.texts)
        assert first > 2
        own = next(iter(two.values()))
        changed = vocabulary.Situation(
            own.slug, own.label, own.topics, own.kinds, own.words, (*own.phrases, "ganz neu"), (*own.languages, "de")
        )
        vocabulary.lay_over(Overlay({}, {own.slug: changed}))
        current_bank(letters)
        again = letters.texts[first:]
        assert "ganz neu" in again
        assert not set(again) & {phrase for each in two.values() for phrase in each.phrases}
        current_bank(letters)
        assert len(letters.texts) == first + len(again)

    def test_a_bank_without_phrases_recognises_nothing(self, monkeypatch):
        monkeypatch.setattr(files, "situations", dict)
        letters = Letters()
        bank = build_bank(letters, Vocabulary(Overlay()), {})
        assert bank.recognise(letters.encode_questions(["abc"])[0], 3) == []
        found = combined(letters.encode_questions(["abc"])[0], bank)
        assert (found.trust, found.topics) == (0.0, ())
        assert np.isfinite(np.frombuffer(found.direction, dtype="<f4")).all()

    def test_another_encoder_takes_no_shipped_vectors(self):
        assert shipped(Letters()) == {}
