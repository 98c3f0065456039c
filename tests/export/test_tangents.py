"""Tangents of the exponential and the logarithm in Rocq."""

from axiomkd.attempts import METHODS
from axiomkd.export.cells import Exported
from axiomkd.export.derivation import Derived
from axiomkd.export.implications import HEADER
from axiomkd.export.rocq import check_cells
from axiomkd.language.problem import Problem

POSITIVE = (("x", "positive"), ("y", "positive"))
STATED = {
    "exponential": Problem("exp(x) + exp(-x) >= 2", (("x", "real"),)),
    "above": Problem("log(x) <= x - 1", POSITIVE),
    "below": Problem("x*log(x) >= x - 1", POSITIVE),
}


def written(name, goal):
    derived = Derived(goal, METHODS["means"].find(goal, 20))
    text = f"Module cell_{name}.\n{derived.write(name)}End cell_{name}.\n"
    return Exported(name, name, text, tuple(derived.missing))


def test_rocq_accepts_tangents():
    verdicts = check_cells(HEADER, [written(name, problem.goal) for name, problem in STATED.items()])
    assert {verdict.name: verdict.reason for verdict in verdicts} == dict.fromkeys(STATED, "")
