"""The weights as data, how sure a use is, and that every sum is said in full."""

import math
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.engine.screening.scene import hits, listings, register, unreadable, use

from touchmark.engine.screening import model as model_module
from touchmark.engine.screening.evidence import Evidence, Known
from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.model import CODES, Model, ModelRefused, confidence
from touchmark.engine.terms import Way

BATCH = listings({}, {})
RIGHTS = register({"text": "Velmora"}, {"text": "Orovia"}, {"text": "ABC"}, {"text": "维莫拉"})
DEFAULT = (Path(model_module.__file__).parent / "data" / "model.toml").read_text(encoding="utf-8")
LOW_PRICE = re.compile(r"low_price = \S+")


def sureness(*uses: dict) -> list[float]:
    return confidence(hits(*uses), BATCH, RIGHTS)[0].tolist()


def test_uses_are_surer_than_references_and_all_are_written_down() -> None:
    plain, disguised, referential = sureness(use(0, 0), use(0, 0, Way.DISGUISED), use(0, 0, Way.REFERENTIAL))
    assert 0.99 > min(plain, disguised) > referential > 0.8


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        (use(0, 0, field="brand"), use(0, 0)),
        (use(0, 0), use(0, 0, field="description")),
        (use(0, 0), use(0, 2)),  # three letters may mean something else
        (use(0, 3), use(0, 2)),  # three Chinese characters are not short
        (use(0, 0, Way.COPIED_IMAGE, distance=-1), use(0, 0, Way.COPIED_IMAGE, distance=0)),
        (use(0, 0, Way.COPIED_IMAGE, distance=4), use(0, 0, Way.COPIED_IMAGE, distance=30)),
    ],
)
def test_what_makes_a_use_surer(surer: dict, less_sure: dict) -> None:
    more, less = sureness(surer, less_sure)
    assert more > less > 0.5


def test_the_farthest_copy_is_still_written_and_not_certain() -> None:
    (far,) = sureness(use(0, 0, Way.COPIED_IMAGE, distance=31))
    assert 0.8 < far < 0.9


def test_reasons_of_a_use_add_up_to_its_log_odds() -> None:
    uses = hits(
        use(0, 0, field="brand"),
        use(0, 2, Way.DISGUISED, field="description"),
        use(1, 0, Way.COPIED_IMAGE, distance=12),
        use(1, 1, Way.COPIED_IMAGE, distance=-1),
    )
    sure, reasons = confidence(uses, BATCH, RIGHTS)
    for share, said in zip(sure, reasons.to_pylist(), strict=True):
        assert math.log(share / (1 - share)) == pytest.approx(sum(reason["weight"] for reason in said), abs=0.01)
    assert [[reason["feature"] for reason in said] for said in reasons.to_pylist()] == [
        ["plain_use", "brand_field"],
        ["disguised_use", "trick", "later_field", "short_mark"],
        ["copied_image_use", "bits_apart"],
        ["copied_image_use", "same_file"],
    ]
    assert reasons.to_pylist()[2][1]["value"] == "12"
    assert reasons.to_pylist()[1][2]["text"] == "It stands in the description, not in the title."


def test_no_hits_have_no_reasons() -> None:
    sure, reasons = confidence(Hits.none(), BATCH, RIGHTS)
    assert (len(sure), len(reasons)) == (0, 0)


def test_weights_can_be_given() -> None:
    changed = Model.of(DEFAULT.replace("plain = 4.2", "plain = 0.5"), "mine.toml")
    (sure,), _ = confidence(hits(use(0, 0)), BATCH, RIGHTS, changed)
    assert sure == pytest.approx(1 / (1 + math.exp(-0.5)), abs=1e-6)


def test_terms_and_bias_add_up_to_the_risk() -> None:
    batch = listings(*[{"price": 40.0, "currency": "EUR"}] * 3)
    register_ = register(
        {"text": "Velmora", "reference_price": 900.0, "currency": "EUR"}, {"text": "Orovia"}, {"text": "Nordhelm"}
    )
    uses = hits(use(0, 0, Way.DISGUISED), use(0, 1, start=9), use(0, 2, start=20), use(1, 0))
    evidence = Evidence.of(batch, uses, np.full(4, 0.9), register_, Known(), unreadable())
    model = Model.default()
    risk, terms = model.risk(evidence)
    for row in range(3):
        total = model.bias + sum(float(term.weight[term.at == row].sum()) for term in terms)
        assert math.log(risk[row] / (1 - risk[row])) == pytest.approx(total, abs=0.01)
    assert risk[0] > risk[1] > risk[2] > 0


def test_a_model_travels_to_other_processes() -> None:
    there = pickle.loads(pickle.dumps(Model.default()))  # noqa: S301
    assert there.version == Model.default().version
    assert [feature.weight for feature in there.features] == [feature.weight for feature in Model.default().features]


def test_weights_have_the_sign_that_the_words_promise() -> None:
    weights = {feature.code: feature.weight for feature in Model.default().features}
    assert tuple(weights) == CODES
    assert weights.pop("authorised_seller") < 0
    assert min(weights.values()) > 0
    assert weights["disguised_mark"] > weights["plain_mark"] < weights["copied_image"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("bias = -4.0", ""), "'bias' is missing"),
        (lambda text: text.replace(f'version = "{Model.default().version}"', ""), "'version' is missing"),
        (lambda text: text.replace("low_price =", "lov_price ="), "risk.weights.low_price is missing"),
        (lambda text: text.replace("[use]", "[use]\nsmell = 1"), "use.smell is not known"),
        (lambda text: text.replace("[use]", "[others]\n[use]"), "others is not known"),
        (lambda text: text.replace("bias = -4.0", "bias = -4.0\nslope = 1"), "risk.slope is not known"),
        (lambda text: LOW_PRICE.sub("low_price = '3'", text), "risk.weights.low_price is no number"),
        (lambda text: LOW_PRICE.sub("low_price = true", text), "risk.weights.low_price is no number"),
        (lambda text: LOW_PRICE.sub("low_price = nan", text), "risk.weights.low_price is no number"),
        (lambda text: text.replace("bias = -4.0", "bias = 'low'"), "risk.bias is no number"),
        (lambda text: "use = 3\nrisk = 4\nversion = 5", "is missing"),
        (lambda text: text[:-3] + "[[", "mine.toml"),  # no TOML
    ],
)
def test_what_is_refused(change: Callable[[str], str], said: str) -> None:
    with pytest.raises(ModelRefused) as refused:
        Model.of(change(DEFAULT), "mine.toml")
    assert said in str(refused.value)
    assert "mine.toml" in str(refused.value)


def test_a_file_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(DEFAULT.replace(f'"{Model.default().version}"', '"mine-7"'), encoding="utf-8")
    assert Model.load(tmp_path / "mine.toml").version == "mine-7"
    (tmp_path / "latin.toml").write_bytes("version = 'é'".encode("latin-1"))
    for name in ("absent.toml", "latin.toml"):
        with pytest.raises(ModelRefused):
            Model.load(tmp_path / name)
