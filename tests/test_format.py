"""The worked example of the format's page is a certificate, written as certificates are."""

import json
import re
from pathlib import Path

from axiomkd.certificate import layout
from axiomkd.kernel.table import SHAPES
from axiomkd.recheck import check_certificate

PAGE = (Path(__file__).parents[1] / "proofs" / "FORMAT.md").read_text(encoding="utf-8")


def test_the_worked_example_is_accepted():
    example, witness = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    outcome = check_certificate(example)
    assert outcome.accepted == (("unanimity", "proved"),)
    assert outcome.refused == ()
    assert layout(json.loads(example)) == example
    assert json.loads(witness)["evidence"]["kind"] == "witness"


def test_every_kind_of_row_is_described():
    assert set(re.findall(r'\["([A-Z]\w+)"', PAGE.split("## A worked example")[0])) == set(SHAPES)
