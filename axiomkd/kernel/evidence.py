"""Evidence: plain data that a prover hands in and the kernel decides about."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from axiomkd.kernel.terms import Formula, Node

Parameter = Node | Fraction | int | str
Array = tuple["Array | Fraction", ...] | Fraction
"""Values of a variable: nested tuples, one level an index; a bare fraction when it has none."""
Polynomial = tuple[Fraction, ...]
"""Coefficients of e^0, e^1, e^2, .. of a path that runs into its end as e -> 0 from above."""


@dataclass(frozen=True)
class Step:
    """One step of a derivation: the conclusion follows from earlier steps by a rule."""

    rule: str
    conclusion: Formula
    premises: tuple[int, ...] = ()
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """Numbered steps; ``establishes`` names for each conclusion of the goal the step that proves it."""

    steps: tuple[Step, ...]
    establishes: tuple[int, ...]


@dataclass(frozen=True)
class Root:
    """An entry of a witness that need not be a fraction: a solution of an equation between two fractions.

    The witness gives the middle of the interval, ``radius`` is its half length. ``fact`` is the number of
    the equation among the facts of the goal, from 0; ``instance`` are the numbers of its own indices, from 1.
    """

    name: str
    entry: tuple[int, ...]
    radius: Fraction
    fact: int
    instance: tuple[int, ...] = ()


@dataclass(frozen=True)
class Witness:
    """An exact input at which every fact holds and one conclusion fails.

    ``conclusion`` is the number of the conclusion that fails, from 0. ``separator`` holds, for a
    hull, one coefficient a coordinate: the functional that separates the point from the vertices.
    ``roots`` are the entries that stand for a number near them, each found after those before it.
    """

    sizes: tuple[tuple[str, int], ...]
    values: tuple[tuple[str, Array], ...]
    indices: tuple[tuple[str, int], ...] = ()
    permutations: tuple[tuple[str, tuple[int, ...]], ...] = ()
    conclusion: int = 0
    separator: tuple[Fraction, ...] = ()
    roots: tuple[Root, ...] = ()


@dataclass(frozen=True)
class Paths:
    """One path whose limit is not the required value, or two paths to one input with different limits.

    Each path gives every variable as nested tuples of polynomials in e > 0. For a ``Tends`` goal
    there is one path, constant but for the limit variable, which the kernel itself lets run.
    """

    sizes: tuple[tuple[str, int], ...]
    paths: tuple[tuple[tuple[str, object], ...], ...]
    indices: tuple[tuple[str, int], ...] = ()
    permutations: tuple[tuple[str, tuple[int, ...]], ...] = ()
    conclusion: int = 0


Evidence = Derivation | Witness | Paths
