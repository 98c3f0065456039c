"""Formulas that name the images of single indices under a permutation: one permutation after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Comparison,
    Formula,
    Index,
    Less,
    Literal,
    Permuted,
    Same,
    add,
    big_sum,
    delta,
    multiply,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.sums import equation

Proof = Callable[[Book, Comparison], int]
Images = dict[Index, Literal]
"""Where the permutation takes the first numbers, as is assumed."""

LARGEST = 4
"""Numbers of which all 24 permutations are looked at; of more there are too many."""


def for_each_permutation(book: Book, formula: Comparison, proof: Proof) -> int:
    """The formula for all values of a permutation at the numbers of which it speaks."""
    for name, sort in book.goal.permutations:
        size = book.goal.size(sort)
        if size is not None and size <= LARGEST and _images_named(formula, name):
            return _for_images(book, formula, proof, (name, sort, size), {})
    raise NoProof("no images of single numbers under a permutation in", formula)


def _images_named(formula: Formula, name: str) -> bool:
    return any(
        isinstance(part, Permuted) and part.permutation == name and isinstance(part.index, Literal)
        for part in subterms(formula)
    )


def _for_images(
    book: Book, formula: Comparison, proof: Proof, permutation: tuple[str, str, int], images: Images
) -> int:
    """Each image of the next number that is not taken; two numbers have no image in common."""
    name, sort, size = permutation
    if len(images) == size:
        return proof(book, formula)
    image = cast(Index, Permuted(Literal(len(images) + 1, sort), sort, name))
    steps: list[int] = []
    for n in range(1, size + 1):
        value = cast(Literal, Literal(n, sort))
        with book.assuming(cast(Formula, Same(image, value))) as same:
            if value in images.values():
                steps.append(_impossible(book, formula, permutation, {**images, image: value}))
                continue
            moved = cast(Comparison, substitute(formula, {image: value}))
            inner = _for_images(book, moved, proof, permutation, {**images, image: value})
            steps.append(book.add("same_index", formula, (same, inner), image, value))
    return book.add("cases_literal", formula, tuple(steps), image)


def _impossible(book: Book, formula: Formula, permutation: tuple[str, str, int], images: Images) -> int:
    r"""Two numbers with one image n: :math:`\sum_k \delta_{\sigma(k),n} = \sum_k \delta_{kn} = 1`."""
    name, sort, size = permutation
    value = list(images.values())[-1]
    k = book.index(sort)
    ends = big_sum(k, delta(cast(Index, Permuted(k, sort, name)), value)), big_sum(k, delta(k, value))
    premises = [book.add("reindexing", equation(*ends), (), name)]
    holes = [hole(0)]
    for image, where in images.items():
        if where is value:
            same = book.find(cast(Formula, Same(image, where)))
            assert same is not None
            premises.append(book.add("branch", equation(delta(image, value), ONE), (same,)))
            holes.append(multiply(-1, hole(len(holes))))
    numbers = (cast(Index, Permuted(Literal(n, sort), sort, name)) for n in range(1, size + 1))
    others = [delta(image, value) for image in numbers if images.get(image) is not value]
    absurd = cast(Formula, Less(ZERO, ZERO))
    found = book.add_from_known("combination", absurd, add(ONE, *others, *holes), also=tuple(premises))
    return book.add("contradiction", formula, (found,), absurd)
