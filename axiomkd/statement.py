"""Statements: templates that turn an operator and a scope into a goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from axiomkd.kernel.judgement import Goal
from axiomkd.operator import Operator


@dataclass(frozen=True)
class Scope:
    """For which sizes a statement is meant: a number, or ``None`` for any.

    >>> Scope(teachers=2)
    Scope(teachers=2, outcomes=None)
    """

    teachers: int | None = None
    outcomes: int | None = None


@dataclass(frozen=True)
class Statement:
    r"""One reading of an axiom, or a guarantee.

    ``meaning`` is the statement in words and LaTeX. ``goal`` builds the kernel's goal; it returns
    ``None`` where the statement is not asked of the operator. ``domain`` is ``"interior"`` or ``"closed"``.
    """

    id: str
    theory: str
    title: str
    meaning: str
    domain: str
    goal: Callable[[Operator, Scope], Goal | None]
