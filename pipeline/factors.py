"""Non-negative matrix factorisation of a sparse matrix.

Hierarchical alternating least squares (Cichocki and Phan 2009), two rounds for each product with the matrix (Gillis and
Glineur 2012); it starts from the leading singular vectors (NNDSVD, Boutsidis and Gallopoulos 2008) or at random.
scikit-learn's finds as good factors in as much time, but it takes two seconds to be imported, for what it does not
need here: statistics and tables.
"""

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.linalg import svds

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ROUNDS = 2
_STEPS = 200
_LEAST = 1e-9  #: of what is divided by: a factor may be empty


class Factors:
    """What a matrix is made of: `rows` (of the matrix) and `columns`, one column of each for a factor."""

    def __init__(self, matrix: "csr_matrix", rows: np.ndarray, columns: np.ndarray) -> None:
        self.rows = np.asfortranarray(rows)
        self.columns = np.asfortranarray(columns)
        self._matrix = matrix
        self._turned = matrix.T.tocsr()
        self._first: float | None = None  # how much the first step changed

    def fit(self, tolerance: float, steps: int = _STEPS) -> "Factors":
        """Go on for at most so many `steps`, until one changes less than this part of what the first one did."""
        for _ in range(steps):
            changed = _improve(self.rows, self.columns, self._matrix)
            changed += _improve(self.columns, self.rows, self._turned)
            self._first = self._first or changed
            if changed <= tolerance * self._first:
                break
        return self


def _improve(factors: np.ndarray, others: np.ndarray, matrix: "csr_matrix") -> float:
    """Bring each column of `factors` to where its product with `others` is nearest to `matrix`, one after another.

    Return how much the first round changed.
    """
    changed = 0.0
    squares = others.T @ others
    product = np.asfortranarray(matrix @ others)
    for number in range(_ROUNDS):
        for k in range(factors.shape[1]):
            slope = product[:, k] - factors @ squares[:, k]
            better = np.maximum(factors[:, k] + slope / (squares[k, k] + _LEAST), 0)
            if not number:
                changed += float(np.abs(better - factors[:, k]).sum() * squares[k, k])
            factors[:, k] = better
    return changed


class Singular:
    """The leading singular vectors of a matrix, from which any number of its factors up to `most` can start."""

    def __init__(self, matrix: "csr_matrix", most: int) -> None:
        self._matrix = matrix
        first = np.ones(min(matrix.shape), matrix.dtype)  # where the search begins: no chance
        left, values, right = svds(matrix, min(most, min(matrix.shape) - 1), v0=first)
        self._left, self._values, self._right = left[:, ::-1], values[::-1], right[::-1].T

    def factors(self, size: int) -> Factors:
        """Return `size` factors that are not fitted yet."""
        rows = np.zeros((self._left.shape[0], size), self._left.dtype)
        columns = np.zeros((self._right.shape[0], size), self._right.dtype)
        for k in range(min(size, len(self._values))):
            sides = [self._side(sign * self._left[:, k], sign * self._right[:, k]) for sign in (1, -1)]
            weight, row, column = max(sides, key=lambda side: side[0])
            scale = np.sqrt(self._values[k] * weight)
            rows[:, k], columns[:, k] = scale * row, scale * column
        return Factors(self._matrix, rows, columns)

    def _side(self, left: np.ndarray, right: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Return what of two vectors is positive, each of length 1, and the product of their lengths."""
        row, column = np.maximum(left, 0), np.maximum(right, 0)
        lengths = float(np.linalg.norm(row)), float(np.linalg.norm(column))
        return lengths[0] * lengths[1], row / (lengths[0] + _LEAST), column / (lengths[1] + _LEAST)


def random_factors(matrix: "csr_matrix", size: int, seed: int) -> Factors:
    """Return `size` factors of `matrix` at random, not fitted yet."""
    chance = np.random.default_rng(seed)
    scale = np.sqrt(matrix.mean() / size)
    rows, columns = (np.abs(chance.standard_normal((n, size), matrix.dtype)) * scale for n in matrix.shape)
    return Factors(matrix, rows.astype(matrix.dtype), columns.astype(matrix.dtype))
