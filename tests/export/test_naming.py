"""The names of operators in Rocq hide none of its words and none of the library's."""

import pytest

from axiomkd.export.files import certificate_cells, header
from axiomkd.export.naming import coq_name, rule_name
from axiomkd.export.rocq import check_cells
from axiomkd.kernel.wire import parse
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify


@pytest.mark.parametrize("name", ["p", "exp", "rsum", "end", "fun", "unanimity", "convexity-simplex"])
def test_a_word_that_is_taken_is_not_used(name):
    assert rule_name(name) == f"rule_{coq_name(name)}"


def test_the_catalogues_names_are_their_own():
    assert {rule_name(declared.id) for declared in CATALOGUE} == {coq_name(d.id) for d in CATALOGUE}


def test_rocq_accepts_an_operator_whose_id_is_a_word_of_the_library():
    operator = Operator.declare("rsum", expr="p[1,i]")
    certificate = certify(operator, ["convexity.simplex", "linear_pool"])
    found, cells = certificate_cells(parse(certificate.to_json()))
    verdicts = check_cells(header(found), cells)
    assert [verdict.reason for verdict in verdicts] == [""] * len(verdicts)
