"""Statements: templates that turn an operator and a scope into a goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from axiomkd.errors import AxiomkdError
from axiomkd.kernel.judgement import Goal
from axiomkd.operator import Operator

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class NotAsked(AxiomkdError):
    """A statement that cannot be asked of an operator."""


Template = Callable[[Operator, "Scope"], Goal | None]
"""An operator and a scope to a goal, or to ``None`` where the statement is not asked."""
Predicate = Callable[..., "NDArray[np.bool_]"]
"""An aggregate and many inputs by name; for each input whether the statement holds there."""


@dataclass(frozen=True)
class Scope:
    """For which sizes a statement is meant: a number, or ``None`` for any.

    >>> Scope(teachers=2)
    Scope(teachers=2, outcomes=None)
    """

    teachers: int | None = None
    outcomes: int | None = None


@dataclass(frozen=True)
class Argument:
    """A theorem by which a statement about an operator follows from others about it, once all are proved.

    ``sentence`` says why, in words and LaTeX; ``source`` is where the theorem stands.
    """

    id: str
    sentence: str
    source: str
    parts: tuple[Statement, ...]


@dataclass(frozen=True)
class Statement:
    r"""One reading of an axiom, or a guarantee.

    ``meaning`` is the statement in words and LaTeX. ``goal`` builds the kernel's goal; it returns
    ``None`` where the statement is not asked of the operator. ``domain`` is ``"interior"`` or ``"closed"``.
    ``predicate`` says the same in NumPy, written apart from the goal: given an aggregate and many
    inputs, whether the statement holds at each (see :mod:`axiomkd.theories.ensemble.predicates`); statements
    that are made up from operators have none. Where ``arguments`` gives any, even none of them, the goal is
    only a part of what the statement says of the operator: a witness against it refutes the statement, and to
    prove it takes all parts of one of the arguments as well.
    """

    id: str
    theory: str
    title: str
    meaning: str
    domain: str
    goal: Template
    predicate: Predicate | None = None
    arguments: Callable[[Operator], tuple[Argument, ...] | None] | None = None

    def arguments_for(self, operator: Operator) -> tuple[Argument, ...] | None:
        """The theorems that may prove the statement of an operator; ``None`` where its goal says it all."""
        return self.arguments(operator) if self.arguments else None


def where_asked(template: Template) -> Template:
    """The template that gives ``None`` where the statement cannot be asked."""

    @wraps(template)
    def goal(operator: Operator, scope: Scope) -> Goal | None:
        try:
            return template(operator, scope)
        except NotAsked:
            return None

    return goal
