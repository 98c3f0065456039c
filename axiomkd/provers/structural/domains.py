"""Proving that terms are defined, and the signs that definedness, continuity and limits ask for."""

from __future__ import annotations

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import Big, Defined, Index, Log, Node, Number, Power, Term
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.signs import is_positive


def learn_domains(book: Book, node: Node) -> None:
    """Write down the signs that definedness, continuity and limits of a term ask for."""
    match node:
        case Power(base, exponent):
            learn_domains(book, base)
            learn_domains(book, exponent)
            if not _natural(exponent):
                is_positive(book, base)
        case Log(argument):
            learn_domains(book, argument)
            is_positive(book, argument)
        case Big():
            learn_domains(book, node.at(book.index_for(node)))
        case _:
            for part in node.parts:
                if isinstance(part, Node) and not isinstance(part, Index):
                    learn_domains(book, part)


def _natural(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 0


def prove_defined(book: Book, formula: Defined) -> int:
    try:
        return book.add_from_known("defined", formula)
    except Refused:
        learn_domains(book, formula.term)
        return book.add_from_known("defined", formula)
