"""Evidence against a goal as inputs of the statement's predicate."""

import numpy as np
from support.blocks import together
from support.inputs import wanted

from axiomkd.kernel.evidence import Witness


def violating_inputs(statement, evidence):
    """The inputs at which the predicate must fail: one of a witness, one for each path."""
    if isinstance(evidence, Witness):
        found = [_at_the_witness(dict(evidence.values))]
    else:
        found = [_on_the_path(dict(path)) for path in evidence.paths]
    return [{name: inputs[name] for name in wanted(statement)} for inputs in found]


def _at_the_witness(values):
    """A witness about weights goes from w, at s = 0, to w_s; one about nearby inputs stays where it is.

    One that refutes by what is undefined may have no temperatures, as it does so at any: here at 1.
    """
    arrays = {name: as_array(value) for name, value in values.items()}
    arrays.setdefault("T", np.ones_like(arrays["w"]) if "w" in arrays else np.ones(1))
    path = {"s": np.zeros(1), "t": arrays["s"]} if "s" in arrays else {}
    if "beta" in arrays:
        arrays |= together(arrays)
    return {**arrays, **path, "towards": tuple(arrays[name] for name in "pwT" if name in arrays)}


def _on_the_path(path):
    """Where the path ends and whence it comes: the polynomials at e = 0 and at e = 1."""
    end = {name: as_array(coefficients(value, lambda c: c[0])) for name, value in path.items()}
    start = tuple(as_array(coefficients(path[name], sum)) for name in "pwT" if name in path)
    return {**end, "towards": start}


def coefficients(value, chosen):
    if isinstance(value[0], tuple):
        return tuple(coefficients(part, chosen) for part in value)
    return chosen(value)


def as_array(value):
    return np.array(value, dtype=float)[None]
