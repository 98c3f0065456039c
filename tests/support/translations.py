"""Inputs of a statement's predicate as inputs of its goal."""

import itertools
from fractions import Fraction

import numpy as np
from support.blocks import divided
from support.random_teachers import ROWS, drawing

OF_A_COMMON_LAW = {"variance": Fraction(3), "correlation": Fraction(1, 5)}
"""A variance and a correlation that all teachers share."""


def translations(goal, inputs):
    """Every case in which a goal speaks of the inputs: sizes, values, indices (from 0) and permutations."""
    usual = sizes_of(inputs)
    ranges = [range(usual[index.sort]) for index in goal.indices]
    orders = [itertools.permutations(range(usual[sort])) for _, sort in goal.permutations]
    for numbers in itertools.product(*ranges):
        indices = dict(zip(goal.indices, numbers, strict=True))
        for images in itertools.product(*map(list, orders)):
            permutations = dict(zip(dict(goal.permutations), images, strict=True))
            for values in valuations(goal, inputs, {index.name: n for index, n in indices.items()}):
                yield sized(goal, usual, values), values, indices, permutations


def sizes_of(inputs):
    teachers = inputs["w"].shape[1]
    outcomes = next(inputs[name].shape[-1] for name in ("p", "x", "g", "P", "R") if name in inputs)
    sizes = {"teacher": teachers, "outcome": outcomes, "merged": outcomes - 1}
    return {**sizes, "row": ROWS, "scenario": ROWS**teachers}


def sized(goal, usual, values):
    """The sizes of the goal's sorts; a block and the rest have those of their weights."""
    parts = {sort: values[name].shape[1] for sort, name in (("block", "u"), ("rest", "v")) if name in values}
    return {sort: {**usual, **parts}[sort] for sort, _ in goal.sizes}


def valuations(goal, inputs, numbers):
    """The values of the goal's variables: the inputs themselves, but for paths, merging, blocks and draws."""
    names = dict(goal.variables)
    count = len(inputs["w"])
    if "t" in inputs:
        yield on_the_path(inputs, numbers["a"])
    elif "c" in names:
        outcomes = inputs["p"].shape[2]
        for pair in itertools.combinations(range(outcomes), 2):
            yield {**inputs, "c": merging(count, outcomes, *pair)}
    elif "beta" in names:
        yield from divided(inputs)
    elif "e" in names:
        for event in itertools.product((0, 1), repeat=inputs["p"].shape[2]):
            yield {**inputs, "e": np.tile(np.array(event, dtype=object), (count, 1))}
    elif "f" in names:
        yield {**inputs, **drawing(inputs["R"], inputs["rho"], inputs["w"].shape[1])}
    else:
        yield {**inputs, **{name: np.full(count, number) for name, number in OF_A_COMMON_LAW.items()}}


def on_the_path(inputs, k):
    r"""From w_s to w_t is from w_s a part (t-s)/(1-s) of the way to teacher k."""
    s, t = inputs["s"], inputs["t"]
    unit = (np.arange(inputs["w"].shape[1]) == k).astype(int)
    w = (1 - s)[:, None] * inputs["w"] + s[:, None] * unit
    return {"p": inputs["p"], "w": w, "s": (t - s) / (1 - s)}


def merging(count, outcomes, i, j):
    """Outcome j > i becomes outcome i; the others keep their order."""
    targets = [i if g == j else g - (g > j) for g in range(outcomes)]
    table = [[Fraction(int(targets[g] == h)) for h in range(outcomes - 1)] for g in range(outcomes)]
    return np.broadcast_to(np.array(table, dtype=object), (count, outcomes, outcomes - 1))
