"""Terms and formulas in one line of Unicode, for the terminal and for Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from axiomkd.kernel.terms import (
    AtMost,
    Different,
    Distinct,
    Equal,
    Less,
    Node,
    Same,
    Tends,
    Term,
    Variable,
)
from axiomkd.language.printing import ATOM, GREEK, POWER, PRODUCT, Printer, Text, stem_and_number

BIG = {"sum": "Σ", "product": "Π", "maximum": "max", "minimum": "min"}
RELATIONS: dict[type[Node], str] = {
    Equal: "=",
    Same: "=",
    AtMost: "≤",
    Less: "<",
    Different: "≠",
    Distinct: "≠",
    Tends: "→",
}


def text(node: Node) -> str:
    r"""A term or a formula in one line.

    >>> from axiomkd.registry import find_operator
    >>> text(find_operator("geometric").value)
    '(Π_k p_k(i)^w_k)/(Σ_j Π_k p_k(j)^w_k)'
    """
    return _Plain(node.free).show(node)


class _Plain(Printer):
    def group(self, text: str) -> str:
        return f"({text})"

    def fraction(self, above: Term, below: Term) -> Text:
        return f"{self.show(above, POWER)}/{self.show(below, POWER)}", PRODUCT

    def root(self, base: Term) -> Text:
        return f"√{self.show(base, ATOM)}", POWER

    def raised(self, base: Term, exponent: Term) -> Text:
        return f"{self.show(base, ATOM)}^{self.show(exponent, ATOM)}", POWER

    def times(self, factors: Sequence[str]) -> str:
        return "·".join(factors)

    def variable(self, node: Variable) -> Text:
        below, arguments = node.indices[:1], node.indices[1:]
        inside = f"({','.join(map(self.show, arguments))})" if arguments else ""
        return self.symbol(node.name) + (f"_{self.show(below[0])}{inside}" if below else ""), ATOM

    def symbol(self, name: str) -> str:
        stem, number = stem_and_number(name)
        if stem == "raw":
            return f"p̃{number}"
        return (unicodedata.lookup(f"GREEK SMALL LETTER {stem.upper()}") if stem in GREEK else stem) + number

    def permuted(self, permutation: str, index: str) -> str:
        return f"{self.symbol(permutation)}({index})"

    def over(self, kind: str, index: str, size: str) -> str:
        return f"{BIG[kind]}_{index}"

    def function(self, name: str, arguments: Sequence[Term]) -> Text:
        shown = "ψ⁻¹" if name == "invdigamma" else name
        return f"{shown}({', '.join(map(self.show, arguments))})", POWER

    def delta(self, left: str, right: str) -> Text:
        separator = "" if len(left) == len(right) == 1 and (left + right).isalpha() else ","
        return f"δ_{left}{separator}{right}", ATOM

    def cases(self, branches: Sequence[tuple[str, str]], otherwise: str) -> Text:
        rows = [f"{value} if {condition}" for value, condition in branches]
        return "{" + "; ".join([*rows, f"{otherwise} otherwise"]) + "}", ATOM

    def relation(self, kind: type[Node]) -> str:
        return RELATIONS[kind]

    def words(self, text: str) -> str:
        return f" {text}"

    def hull(self, point: str, vertex: str, coordinate: str, index: str, size: tuple[str, str]) -> str:
        return f"({point})_{coordinate} ∈ conv {{({vertex})_{coordinate} : {index} = 1..{size[0]}}}"
