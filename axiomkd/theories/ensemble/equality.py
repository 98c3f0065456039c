"""Two operators that are one rule."""

from __future__ import annotations

from axiomkd.kernel.judgement import Goal
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import SETTING, equal
from axiomkd.theories.ensemble.setting import aggregate
from axiomkd.theories.ensemble.well_definedness import is_defined


def same_rule(other: Operator) -> Statement:
    r"""The statement that an operator is the same rule as another: :math:`G(p,w) = G'(p,w)`.

    >>> from axiomkd.registry import find_operator
    >>> same_rule(find_operator("linear")).goal(find_operator("first-teacher"), Scope()).conclusions[0]
    p[1,i] = Sum(w[k]*p[k,i], k)
    """

    def goal(operator: Operator, scope: Scope) -> Goal:
        one, another = aggregate(operator), aggregate(other)
        return SETTING.goal(operator, scope, equal(one, another), is_defined(one), is_defined(another))

    title = f"The same rule as {other.title or other.id}"
    meaning = f"The aggregate is that of {other.id} at every input."
    return Statement(f"same-rule.{other.id}", "ensemble", title, meaning, "interior", goal)
