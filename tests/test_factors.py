"""Matrix factorisation: what a matrix was made of is found again."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.factors import Singular, random_factors


def blocks(sizes=((30, 12), (20, 8), (10, 6))):
    """Return a matrix of blocks along its diagonal, each of rank one, and the block of each row and column."""
    chance = np.random.default_rng(7)
    rows = np.repeat(range(len(sizes)), [size[0] for size in sizes])
    columns = np.repeat(range(len(sizes)), [size[1] for size in sizes])
    made = np.outer(chance.uniform(1, 2, len(rows)), chance.uniform(1, 2, len(columns)))
    return csr_matrix(np.where(rows[:, None] == columns[None], made, 0).astype(np.float32)), rows, columns


def started(matrix, seed=0):
    return random_factors(matrix, 3, seed) if seed else Singular(matrix, 3).factors(3)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_blocks_are_found(seed):
    matrix, rows, _ = blocks()
    found = started(matrix, seed).fit(1e-4)
    assert np.abs(matrix - found.rows @ found.columns.T).max() < 1e-2
    assert (found.rows >= 0).all() and (found.columns >= 0).all()
    names = found.rows.argmax(axis=1)
    assert len(set(zip(names, rows, strict=True))) == 3, "one factor for each block"
    assert (names[[0, 30, 50]] == found.columns.argmax(axis=1)[[0, 12, 20]]).all()


def test_a_fit_that_goes_on_is_that_of_one_go():
    matrix, _, _ = blocks()
    once = started(matrix, 1).fit(1e-4)
    twice = started(matrix, 1).fit(1e-1).fit(1e-4)
    assert np.array_equal(once.rows, twice.rows) and np.array_equal(once.columns, twice.columns)


def test_the_same_again_gives_the_same():
    matrix, _, _ = blocks()
    for seed in (0, 1):
        one, other = (started(matrix, seed).fit(1e-3).columns for _ in range(2))
        assert np.array_equal(one, other)
    assert not np.array_equal(started(matrix, 1).columns, started(matrix, 2).columns)


def test_more_factors_than_there_are_parts():
    matrix, _, _ = blocks(((30, 12), (20, 8)))
    found = Singular(matrix, 5).factors(5).fit(1e-4)
    assert np.isfinite(found.rows).all() and np.abs(matrix - found.rows @ found.columns.T).max() < 1e-2
