"""What is said to be so sure, as it turned out to be."""

import numpy as np
import pytest
from tests.engine.screening.scene import listings
from tests.engine.screening.test_use import register

from touchmark.engine.screening import calibration
from touchmark.engine.screening.calibration import Curve
from touchmark.engine.screening.model import CALIBRATED, Model
from touchmark.engine.screening.screen import screen


def test_a_curve_lies_between_its_points_and_goes_on_beside_its_ends() -> None:
    curve = Curve.of([-2.0, 0.0, 2.0], [-1.0, 0.0, 3.0])
    odds = np.array([-5.0, -2.0, -1.0, 0.0, 1.0, 2.0, 9.0])
    assert curve.moved(odds).tolist() == [1.0, 1.0, 0.5, 0.0, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(("said", "were"), [([0, 1], [1, 0]), ([1, 0], [0, 1]), ([0, 0], [0, 1]), ([0, 1], [0])])
def test_a_curve_that_falls_is_refused(said: list[float], were: list[float]) -> None:
    with pytest.raises(ValueError, match="must"):
        Curve.of(said, were)


def test_what_was_surer_stays_surer() -> None:
    """The curves that come along never turn two uses about, and give none up."""
    odds = np.linspace(-12, 12, 2_000)
    for curve in calibration._curves().values():
        assert (np.diff(odds + curve.moved(odds)) >= -1e-9).all()


def test_a_reason_says_what_was_added() -> None:
    shop = register({"text": "Orange", "nice_classes": [9]})
    found, _ = screen(listings({"title": "cup in orange, new"}), None, shop, Model.default(), min_confidence=0.0)
    (row,) = found.to_pylist()
    odds = sum(reason["weight"] for reason in row["reasons"])
    assert CALIBRATED in [reason["feature"] for reason in row["reasons"]]
    assert row["confidence"] == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-3)
