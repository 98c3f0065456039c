"""Every rule of the kernel: what it must accept and what it must refuse."""

from dataclasses import replace

import pytest
from support.rules import analysis, boxes, digamma, equality, hulls, logic, means, order
from support.rules.setting import apply

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.rules import RULES

TABLES = (
    logic.TABLE,
    equality.TABLE,
    order.TABLE,
    means.TABLE,
    analysis.TABLE,
    hulls.TABLE,
    boxes.TABLE,
    digamma.TABLE,
)
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
    changed = replace(case, **fields)
    if rule.startswith("cases_"):
        assert rests_on_more(rule, changed)
    else:
        with pytest.raises(Refused):
            apply(rule, changed)


def rests_on_more(rule, case):
    """A case that is left out is not discharged: what still rests on it establishes nothing."""
    try:
        return not apply(rule, case).assumptions <= set(case.rests_on)
    except Refused:
        return True
