"""Where a product of factors, under sums of its own, occurs inside a monomial."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from axiomkd.kernel.algebra import Factors, Monomial
from axiomkd.kernel.application import match
from axiomkd.kernel.terms import Free, Index, Term, multiply, power


@dataclass(frozen=True)
class Occurrence:
    """The monomial is the sum over ``binders`` of ``multiplier`` times the pattern with its general
    indices replaced as ``found`` says."""

    multiplier: Term
    binders: tuple[Free, ...]
    found: dict[Free, Index]


def occurrences(pattern: Monomial, general: frozenset[Free], monomial: Monomial) -> Iterator[Occurrence]:
    summed, factors = pattern
    binders, present = monomial
    names = general | frozenset(summed)
    for found, rest in _placements(factors, names, dict(present), {}):
        taken = [found[index] for index in summed if index in found]
        if len(taken) < len(summed) or not all(index in binders for index in taken):
            continue
        others = [found[name] for name in general if name in found]
        left = [atom for atom, exponent in rest.items() if exponent]
        if len(set(taken)) < len(taken) or any(
            index in node.free for index in taken for node in (*left, *others)
        ):
            continue
        kept = tuple(binder for binder in binders if binder not in taken)
        multiplier = multiply(*(power(a, e) if e > 1 else a for a, e in rest.items() if e))
        yield Occurrence(multiplier, kept, {name: found[name] for name in general if name in found})


def _placements(
    factors: Factors, names: frozenset[Free], present: dict[Term, int], found: dict[Free, Index]
) -> Iterator[tuple[dict[Free, Index], dict[Term, int]]]:
    """Ways to find all the factors among those present, the same index standing for the same name."""
    if not factors:
        yield found, present
        return
    (atom, exponent), others = factors[0], factors[1:]
    for candidate, times in present.items():
        extended = dict(found)
        if times >= exponent and match(atom, candidate, names, extended):
            yield from _placements(others, names, {**present, candidate: times - exponent}, extended)
