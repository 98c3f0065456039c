"""Checked axiom certificates for rules that merge several teachers' probability vectors into one.

>>> from axiomkd import Scope, certify
>>> certify("linear", "neutrality", Scope(outcomes=2)).cells[0].verdict
'proved'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from axiomkd.operator import Declared, Operator, operator
from axiomkd.statement import Scope

if TYPE_CHECKING:
    from axiomkd.certificate import Certificate
    from axiomkd.verdict import Cell

__all__ = ["Declared", "Operator", "Scope", "certify", "operator"]


def certify(
    operator: str | Operator | Declared,
    statements: str | Iterable[str] = (),
    scope: Scope | None = None,
    watch: Callable[[Cell, float], None] | None = None,
) -> Certificate:
    """Decide statements about an operator, all of its theory when none is named.

    ``operator`` is an id, a file, or a declaration; ``statements`` are ids or families; ``watch``
    is called with every cell that is ready and the seconds it took.

    >>> certify("linear", "unanimity")["unanimity"].verdict
    'proved'

    :raises axiomkd.errors.AxiomkdError: when operator, statements or scope are not what they should be.
    """
    from axiomkd import portfolio

    declared = operator() if isinstance(operator, Declared) else operator
    return portfolio.certify(declared, statements, scope, watch)
