r"""Terms and formulas as LaTeX, exactly what the kernel checks; ``amsmath`` is all it needs."""

from __future__ import annotations

from collections.abc import Sequence

from axiomkd.kernel.terms import (
    AtMost,
    Different,
    Distinct,
    Equal,
    Less,
    Node,
    Number,
    Same,
    Tends,
    Term,
    Variable,
)
from axiomkd.language.printing import ATOM, GREEK, POWER, PRODUCT, SUM, Printer, Text, stem_and_number

BIG = {"sum": r"\sum", "product": r"\prod", "maximum": r"\max", "minimum": r"\min"}
RELATIONS: dict[type[Node], str] = {
    Equal: "=",
    Same: "=",
    AtMost: r"\le",
    Less: "<",
    Different: r"\ne",
    Distinct: r"\ne",
    Tends: r"\to",
}


def latex(node: Node) -> str:
    r"""A term or a formula in LaTeX's math mode.

    >>> from axiomkd.registry import find_operator
    >>> latex(find_operator("linear").value)
    '\\sum_{k=1}^{K} w_{k}\\,p_{k}(i)'
    """
    return _Latex(node.free).show(node)


class _Latex(Printer):
    def group(self, text: str) -> str:
        return rf"\left({text}\right)"

    def fraction(self, above: Term, below: Term) -> Text:
        return rf"\frac{{{self.show(above)}}}{{{self.show(below)}}}", POWER

    def root(self, base: Term) -> Text:
        return rf"\sqrt{{{self.show(base)}}}", POWER

    def raised(self, base: Term, exponent: Term) -> Text:
        return f"{self.show(base, ATOM)}^{{{_Exponent(self.taken).show(exponent)}}}", POWER

    def times(self, factors: Sequence[str]) -> str:
        text = factors[0]
        for factor in factors[1:]:
            digits = factor[0].isdigit() or (text[-1].isdigit() and factor.startswith(r"\frac"))
            text += rf" \cdot {factor}" if digits else rf"\,{factor}"
        return text

    def variable(self, node: Variable) -> Text:
        below, arguments = node.indices[:1], node.indices[1:]
        if not below:
            return self.symbol(node.name), ATOM
        name = r"\tilde p" if node.name == "raw" else self.symbol(node.name)
        name = f"{{{name}}}" if stem_and_number(node.name)[1] else name
        inside = f"({', '.join(map(self.show, arguments))})" if arguments else ""
        return f"{name}_{{{self.show(below[0])}}}{inside}", ATOM

    def symbol(self, name: str) -> str:
        stem, number = stem_and_number(name)
        shown = rf"\{stem}" if stem in GREEK else stem if len(stem) == 1 else rf"\mathit{{{_escaped(stem)}}}"
        return f"{shown}_{{{number}}}" if number else shown

    def sized(self, sort: str) -> str:
        return super().sized(sort) if sort in ("teacher", "outcome") else rf"N_{{\mathrm{{{sort}}}}}"

    def permuted(self, permutation: str, index: str) -> str:
        return f"{self.symbol(permutation)}({index})"

    def over(self, kind: str, index: str, size: str) -> str:
        if kind in ("maximum", "minimum"):
            return rf"{BIG[kind]}_{{{index}}}"
        return rf"{BIG[kind]}_{{{index}=1}}^{{{size}}}"

    def function(self, name: str, arguments: Sequence[Term]) -> Text:
        if name in ("max", "min"):
            inside = ", ".join(map(self.show, arguments))
            return rf"\{name}\left\{{{inside}\right\}}", POWER
        if name == "log" and isinstance(arguments[0], Variable | Number):
            return rf"\log {self.show(arguments[0], ATOM)}", PRODUCT
        if name == "invdigamma":
            return rf"\psi^{{-1}}\left({self.show(arguments[0])}\right)", POWER
        return rf"\{name}\left({self.show(arguments[0])}\right)", POWER

    def delta(self, left: str, right: str) -> Text:
        separator = "" if len(left) == len(right) == 1 and (left + right).isalpha() else ", "
        return rf"\delta_{{{left}{separator}{right}}}", ATOM

    def cases(self, branches: Sequence[tuple[str, str]], otherwise: str) -> Text:
        rows = [*(rf"{value} & \text{{if }} {condition}" for value, condition in branches)]
        body = r" \\ ".join([*rows, rf"{otherwise} & \text{{otherwise}}"])
        return rf"\begin{{cases}} {body} \end{{cases}}", SUM

    def relation(self, kind: type[Node]) -> str:
        return RELATIONS[kind]

    def words(self, text: str) -> str:
        return rf" \text{{ {text}}}"

    def hull(self, point: str, vertex: str, coordinate: str, index: str, size: tuple[str, str]) -> str:
        vertices, coordinates = size
        over = f"_{{{coordinate}=1}}^{{{coordinates}}}"
        points = rf"\left({vertex}\right){over} : 1 \le {index} \le {vertices}"
        return rf"\left({point}\right){over} \in \operatorname{{conv}}\left\{{{points}\right\}}"


class _Exponent(_Latex):
    """Inside an exponent fractions stand in one line: 1/2."""

    def fraction(self, above: Term, below: Term) -> Text:
        return f"{self.show(above, PRODUCT)}/{self.show(below, POWER)}", PRODUCT


def _escaped(name: str) -> str:
    return name.replace("_", r"\_")
