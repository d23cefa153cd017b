"""SEARCH_SEMANTICS as a folder: a real ONNX model, so small that its vectors can be worked out by hand."""

import json
import sys

import numpy as np
import onnx
import pytest
from django.core.exceptions import ImproperlyConfigured
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from search.semantics.encoder import encoder_name, encoder_named
from search.semantics.onnx_folder import OnnxEncoder

WORDS = {"[UNK]": 0, "[PAD]": 1, "stillen": 2, "turnen": 3, "query:": 4, "passage:": 5}
# What the model knows of each word: its row.
TABLE = np.array([[0, 0, 0], [9, 9, 9], [1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, -1]], dtype=np.float32)


def write_model(folder, *, pooled=False):
    """Looks each token up in TABLE; `pooled`: gives the first token's row as the vector of the text, otherwise one a token."""
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["tokens"])]
    shape = ["texts", "tokens", 3]
    if pooled:
        nodes.append(helper.make_node("Gather", ["tokens", "first"], ["vector"], axis=1))
        shape = ["texts", 3]
    whole = TensorProto.INT64
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, whole, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("vector" if pooled else "tokens", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(TABLE, "table"), numpy_helper.from_array(np.array(0, dtype=np.int64), "first")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), str(folder / "model.onnx"))
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "own-model"
    made.mkdir()
    write_model(made)
    return made


def configure(folder, **values):
    (folder / "encoder.json").write_text(json.dumps(values))


def test_a_text_is_the_mean_of_its_tokens_with_length_one(folder):
    encoder = OnnxEncoder(folder)
    assert encoder.dimensions == 3
    half = 0.5**0.5
    found = encoder.encode_questions(["stillen", "stillen turnen", "turnen"])
    assert found == pytest.approx(np.array([[1, 0, 0], [half, half, 0], [0, 1, 0]]), abs=1e-6)


def test_shorter_texts_of_a_batch_are_not_changed_by_what_fills_them_up(folder):
    encoder = OnnxEncoder(folder)
    alone = encoder.encode_listings(["stillen"])
    together = encoder.encode_listings(["stillen", "turnen " * 30])
    assert together[0] == pytest.approx(alone[0])


def test_more_texts_than_a_batch_keep_their_order(folder):
    found = OnnxEncoder(folder).encode_listings(["stillen", "turnen"] * 25)
    assert found.argmax(axis=1).tolist() == [0, 1] * 25


def test_a_model_that_gives_one_vector_a_text_is_taken_as_it_is(folder):
    write_model(folder, pooled=True)
    assert OnnxEncoder(folder).encode_questions(["turnen stillen"]) == pytest.approx(np.array([[0, 1, 0]]))


def test_prefixes_tell_questions_from_listings(folder):
    configure(folder, question="query: ", listing="passage: ")
    encoder = OnnxEncoder(folder)
    assert encoder.encode_questions(["stillen"])[0, 2] > 0 > encoder.encode_listings(["stillen"])[0, 2]


def test_long_texts_are_cut(folder):
    configure(folder, tokens=2)
    assert OnnxEncoder(folder).encode_listings(["stillen stillen turnen turnen turnen"]) == pytest.approx(np.array([[1, 0, 0]]))


def test_texts_without_known_words_and_no_texts_at_all(folder):
    encoder = OnnxEncoder(folder)
    assert not encoder.encode_questions(["xyz"]).any()
    assert not encoder.encode_questions([""]).any()
    assert encoder.encode_questions([]).shape == (0, 3)


def test_another_model_or_prefix_has_another_name_so_that_vectors_never_mix(folder):
    first = OnnxEncoder(folder).name
    assert first.startswith("own-model/")
    assert OnnxEncoder(folder).name == first
    configure(folder, question="query: ")
    second = OnnxEncoder(folder).name
    write_model(folder, pooled=True)
    assert len({first, second, OnnxEncoder(folder).name}) == 3


def test_the_setting_names_the_folder(folder, settings):
    settings.SEARCH_SEMANTICS = str(folder)
    assert encoder_name() == OnnxEncoder(folder).name
    assert encoder_named(str(folder)) is encoder_named(str(folder))


@pytest.mark.parametrize(
    ("missing", "named"), [(["model.onnx"], "model.onnx"), (["tokenizer.json", "model.onnx"], "model.onnx and tokenizer.json")]
)
def test_a_missing_file_is_named_with_what_to_do(folder, missing, named):
    for name in missing:
        (folder / name).unlink()
    with pytest.raises(ImproperlyConfigured, match=f"lacks {named}. Put an ONNX export"):
        OnnxEncoder(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="nowhere"):
        OnnxEncoder(tmp_path / "nowhere")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_named_with_what_to_do(folder, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImproperlyConfigured, match=f"{package}. Install it: pip install onnxruntime tokenizers"):
        OnnxEncoder(folder)


@pytest.mark.parametrize(("text", "said"), [("{", "is no JSON"), ("[]", "must hold an object")])
def test_settings_that_cannot_be_read_are_named(folder, text, said):
    (folder / "encoder.json").write_text(text)
    with pytest.raises(ImproperlyConfigured, match=rf"encoder\.json {said}"):
        OnnxEncoder(folder)
