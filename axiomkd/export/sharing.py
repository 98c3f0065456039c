"""Proofs of equations that one proof uses in many places, written down once before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from axiomkd.export.polynomials import Poly

TOKEN = re.compile("⟨(\\d+)\\|([^⟩]*)⟩")
"""Stands for a use of an equation, with the names of the indices there, until all uses are known."""


@dataclass(frozen=True)
class Equation:
    """What a term comes to, for all indices in it."""

    poly: Poly
    claim: str
    names: tuple[str, ...]
    proof: str


class Shared:
    """The equations of one proof, in the order in which they rest on each other."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}
        self.equations: list[Equation] = []

    def found(self, key: object, names: list[str]) -> tuple[Poly, str] | None:
        """An equation that is there already, with the proof at some indices."""
        if key not in self.numbers:
            return None
        number = self.numbers[key]
        return self.equations[number].poly, self._use(number, names)

    def add(self, key: object, poly: Poly, claim: str, names: list[str], proof: str) -> str:
        self.numbers[key] = len(self.equations)
        self.equations.append(Equation(poly, claim, tuple(names), proof))
        return self._use(self.numbers[key], names)

    def _use(self, number: int, names: list[str]) -> str:
        return f"⟨{number}|{' '.join(names)}⟩"

    def text(self, proof: str) -> str:
        """The whole proof: the equations that are used more than once, then the rest."""
        uses = self._uses(proof)

        def kept(number: int) -> bool:
            return len(uses[number]) > 1 or uses[number][0] != " ".join(self.equations[number].names)

        def written(use: re.Match[str]) -> str:
            number = int(use[1])
            if kept(number):
                return f"({f'norm_{number} {use[2]}'.strip()})"
            return TOKEN.sub(written, self.equations[number].proof)

        lines = []
        for number in sorted(filter(kept, uses)):
            equation = self.equations[number]
            inner = TOKEN.sub(written, equation.proof)
            under = f"(fun {' '.join(equation.names)} => {inner})" if equation.names else inner
            lines.append(f"assert (norm_{number} : {equation.claim}) by exact {under}.")
        return "\n".join([*lines, f"exact {TOKEN.sub(written, proof)}."])

    def _uses(self, proof: str) -> dict[int, list[str]]:
        """For each equation that is used, the names of its indices at every use."""
        uses: dict[int, list[str]] = {}

        def read(text: str) -> None:
            for use in TOKEN.finditer(text):
                uses.setdefault(int(use[1]), []).append(use[2])

        read(proof)
        for number in reversed(range(len(self.equations))):
            if number in uses:
                read(self.equations[number].proof)
        return uses
