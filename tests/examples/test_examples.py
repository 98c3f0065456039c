"""The rules of public code bases and papers under examples/: each names its source and is certified."""

from pathlib import Path

import pytest

from axiomkd import certify
from axiomkd.registry import find_operator

FOLDER = Path(__file__).parents[2] / "examples"
FILES = sorted(FOLDER.glob("*.toml"))

KNOWN = {
    "mean-of-logits": {"convexity.simplex": True, "positivity.all": True, "unanimity": True},
    "mean-of-probabilities": {"convexity.simplex": True, "positivity.all": True, "unanimity": True},
    "softmax-of-weighted-mean": {"convexity.simplex": True, "positivity.all": True, "unanimity": False},
    "softmax-of-mean": {"convexity.simplex": True, "positivity.all": True, "unanimity": False},
    "entropy-weighting-as-coded": {"convexity.simplex": False, "unanimity": False},
    "contrastive-decoding": {"convexity.simplex": True, "positivity.all": True, "unanimity": False},
    "taid": {"convexity.simplex": True, "positivity.all": True, "unanimity": True},
    "power-r": {"log_loss.pointwise": True, "unanimity": True, "external_bayesianity": False},
}
"""What is true of them, by a line of pen and paper each."""


def test_there_are_rules_of_at_least_five_code_bases():
    sources = [find_operator(str(path)).source for path in FILES]
    bases = {word.strip(",") for source in sources for word in source.split() if "github.com/" in word}
    assert len(bases) >= 5
    assert all(sources)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_is_named_like_its_id(path):
    assert find_operator(str(path)).id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_is_certified(path):
    known = KNOWN[path.stem]
    certificate = certify(str(path), list(known))
    found = {cell.statement.id: cell.verdict for cell in certificate.cells}
    assert found == {id: "proved" if holds else "refuted" for id, holds in known.items()}


def test_the_python_example_is_certified():
    certificate = certify(f"{FOLDER / 'sqrt_pool.py'}:sqrt_pool", ["convexity.simplex"])
    assert [cell.verdict for cell in certificate.cells] == ["proved"]
