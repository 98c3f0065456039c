"""Every rule of the kernel: what it must accept and what it must refuse."""

from dataclasses import replace

import pytest
from support.rules import analysis, equality, logic, means, order
from support.rules.setting import apply

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.rules import RULES

TABLES = (logic.TABLE, equality.TABLE, order.TABLE, means.TABLE, analysis.TABLE)
CASES = {rule: cases for table in TABLES for rule, cases in table.items()}
ACCEPTED = {f"{rule}: {case.name}": (rule, case) for rule, cases in CASES.items() for case in cases}
REFUSED = {
    f"{name}, but {change}": (rule, case, fields)
    for name, (rule, case) in ACCEPTED.items()
    for change, fields in case.but.items()
}


def test_every_rule_has_cases_of_both_kinds():
    assert set(CASES) == set(RULES)
    assert sum(map(len, TABLES)) == len(CASES)
    for rule in RULES:
        assert sum(len(case.but) for case in CASES[rule]) >= 3, rule


@pytest.mark.parametrize("rule, case", ACCEPTED.values(), ids=ACCEPTED)
def test_accepts(rule, case):
    judgement = apply(rule, case)
    assert judgement.formula is case.conclusion
    assert judgement.assumptions == frozenset(case.rests_on)


@pytest.mark.parametrize("rule, case, fields", REFUSED.values(), ids=REFUSED)
def test_refuses(rule, case, fields):
    assert all(getattr(case, name) != value for name, value in fields.items())
    with pytest.raises(Refused):
        demand_no_more_assumptions(apply(rule, replace(case, **fields)), case.rests_on)


def demand_no_more_assumptions(judgement, allowed):
    """A case left out is not discharged: what still rests on it establishes nothing."""
    if not judgement.assumptions <= set(allowed):
        raise Refused("expected no further assumption, got", judgement.assumptions)
