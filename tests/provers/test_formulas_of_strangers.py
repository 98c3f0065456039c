"""What the structural prover knows of formulas that are in no catalogue, and what it does not prove."""

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.operator import Operator
from axiomkd.provers import structural
from axiomkd.statement import Scope

MEAN = "Sum(w[k]*p[k,i], k)"
CUBED = "Sum(w[k]**3*p[k,i], k)/Sum(w[k]**3, k)"
SURE = "Sum(w[k]*Prod(p[k,j]**p[k,j], j)**2*p[k,i], k)/Sum(w[k]*Prod(p[k,j]**p[k,j], j)**2, k)"
SHRUNK = "Sum((2/3*w[k] + 1/3/K)*p[k,i], k)"
ROOTS = "p[1,i]**(1/3)*p[2,i]**(1/3)*p[3,i]**(1/3)"
CONTRAST = "p[1,i]**2/p[2,i]"

PROVED = [
    *((CUBED, "expr", name) for name in ("weight_monotonicity.favourite", "attenuation.strict")),
    *((CUBED, "expr", name) for name in ("safety.event", "variance.coordinate")),
    *((SURE, "expr", name) for name in ("weight_monotonicity.favourite", "attenuation.strict")),
    *((SURE, "expr", name) for name in ("well_defined.closed", "positivity.some", "temperature.pool_argmax")),
    *((SHRUNK, "expr", name) for name in ("variance.coordinate",)),
    *((f"{MEAN}*(4 - 3*{MEAN})", "mass", name) for name in ("well_defined.closed", "positivity.some")),
    *((f"{MEAN}*(4 - 3*{MEAN})", "mass", name) for name in ("temperature.argmax", "continuity.closed")),
    *((f"{MEAN}*(7 - 3*{MEAN})", "mass", name) for name in ("rank.unanimity", "argmax.unanimity")),
    *(("Prod(p[k,i]**(3*w[k]), k)", "mass", name) for name in ("positivity.zero", "temperature.pool_argmax")),
    *((ROOTS, "mass", name) for name in ("anonymity", "floor.atom", "safety.veto")),
    (CONTRAST, "mass", "safety.veto"),
]
NOT_PROVED = [
    ("Sum(w[k]*p[k,i], k)/Sum(w[k]**2, k)", "expr", "attenuation.strict"),
    (SHRUNK, "expr", "safety.veto"),
    (f"{MEAN}*(1 - {MEAN})", "mass", "well_defined.closed"),
    (f"2 - {MEAN}", "mass", "rank.unanimity"),
    ("Prod(p[k,i]**(3*w[k]), k)", "mass", "floor.atom"),
    ("p[1,i]**(1/3)*p[2,i]**(2/3)*p[3,i]**(1/3)", "mass", "anonymity"),
    (CONTRAST, "mass", "positivity.some"),
]


def proof(text, written, statement):
    sizes = {"K": 3} if "p[3,i]" in text else {"K": 2} if "p[2,i]" in text else {}
    operator = Operator.declare("formula", **{written: text}, sizes=sizes)
    goal = find_statement(statement).goal(operator, Scope(sizes.get("K")))
    found = structural.prove(goal)
    if found is not None:
        check(goal, found)
    return found


@pytest.mark.parametrize(("text", "written", "statement"), PROVED)
def test_what_is_true_is_proved(text, written, statement):
    assert proof(text, written, statement) is not None


@pytest.mark.parametrize(("text", "written", "statement"), NOT_PROVED)
def test_what_is_false_is_not(text, written, statement):
    assert proof(text, written, statement) is None
