"""Rules that sort or vote: what is proved of them for any sizes, and where they jump."""

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.setting import fixed_size

CHOOSING = ("majority-vote", "top-k-1", "top-k-2", "min-entropy-teacher")
"""The rules whose aggregate is defined because somewhere something is greatest."""
OF_ALL = ("well_defined.closed", "convexity.simplex", "positivity.zero", "anonymity", "rank.unanimity")
PROVED = [
    *((operator, statement) for operator in CHOOSING for statement in OF_ALL),
    *(("majority-vote", statement) for statement in ("neutrality", "clone_invariance", "argmax.unanimity")),
    *(("top-k-2", statement) for statement in ("temperature.identity", "logit_shift", "argmax.unanimity")),
    ("min-entropy-teacher", "positivity.all"),
    ("min-entropy-teacher", "convexity.hull"),
    ("min-entropy-teacher", "weight_monotonicity.log_odds"),
    ("median", "temperature.argmax"),
    ("median", "response"),
]
REFUTED = [
    ("majority-vote", "continuity.interior"),
    ("top-k-1", "continuity.interior"),
    ("top-k-2", "continuity.interior"),
    ("majority-vote", "positivity.all"),
    ("top-k-1", "log_loss.pointwise"),
    ("top-k-2", "jensen.target_kl"),
    ("min-entropy-teacher", "brier.mean"),
    ("median", "safety.event"),
]


def goal(operator, statement):
    found = find_operator(operator)
    return find_statement(statement).goal(found, Scope(fixed_size(found, Scope(), "teacher")))


@pytest.mark.parametrize("operator, statement", PROVED)
def test_is_proved_for_any_sizes(operator, statement):
    asked = goal(operator, statement)
    assert check(asked, prove(asked)).proves


@pytest.mark.parametrize("operator, statement", REFUTED)
def test_is_refuted(operator, statement):
    asked = goal(operator, statement)
    assert not check(asked, refute(asked).evidence).proves


def test_votes_are_not_proved_to_be_positive():
    for operator in ("majority-vote", "top-k-1", "top-k-2"):
        assert prove(goal(operator, "positivity.all")) is None
