"""A model of the operator's own: made here, small enough to know what it must say."""

from pathlib import Path

import numpy as np
import onnx
import pyarrow as pa
import pytest
from onnx import TensorProto, helper
from PIL import Image, ImageDraw
from tests.engine.screening.image.drawing import encoded

from touchmark.engine.screening.hits import WAYS
from touchmark.engine.screening.image.compile import compile_images
from touchmark.engine.screening.image.embedding import Embedding, Similar, UnusableEmbedding
from touchmark.engine.screening.image.match import match_images
from touchmark.engine.terms import Way


def model(
    folder: Path,
    *,
    shape: tuple[int | str, ...] = (1, 3, 16, 16),
    kind: int = TensorProto.FLOAT,
    outputs: int = 1,
    operator: str = "Flatten",
    **told: str,
) -> Path:
    """Write a model that gives the pixels less their mean, or what ``operator`` makes of them."""
    given = [helper.make_tensor_value_info("picture", kind, shape)]
    gives = [helper.make_tensor_value_info(f"out{i}", kind, None) for i in range(outputs)]
    nodes = [
        helper.make_node("ReduceMean", ["picture"], ["mean"], keepdims=1),
        helper.make_node("Sub", ["picture", "mean"], ["rest"]),
        *(helper.make_node(operator, ["rest"], [f"out{i}"]) for i in range(outputs)),
    ]
    made = helper.make_model(
        helper.make_graph(nodes, "small", given, gives), opset_imports=[helper.make_opsetid("", 13)], ir_version=8
    )
    helper.set_model_props(made, {f"touchmark.{name}": value for name, value in told.items()})
    path = folder / "model.onnx"
    onnx.save(made, path)
    return path


def chair(colour: str, by: int = 0) -> bytes:
    """The outline of a chair, drawn in a colour, a little larger or smaller."""
    image = Image.new("RGB", (200, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((50 - by, 20, 70, 190), fill=colour)
    draw.rectangle((50, 100, 150 + by, 120), fill=colour)
    draw.rectangle((130, 120, 150, 190), fill=colour)
    return encoded(image)


def lamp() -> bytes:
    image = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(image).ellipse((60, 10, 190, 90), fill="navy")
    return encoded(image)


def test_what_is_like_a_design_is_found_and_what_is_not_is_not(tmp_path: Path) -> None:
    references, _ = compile_images([(0, "chair")], lambda name: chair("navy"))
    embedding = Embedding.load(model(tmp_path, threshold="0.7"))
    similar = Similar.of(embedding, references, np.array([0]))
    files = {"same": chair("navy"), "like": chair("darkred", 6), "other": lamp()}
    batch = pa.table({"images": [[name] for name in files]})
    hits, _ = match_images(batch, files.__getitem__, references, similar)
    found = list(zip(hits.listing.tolist(), [WAYS[way] for way in hits.way], strict=True))
    assert found == [(0, Way.COPIED_IMAGE), (1, Way.LOOKALIKE)]
    assert 0.5 <= hits.strength[1] < 1
    again, _ = match_images(batch.slice(1, 1), files.__getitem__, references, similar)
    assert again.strength[0] == hits.strength[1]


def test_a_model_says_its_way_size_scale_and_threshold(tmp_path: Path) -> None:
    told = {"way": "logo", "threshold": "0.25", "mean": "0.5,0.5,0.5", "std": "0.25,0.25,0.25"}
    embedding = Embedding.load(model(tmp_path, shape=("n", 3, "h", "w"), operator="GlobalMaxPool", **told))
    assert (embedding.way, embedding.threshold, embedding.size) == (Way.LOGO, 0.25, (224, 224))
    assert embedding.strength(0.25) == 0.5
    assert embedding.strength(1.0) == 1.0


def test_a_picture_of_which_a_model_makes_nothing_is_like_nothing(tmp_path: Path) -> None:
    assert not Embedding.load(model(tmp_path)).vector(np.zeros((9, 9), np.uint8)).any()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"shape": (1, 1, 16, 16)}, "3 channels"),
        ({"shape": (1, 3, 4096, 4096)}, "at most"),
        ({"shape": (1, 3, 16)}, "one input"),
        ({"outputs": 2}, "one output"),
        ({"operator": "Identity"}, "one row"),
        ({"way": "plain"}, "out of range"),
        ({"threshold": "often"}, "metadata"),
        ({"threshold": "1.5"}, "out of range"),
        ({"mean": "1,2"}, "metadata"),
        ({"std": "0,1,1"}, "out of range"),
    ],
)
def test_another_kind_of_model_is_refused_in_one_line(tmp_path: Path, wrong: dict[str, object], says: str) -> None:
    with pytest.raises(UnusableEmbedding, match=says) as refused:
        Embedding.load(model(tmp_path, **wrong))  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.onnx").write_bytes(b"not a model")
    for path in (tmp_path / "no.onnx", tmp_path / "missing.onnx", tmp_path):
        with pytest.raises(UnusableEmbedding) as refused:
            Embedding.load(path)
        assert "\n" not in str(refused.value)
