"""Reports as LaTeX: a document, or a fragment for an appendix."""

from __future__ import annotations

import re
from typing import cast

from axiomkd.kernel.terms import AtMost, Comparison, Different, Equal, Less, Node, Tends, Variable
from axiomkd.language.to_latex import latex
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.model import Clause, Report

_SPECIAL = {
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}",
    ">": r"\ensuremath{>}",
    "|": r"\ensuremath{|}",
    "!=": r"\ensuremath{\neq}",
    '"': "''",
}
_RELATIONS: dict[type[Node], str] = {
    Equal: "=",
    AtMost: r"\le",
    Less: "<",
    Different: r"\neq",
    Tends: r"\to",
}


def document(report: Report, fragment: bool = False) -> str:
    r"""The report as LaTeX; a fragment is for ``\input`` and says which packages it needs."""
    filters: dict[str, Filter] = {
        "tex": escape,
        "math": latex,
        "formula": formula,
        "clause": clause,
        "entry": entry,
        "variable": variable,
        "matrix": matrix,
        "references": references,
        "sentence": sentence,
    }
    template = environment(filters, LATEX_DELIMITERS).get_template("certificate.tex")
    return template.render(report=report, fragment=fragment)


def escape(text: str) -> str:
    r"""Plain text for LaTeX.

    >>> escape("any K_1 & 50%")
    'any K\\_1 \\& 50\\%'
    """
    return re.sub(r'!=|[&%$#_{}\\~^<>|"]', lambda found: _SPECIAL[found[0]], text)


def entry(text: str) -> str:
    r"""A fraction or a path of a counterexample in math.

    >>> entry("1/2 - e^2")
    '1/2 - \\varepsilon^2'
    """
    return text.replace("e", r"\varepsilon")


def clause(fact: Clause) -> str:
    """A fact of a goal: for all indices, the hypotheses imply the conclusion."""
    given = r" \wedge ".join(map(latex, fact.hypotheses))
    body = f"{given} \\implies {latex(fact.conclusion)}" if given else latex(fact.conclusion)
    names = ", ".join(index.name for index in fact.indices)
    return f"${body}$ for all ${names}$" if names else f"${body}$"


def formula(node: Node, style: str = "") -> str:
    r"""The two arguments of ``\\axiomkdformula``: a line may end before the relation between them.

    >>> from axiomkd.kernel.terms import ONE, AtMost, variable
    >>> formula(AtMost(variable("x"), ONE))
    '{x}{\\le 1}'
    """
    if isinstance(node, Comparison | Tends):
        left, right = node.parts
        return f"{{{style}{latex(left)}}}{{{style}{_RELATIONS[type(node)]} {latex(right)}}}"
    return f"{{{style}{latex(node)}}}{{}}"


def variable(name: str) -> str:
    """The name of a variable in math."""
    return latex(cast(Node, Variable(name)))


def matrix(rows: tuple[tuple[str, ...], ...]) -> str:
    r"""The values of a variable: a number, or rows of numbers.

    >>> matrix((("1/2", "1/2"),))
    '\\begin{pmatrix} 1/2 & 1/2 \\end{pmatrix}'
    """
    if rows and len(rows) == len(rows[0]) == 1:
        return entry(rows[0][0])
    body = r" \\ ".join(" & ".join(map(entry, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def references(numbers: tuple[int, ...]) -> str:
    """The numbers of earlier lines.

    >>> references((1, 3))
    '(1) and (3)'
    """
    marks = [f"({number})" for number in numbers]
    return " and ".join([", ".join(marks[:-1]), marks[-1]]) if len(marks) > 1 else marks[0]


def sentence(text: str) -> str:
    """A clause as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
