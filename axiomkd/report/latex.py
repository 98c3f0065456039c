"""Reports as LaTeX: a document, or a fragment for an appendix."""

from __future__ import annotations

import re

from axiomkd.kernel.terms import AtMost, Comparison, Different, Equal, Less, Node, Tends
from axiomkd.language.to_latex import latex
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.model import Clause, Report

GREEK = ("beta", "varepsilon", "eta", "theta", "pi", "rho", "sigma", "tau")
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
    **{letter: rf"\ensuremath{{\{name}}}" for letter, name in zip("βεηθπρστ", GREEK, strict=True)},
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
    template = environment(FILTERS, LATEX_DELIMITERS).get_template("certificate.tex")
    return template.render(report=report, fragment=fragment)


def escape(text: str) -> str:
    r"""Plain text for LaTeX.

    >>> escape("any K_1 & 50%")
    'any K\\_1 \\& 50\\%'
    """
    return re.sub(r'!=|[&%$#_{}\\~^<>|"βεηθπρστ]', lambda found: _SPECIAL[found[0]], text)


def breakable(name: str) -> str:
    r"""An id that may be broken after its stops and underscores.

    >>> breakable("positivity.all")
    'positivity.\\allowbreak{}all'
    """
    return re.sub(r"(\.|\\_)", r"\1\\allowbreak{}", escape(name))


def entry(text: str) -> str:
    r"""A fraction, a path or a word of a counterexample in math.

    >>> entry("1/2 - e^2"), entry("row 1")
    ('1/2 - \\varepsilon^2', '\\text{row 1}')
    """
    if re.search("[a-df-z]", text):
        return rf"\text{{{text}}}"
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


def matrix(rows: tuple[tuple[str, ...], ...]) -> str:
    r"""The values of a variable: a number, or rows of numbers.

    >>> matrix((("1/2", "1/2"),))
    '\\begin{pmatrix} 1/2 & 1/2 \\end{pmatrix}'
    """
    if rows and len(rows) == len(rows[0]) == 1:
        return entry(rows[0][0])
    body = r" \\ ".join(" & ".join(map(entry, row)) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def inline(rows: tuple[tuple[str, ...], ...]) -> str:
    """The values of a variable in one line, which may end between two of them.

    >>> inline((("0", "1"), ("1", "0")))
    '(0, 1), \\\\allowbreak (1, 0)'
    """
    written = [", ".join(map(entry, row)) for row in rows]
    return r", \allowbreak ".join(
        f"({text})" if len(row) > 1 else text for text, row in zip(written, rows, strict=True)
    )


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


FILTERS: dict[str, Filter] = {
    "tex": escape,
    "id": breakable,
    "math": latex,
    "formula": formula,
    "clause": clause,
    "entry": entry,
    "inline": inline,
    "matrix": matrix,
    "references": references,
    "sentence": sentence,
}
"""What the templates of a document use."""
