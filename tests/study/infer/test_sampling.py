"""Samples of points in the unit cube against answers that are known: volumes, and a normal posterior."""

import numpy as np
import pytest

from pingan_abm.study.infer.sampling import approximate, not_ruled_out


def rng(number: int = 0) -> np.random.Generator:
    return np.random.default_rng(number)


def test_the_share_that_is_not_ruled_out_is_a_volume() -> None:
    """Distance from the middle below 0.2 in three dimensions: a ball of 3.35 % of the cube."""

    def distance(points: np.ndarray) -> np.ndarray:
        return np.asarray(np.sqrt(((points - 0.5) ** 2).sum(1)) / 0.2 * 3.0)

    shares = [not_ruled_out(distance, 3, 1000, 3.0, rng(number)).share for number in range(10)]
    assert np.mean(shares) == pytest.approx(4 / 3 * np.pi * 0.2**3, rel=0.1)
    region = not_ruled_out(distance, 3, 1000, 3.0, rng())
    assert region.limit == 3.0
    assert (distance(region.points) <= 3.0).all()
    # evenly spread in a ball: the distance to the power of three is even from 0 to 1
    assert np.mean((distance(region.points) / 3.0) ** 3) == pytest.approx(0.5, abs=0.05)


def test_where_everything_is_ruled_out_the_nearest_is_found_and_said_so() -> None:
    region = not_ruled_out(lambda points: 5.0 + points[:, 0], 2, 400, 3.0, rng())
    assert 5.0 <= region.limit < 5.2
    assert region.points[:, 0].max() < 0.2


def test_a_normal_posterior_is_sampled_with_its_mean_and_covariance() -> None:
    mean, covariance = np.array([0.4, 0.55]), np.array([[0.0049, 0.003], [0.003, 0.0036]])
    spread = np.eye(2)

    def likelihood(points: np.ndarray, tolerance: float) -> np.ndarray:
        inverse = np.linalg.inv(covariance + tolerance**2 * spread)
        apart = points - mean
        return np.asarray(-0.5 * np.einsum("ij,jk,ik->i", apart, inverse, apart))

    even = not_ruled_out(lambda points: np.zeros(len(points)), 2, 1500, 3.0, rng()).points
    sample = approximate(even, likelihood, rng(1))
    assert sample.tolerances[-1] == 0.0
    assert list(sample.tolerances) == sorted(sample.tolerances, reverse=True)
    assert sample.points.mean(0) == pytest.approx(mean, abs=0.01)
    assert np.cov(sample.points.T) == pytest.approx(covariance, abs=0.0008)
    low, high = np.quantile(sample.points[:, 0], (0.05, 0.95))
    assert (low, high) == pytest.approx((0.4 - 1.645 * 0.07, 0.4 + 1.645 * 0.07), abs=0.02)


def test_a_likelihood_without_information_leaves_points_evenly_spread() -> None:
    even = rng().random((2000, 2))
    sample = approximate(even, lambda points, tolerance: np.zeros(len(points)), rng(1))
    assert np.quantile(sample.points, (0.1, 0.5, 0.9)) == pytest.approx((0.1, 0.5, 0.9), abs=0.03)
    assert sample.points.min() >= 0.0
    assert sample.points.max() <= 1.0
