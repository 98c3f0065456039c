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
SUREST = "Piecewise((1, Prod(p[k,j]**p[k,j], j) >= Max(Prod(p[l,j]**p[l,j], j), l)), (0, True))"
"""Whether no teacher is surer."""
LEAST_SURE = SUREST.replace(">=", "<=").replace("Max", "Min")
SURER = "Sum(Piecewise((1, Prod(p[l,j]**p[l,j], j) > Prod(p[k,j]**p[k,j], j)), (0, True)), l)"
UNSURPASSED = f"Piecewise((1, {SURER} < 1), (0, True))"
MEAN_OF = "Sum(p[k,i]*{0}, k)/Sum({0}, k)"
ROOTS = "p[1,i]**(1/3)*p[2,i]**(1/3)*p[3,i]**(1/3)"
CONTRAST = "p[1,i]**2/p[2,i]"
ROOT = "Sum(w[k]*p[k,i]**(1/2), k)"
TOTAL, SQUARES = "Sum(Sum(w[k]*p[k,j]**(1/2), k), j)", "Sum(Sum(w[k]*p[k,j]**(1/2), k)**2, j)"
ADDED = f"({ROOT} + (sqrt({TOTAL}**2 + V*(1 - {SQUARES})) - {TOTAL})/V)**2"

PROVED = [
    *((CUBED, "expr", name) for name in ("weight_monotonicity.favourite", "attenuation.strict")),
    *((CUBED, "expr", name) for name in ("safety.event", "variance.coordinate")),
    *((SURE, "expr", name) for name in ("weight_monotonicity.favourite", "attenuation.strict")),
    *((SURE, "expr", name) for name in ("well_defined.closed", "positivity.some", "temperature.pool_argmax")),
    *((SURE, "expr", name) for name in ("continuity.closed", "temperature.argmax")),
    *((MEAN_OF.format(SUREST), "expr", f"temperature.{end}") for end in ("argmax", "pool_argmax")),
    (MEAN_OF.format(UNSURPASSED), "expr", "temperature.argmax"),
    *((SHRUNK, "expr", name) for name in ("variance.coordinate",)),
    *((f"{MEAN}*(4 - 3*{MEAN})", "mass", name) for name in ("well_defined.closed", "positivity.some")),
    *((f"{MEAN}*(4 - 3*{MEAN})", "mass", name) for name in ("temperature.argmax", "continuity.closed")),
    *((f"{MEAN}*(7 - 3*{MEAN})", "mass", name) for name in ("rank.unanimity", "argmax.unanimity")),
    *(("Prod(p[k,i]**(3*w[k]), k)", "mass", name) for name in ("positivity.zero", "temperature.pool_argmax")),
    *((ROOTS, "mass", name) for name in ("anonymity", "floor.atom", "safety.veto")),
    (CONTRAST, "mass", "safety.veto"),
    *((f"exp({MEAN}/2)", "mass", name) for name in ("robustness", "entropy.concave")),
    *((f"exp({MEAN})", "mass", name) for name in ("variance.trace",)),
    *((mass, "mass", "entropy.concave") for mass in (f"{MEAN}**(2/3)", "Sum(w[k]*p[k,i]**(1/3), k)")),
    *((ADDED, "expr", name) for name in ("weight_monotonicity.divergence_from", "log_loss.expected")),
    (f"{MEAN}**3", "mass", "response"),
    (f"9/10*{MEAN}**2 + (1 - 9/10*Sum(Sum(w[k]*p[k,j], k)**2, j))/V", "expr", "response"),
]
NOT_PROVED = [
    (MEAN_OF.format(LEAST_SURE), "expr", "temperature.argmax"),
    (MEAN_OF.format(UNSURPASSED), "expr", "continuity.interior"),
    ("Sum(w[k]*p[k,i], k)/Sum(w[k]**2, k)", "expr", "attenuation.strict"),
    (SHRUNK, "expr", "safety.veto"),
    (f"{MEAN}*(1 - {MEAN})", "mass", "well_defined.closed"),
    (f"2 - {MEAN}", "mass", "rank.unanimity"),
    ("Prod(p[k,i]**(3*w[k]), k)", "mass", "floor.atom"),
    ("p[1,i]**(1/3)*p[2,i]**(2/3)*p[3,i]**(1/3)", "mass", "anonymity"),
    (CONTRAST, "mass", "positivity.some"),
    (f"exp(9*{MEAN})", "mass", "robustness"),
    ("Sum(w[k]*p[k,i]**(3/2), k)", "mass", "entropy.concave"),
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


@pytest.mark.parametrize(("factor", "proved"), [(1, True), (2, False)])
def test_a_divergence_falls_where_an_unknown_is_added_to_a_mean(factor, proved):
    inverses = f"Sum({factor}*w[k]/p[k,i], k)"
    entry = f"1/({inverses} - c)"
    operator = Operator.declare(
        "solved", expr=entry, unknown="c", equation=f"Sum({entry}, i) == 1", where=[f"c < {inverses}"]
    )
    goal = find_statement("weight_monotonicity.divergence_from").goal(operator, Scope())
    found = structural.prove(goal)
    assert (found is not None) is proved
    if found is not None:
        check(goal, found)
