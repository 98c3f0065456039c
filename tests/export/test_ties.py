"""What Rocq accepts where numbers tie, and where x^x meets zero."""

from axiomkd.catalogue import find_statement
from axiomkd.export.files import exported, header
from axiomkd.export.rocq import check_cells
from axiomkd.operator import Operator
from axiomkd.provers.counterexample.search import refute
from axiomkd.provers.structural import prove
from axiomkd.statement import Scope

SUREST = "Piecewise((1, Prod(p[k,j]**p[k,j], j) >= Max(Prod(p[l,j]**p[l,j], j), l)), (0, True))"
CALM = "Piecewise((1, Sum(p[k,j]*log(p[k,j]), j) >= Max(Sum(p[l,j]*log(p[l,j]), j), l)), (0, True))"
MEAN_OF = "Sum(p[k,i]*{0}, k)/Sum({0}, k)"


def cell(operator, statement, found):
    goal = find_statement(statement).goal(operator, Scope())
    evidence = found(goal)
    assert evidence is not None
    return exported(operator, statement, goal, evidence)


def witness(goal):
    return refute(goal).evidence


def reasons(text, *cells):
    operator = Operator.declare("surest", expr=text)
    written = [cell(operator, statement, found) for statement, found in cells]
    return {verdict.statement: verdict.reason for verdict in check_cells(header(operator), written)}


def test_rocq_accepts_ties_of_products_of_powers():
    assert reasons(MEAN_OF.format(SUREST), ("entropy.convex", witness)) == {"entropy.convex": ""}


def test_rocq_accepts_ties_of_sums_of_logarithms():
    assert reasons(MEAN_OF.format(CALM), ("entropy.convex", witness)) == {"entropy.convex": ""}


def test_rocq_accepts_that_a_number_to_its_own_power_is_continuous():
    confidence = "w[k]*Prod(p[k,j]**p[k,j], j)"
    found = reasons(f"Sum({confidence}*p[k,i], k)/Sum({confidence}, k)", ("continuity.closed", prove))
    assert found == {"continuity.closed": ""}
