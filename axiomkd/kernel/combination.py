r"""Combinations of premises: terms with holes that stand for the premises' differences.

A template is a term in which the variable ``premise[n](k, ..)`` stands for right minus left
of premise number n, with its general indices, in the order of their names, replaced by k, ..
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.application import Application
from axiomkd.kernel.grammar import HOLE
from axiomkd.kernel.judgement import Judgement
from axiomkd.kernel.terms import (
    Comparison,
    Formula,
    Free,
    Index,
    Term,
    Variable,
    replace_variables,
    variables,
)


def hole(number: int, *indices: Index) -> Term:
    """The place of the difference of a premise in a template."""
    return cast(Term, Variable(f"premise{number}", *indices))


def hole_number(name: str) -> int | None:
    """The number of the premise whose difference a variable of a template stands for."""
    return int(name.removeprefix("premise")) if HOLE.fullmatch(name) else None


def general_indices(step: Application, judgement: Judgement) -> list[Free]:
    return sorted(step.general(judgement), key=lambda index: (index.name, index.sort))


def difference(formula: Formula) -> Term:
    """Right minus left of a comparison."""
    assert isinstance(formula, Comparison)
    return formula.right - formula.left


def read_combination(step: Application, template: Term, value: Callable[[Formula], Term]) -> Term:
    """The template with each hole replaced by what ``value`` makes of its premise."""

    def definition(number: int) -> Callable[..., Term]:
        step.require(number < len(step.premises), f"a premise of number {number}", len(step.premises))
        judgement = step.premises[number]
        step.require(isinstance(judgement.formula, Comparison), "a comparison", judgement.formula)

        def replaced(*indices: Index) -> Term:
            general = general_indices(step, judgement)
            step.require(len(indices) == len(general), f"{len(general)} indices", len(indices))
            renaming = dict(zip(general, indices, strict=True))
            return value(step.instance(number, renaming))

        return replaced

    numbers = {name: hole_number(name) for name in variables(template)}
    definitions = {name: definition(number) for name, number in numbers.items() if number is not None}
    return cast(Term, replace_variables(template, definitions))
