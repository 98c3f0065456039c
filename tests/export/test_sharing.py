"""Proofs of equations written down once."""

from axiomkd.export.sharing import Shared


def test_an_equation_used_twice_stands_before_the_proof():
    shared = Shared()
    first = shared.add("a", {}, "forall n0 : nat, x n0 = y", ["n0", "Hn0"], "long n0 Hn0")
    poly, second = shared.found("a", ["n1", "Hn1"])
    assert poly == {}
    assert shared.text(f"(both {first} {second})").splitlines() == [
        "assert (norm_0 : forall n0 : nat, x n0 = y) by exact (fun n0 Hn0 => long n0 Hn0).",
        "exact (both (norm_0 n0 Hn0) (norm_0 n1 Hn1)).",
    ]


def test_an_equation_used_once_stands_where_it_is_used():
    shared = Shared()
    inner = shared.add("a", {}, "x = y", [], "short")
    outer = shared.add("b", {}, "y = z", [], f"(trans {inner})")
    assert shared.text(outer) == "exact (trans short)."


def test_an_equation_used_under_other_names_only_is_not_put_in_its_place():
    shared = Shared()
    shared.add("a", {}, "forall n0 : nat, x n0 = y", ["n0", "Hn0"], "long n0 Hn0")
    use = shared.found("a", ["n1", "Hn1"])[1]
    assert shared.text(use).splitlines()[-1] == "exact (norm_0 n1 Hn1)."


def test_an_equation_inside_another_comes_first():
    shared = Shared()
    inner = shared.add("a", {}, "x = y", [], "short")
    outer = shared.add("b", {}, "y = z", [], f"(twice {inner} {inner})")
    lines = shared.text(f"(both {outer} {outer})").splitlines()
    assert [line.split()[1] for line in lines[:2]] == ["(norm_0", "(norm_1"]


def test_what_is_not_there():
    assert Shared().found("a", []) is None
