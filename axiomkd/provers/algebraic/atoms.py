"""Equations that take inverses, roots, extremes and branches out of polynomials, the outermost first."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, cast

from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Comparison,
    Equal,
    Formula,
    Less,
    Power,
    Term,
    Variable,
    multiply,
)
from axiomkd.provers.algebraic.facts import Known
from axiomkd.provers.algebraic.reductions import Hole, Reduction, clearing, substitution
from axiomkd.provers.algebraic.ring import Root, depth, exponent, factors_of, is_inverse, is_root, raised

if TYPE_CHECKING:
    from axiomkd.provers.algebraic.scene import Scene


def take_out_atoms(scene: Scene) -> None:
    """Write an equation for every atom that is not a variable, and note how it reduces polynomials."""
    decided = scene.decided()
    entries: list[tuple[int, Callable[[], None]]] = []
    for atom in scene.ring.atoms:
        if atom in decided:
            entries.append((depth(atom), partial(_substitute, scene, atom, decided[atom])))
        elif is_inverse(atom):
            entries.append((depth(atom), partial(_clear, scene, atom, cast(Power, atom).base)))
        elif is_root(atom):
            entries.append((depth(atom), partial(_take_out_root, scene, atom)))
    for root in scene.ring.roots:
        _note_root_sign(scene, root.atom)
        entries.append((depth(root.atom) - 1, partial(_use_root, scene, root)))
    for _, take in sorted(entries, key=lambda entry: -entry[0]):
        take()


def by_powers(scene: Scene, left: Term, right: Term) -> int:
    """An equation of products of powers of positive terms."""
    factors: list[Term] = []
    for side in (left, right):
        logarithm(side, factors)
    premises = tuple(scene.positive(scene.case, factor) for factor in dict.fromkeys(factors))
    return scene.book.add("powers", cast(Formula, Equal(left, right)), premises)


def _substitute(scene: Scene, atom: Term, step: int) -> None:
    """An atom that equals a term by a step."""
    ring = scene.ring
    formula = cast(Comparison, scene.book.judgements[step].formula)
    value, place = ring.polynomial(formula.right), ring.place[atom]
    gap = value - ring.generators[place]
    scene.reductions.append(Reduction(Hole(step), gap, substitution(ring, place, value)))


def _clear(scene: Scene, atom: Term, base: Term) -> None:
    """An atom that is the inverse of a positive term."""
    ring = scene.ring
    shown = scene.positive(scene.case, base)
    step = by_powers(scene, multiply(base, atom), ONE)
    sign = cast(Comparison, Less(ZERO, atom))
    inner = cast(Power, atom).base
    scene.note_sign(sign, scene.book.add("sign_of_parts", sign, (scene.positive(scene.case, inner),)))
    place, value = ring.place[atom], ring.polynomial(base)
    gap = ring.one - value * ring.generators[place]
    how = clearing(ring, place, value)
    scene.reductions.append(Reduction(Hole(step), gap, how, place, value, Hole(shown)))


def _take_out_root(scene: Scene, atom: Term) -> None:
    """A root as a power of the one root of its base, or as a product of powers."""
    product = factors_of(atom, scene.ring.sizes)
    if product is not None:
        _substitute(scene, atom, by_powers(scene, atom, product))
        return
    root = next(root for root in scene.ring.roots if root.base is cast(Power, atom).base)
    power = int(cast(Fraction, exponent(atom)) * root.order)
    if power < 0:
        _clear(scene, atom, raised(root.atom, -power))
    elif power > 1:
        _substitute(scene, atom, by_powers(scene, atom, raised(root.atom, power)))


def _note_root_sign(scene: Scene, atom: Term) -> None:
    formula = cast(Comparison, Less(ZERO, atom))
    base = scene.positive(scene.case, cast(Power, atom).base)
    scene.note_sign(formula, scene.book.add("sign_of_parts", formula, (base,)))


def _use_root(scene: Scene, root: Root) -> None:
    """A base is a power of its root: a variable is replaced, of any other base the power is."""
    ring = scene.ring
    step = by_powers(scene, root.base, raised(root.atom, root.order))
    place, value = ring.place[root.atom], ring.polynomial(root.base)
    power = ring.generators[place] ** root.order
    if isinstance(root.base, Variable):
        how = substitution(ring, ring.place[root.base], power)
    else:
        how = substitution(ring, place, value, root.order)
        formula = cast(Comparison, scene.book.judgements[step].formula)
        scene.powers.append((Known(formula, Hole(step)), len(scene.reductions)))
    scene.reductions.append(Reduction(Hole(step), power - value, how))
