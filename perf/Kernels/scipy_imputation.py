"""Linear imputation by SciPy's direct solver, timed: what `camanim-perf imputation --scipy` compares with.

Usage: scipy_imputation.py FOLDER CHANNELS HEIGHT WIDTH
Reads image.f32 [C,H,W] and masks.u8 [N,H,W] (1 = removed); prints the milliseconds of each mask, one a line, and writes
solutions.f64 [N,C,H,W].

The way of ROAD's reference implementation (Rong et al. 2022): the matrix is filled as a list of lists, neighbour by neighbour, with
numpy over all removed pixels at once; then compressed columns and one factorisation for all channels.
"""
import pathlib
import sys
import time

import numpy
from scipy.sparse import csc_matrix, lil_matrix
from scipy.sparse.linalg import spsolve

NEIGHBOURS = [(dy, dx, 1 / 6 if dy == 0 or dx == 0 else 1 / 12) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]


def assemble(removed, image):
    """The matrix over the removed pixels, and a right-hand side a channel."""
    height, width = removed.shape
    rows, columns = numpy.nonzero(removed)
    count = len(rows)
    number = numpy.zeros(removed.shape, dtype=int)
    number[rows, columns] = numpy.arange(count)
    matrix = lil_matrix((count, count))
    right = numpy.zeros((count, image.shape[0]))
    weights = numpy.zeros(count)
    for dy, dx, weight in NEIGHBOURS:
        y, x = rows + dy, columns + dx
        inside = numpy.flatnonzero((y >= 0) & (y < height) & (x >= 0) & (x < width))
        y, x = y[inside], x[inside]
        weights[inside] += weight
        unknown = removed[y, x] != 0
        matrix[inside[unknown], number[y[unknown], x[unknown]]] = -weight
        right[inside[~unknown]] += weight * image[:, y[~unknown], x[~unknown]].T
    matrix[numpy.arange(count), numpy.arange(count)] = weights
    return matrix, right


def main():
    folder = pathlib.Path(sys.argv[1])
    channels, height, width = map(int, sys.argv[2:5])
    image = numpy.fromfile(folder / "image.f32", dtype=numpy.float32).reshape(channels, height, width)
    masks = numpy.fromfile(folder / "masks.u8", dtype=numpy.uint8).reshape(-1, height, width)
    with open(folder / "solutions.f64", "wb") as solutions:
        for removed in masks:
            start = time.perf_counter()
            matrix, right = assemble(removed, image)
            values = spsolve(csc_matrix(matrix), right)
            print((time.perf_counter() - start) * 1e3, flush=True)
            solution = image.astype(numpy.float64)
            solution[:, removed != 0] = values.reshape(-1, channels).T
            solution.tofile(solutions)


main()
