"""The grammar of rules: what is enumerated, and that the texts mean what the trees say."""

from itertools import islice

import numpy as np
import pytest

from axiomkd.catalogue import find_statement
from axiomkd.explore.fingerprint import base_of, fingerprint, looks_false, rule_of
from axiomkd.explore.grammar import DRAWN, Tree, families, node, operator, trees, up_to
from axiomkd.language.ranges import Range

UP_TO_TWO = list(up_to(2))
SOME_OF_THREE = list(trees(3))[::37]


def test_a_size_is_a_number_of_nodes():
    for size in (1, 2, 3):
        assert {tree.size for tree in trees(size)} == {size}


def test_no_rule_is_enumerated_twice_and_the_order_never_changes():
    every = list(up_to(3))
    assert len({tree.name for tree in every}) == len(every)
    assert every == list(up_to(3))


def test_rules_come_one_by_one():
    assert len(list(islice(trees(12), 3))) == 3


# -- what a tree means, written apart from the grammar --------------------------------------


def n(x):
    return x / x.sum(axis=-1, keepdims=True)


def weights(parts, w):
    if not parts:
        return w
    (tree,) = parts
    if tree.kind == "equal":
        return np.full_like(w, 1 / w.shape[-1])
    inner = weights(tree.parts, w)
    return n(inner**2) if tree.kind == "squared" else 0.9 * inner + 0.1 / w.shape[-1]


ORDERS = {"linear": 1.0, "root": 0.5, "square": 2.0, "harmonic": -1.0}


def mean(tree, p, w):
    w = weights(tree.parts, w)[..., None]
    if tree.kind in ORDERS:
        return (w * p ** ORDERS[tree.kind]).sum(axis=1) ** (1 / ORDERS[tree.kind])
    return {
        "geometric": lambda: np.exp((w * np.log(p)).sum(axis=1)),
        "maximum": lambda: p.max(axis=1),
        "minimum": lambda: p.min(axis=1),
    }[tree.kind]()


def pool(tree, p, raw, w):
    """The rule at many inputs; p are the softened teachers."""
    kind, parts, outcomes = tree.kind, tree.parts, p.shape[-1]

    def part(number, p=p, raw=raw):
        return pool(parts[number], p, raw, w)

    def drawn(share):
        return part(0, p + share[..., None] * (raw - p))

    overlap, product = p.min(axis=1).sum(axis=-1), p.prod(axis=1).sum(axis=-1)
    meanings = {
        "uniform": lambda: np.full((len(p), outcomes), 1 / outcomes),
        "unnormalised": lambda: mean(parts[0], p, w),
        "cooled": lambda: n(part(0) ** 2),
        "warmed": lambda: n(part(0) ** 0.5),
        "cooled-first": lambda: part(0, n(p**2), n(raw**2)),
        "warmed-first": lambda: part(0, n(p**0.5), n(raw**0.5)),
        "smoothed": lambda: 0.9 * part(0) + 0.1 / outcomes,
        "hedged": lambda: (
            (overlap[:, None] * part(0) + product[:, None] / outcomes) / (overlap + product)[:, None]
        ),
        "ceded": lambda: part(0) - p.min(axis=1) + overlap[:, None] * (np.arange(outcomes) == 0),
        "raw-when-hot": lambda: drawn(1 - (p**2).sum(axis=-1)),
        "raw-when-cold": lambda: drawn(((p - 1 / outcomes) ** 2).sum(axis=-1)),
        "mix": lambda: (part(0) + part(1)) / 2,
        "blend": lambda: n(np.sqrt(part(0) * part(1))),
        "after": lambda: part(0, (p + part(1)[:, None]) / 2, (raw + part(1)[:, None]) / 2),
    }
    if kind in meanings:
        return meanings[kind]()
    return mean(tree, p, w) if kind == "linear" else n(mean(tree, p, w))


def inputs(teachers=3, outcomes=4, count=5):
    rng = np.random.default_rng(7)
    raw = rng.dirichlet(np.ones(outcomes), (count, teachers))
    return raw, rng.dirichlet(np.ones(teachers), count), rng.choice([0.5, 1.0, 3.0], (count, teachers))


@pytest.mark.parametrize("tree", UP_TO_TWO + SOME_OF_THREE, ids=str)
def test_the_text_is_the_rule(tree):
    raw, w, T = inputs()
    softened = n(raw ** (1 / T[..., None]))
    found = operator(tree)
    assert rule_of(found)(raw, w, T) == pytest.approx(pool(tree, softened, raw, w))
    assert base_of(found)(raw, w) == pytest.approx(pool(tree, raw, raw, w))


def test_rules_that_write_unsoftened_teachers_declare_what_they_are_at_temperature_one():
    for tree in UP_TO_TWO:
        assert (operator(tree).base is not None) == (tree.kind in DRAWN)


# -- families -------------------------------------------------------------------------------


def test_a_family_holds_the_rule_at_its_constant():
    tree = node("mix", node("linear", node("shrunk")), node("smoothed", node("geometric")))
    found = [str(family) for family in families(tree)]
    assert found == [
        "mix(linear(shrunk), smoothed(geometric), b)",
        "mix(linear(shrunk(b)), smoothed(geometric))",
        "mix(linear(shrunk), smoothed(geometric, b))",
    ]
    assert not list(families(node("cooled", node("linear"))))


def test_a_family_has_its_parameter_in_the_range():
    tree = Tree("smoothed", (node("linear"),), "b")
    assert operator(tree, Range(0, 1, "right")).ranges == {"b": Range(0, 1, "right")}


# -- fingerprints and first looks -----------------------------------------------------------


def test_fingerprints_tell_rules_apart_that_differ_at_one_temperature_only():
    plain, drawn = node("linear"), node("raw-when-hot", node("linear"))
    assert fingerprint(operator(plain)) != fingerprint(operator(drawn))
    same = node("cooled", node("geometric")), node("cooled-first", node("geometric"))
    assert len({fingerprint(operator(tree)) for tree in same}) == 1


@pytest.mark.parametrize(
    ("kind", "statement", "sizes"),
    [
        ("geometric", "weight_monotonicity.exchange_strict", (2, 3)),
        ("linear", "weight_monotonicity.exchange_strict", None),
        ("linear", "temperature.argmax", None),
        ("harmonic", "temperature.argmax", (1, 2)),
    ],
)
def test_a_first_look_at_a_statement(kind, statement, sizes):
    assert looks_false(operator(node(kind)), find_statement(statement)) == sizes
