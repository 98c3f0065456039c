"""A rule at one family of teachers followed by another, as the kernel's goals write it: family by family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from axiomkd.export.context import Context, Unexported, always_defined, conjoined, decision
from axiomkd.export.prover import split
from axiomkd.kernel.terms import (
    Add,
    Big,
    Comparison,
    Exp,
    Extreme,
    Free,
    If,
    Index,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Size,
    Term,
    Variable,
    fresh,
)

TEACHER = "teacher"
BIG = {"sum": "rsum", "product": "rprod", "maximum": "rmax", "minimum": "rmin"}
SIGNS = {"sum": " + ", "product": " * "}
TWO = {"maximum": "Rmax", "minimum": "Rmin"}


@dataclass(frozen=True)
class Family:
    """Teachers in Rocq: their number, a proof that there is one, their functions.

    ``conditions`` counts the conditions under which the kernel's term for an entry is defined; a teacher
    that is always ``alone`` has no sum of its own there.
    """

    size: str
    least: str
    teachers: str
    weights: str
    conditions: int = 0
    alone: bool = False


Place = tuple[int, str, str]
"""Which family, the number in it, and that this is below the family's size."""


class Followed:
    """Proofs about a rule's value at the first family followed by the second."""

    def __init__(self, ctx: Context, families: tuple[Family, Family]) -> None:
        self.ctx = ctx
        self.families = families
        first, second = families
        self.first = first.size
        self.functions = {
            name: f"(followed {first.size} {getattr(first, kind)} {getattr(second, kind)})"
            for name, kind in (("p", "teachers"), ("raw", "teachers"), ("w", "weights"))
        }
        heads = {**self.functions, "T": "(fun _ => 1)"}
        total = f"({first.size} + {second.size})%nat"
        self.at = replace(ctx, variables=heads, sizes={TEACHER: total})

    def equal(self, value: Term) -> str:
        """A proof that the value of the rule is what the kernel writes for it."""
        text, proof = self._equal(value, self.at, {})
        return f"({proof} : {self.at.term(value)} = {text})"

    def defined(self, value: Term, proof: str) -> str:
        """A proof of the domain of the rule from a proof of the domain of the kernel's term."""
        return self._inside(value, self.at, {}, proof) if self.at.conditions(value) else "I"

    # -- values ---------------------------------------------------------------------------

    def _equal(self, node: Node, at: Context, places: Mapping[Index, Place]) -> tuple[str, str]:
        match node:
            case Variable() if node.indices and node.indices[0].sort == TEACHER:
                return self._entry(node, at, places)
            case Size(sort) if sort == TEACHER:
                sizes = [f"(INR {family.size})" for family in self.families]
                return f"({sizes[0]} + {sizes[1]})", f"(plus_INR {' '.join(f.size for f in self.families)})"
            case Number() | Size() | Variable():
                return at.term(node), "eq_refl"
            case Add():
                return self._folded(node.parts, at, places, " + ", "Rplus")
            case Multiply():
                return self._folded(node.parts, at, places, " * ", "Rmult")
            case Power(base, exponent):
                (one, below), (other, raised) = (self._equal(x, at, places) for x in (base, exponent))
                return f"(rpow {one} {other})", f"(f_equal2 rpow {below} {raised})"
            case Exp(argument) | Log(argument):
                text, proof = self._equal(argument, at, places)
                head = "exp" if isinstance(node, Exp) else "ln"
                return f"({head} {text})", f"(f_equal {head} {proof})"
            case Extreme():
                return self._folded(node.arguments, at, places, None, TWO[node.kind])
            case Big(_, sort):
                over = self._over_teachers if sort == TEACHER else self._over_others
                return over(node, at, places)
            case If(Comparison(left, right) as condition, then, otherwise):
                return self._choice(condition, (left, right, then, otherwise), at, places)
        raise Unexported(f"{node} at one family of teachers after another")

    def _choice(
        self, condition: Comparison, parts: tuple[Node, ...], at: Context, places: Mapping[Index, Place]
    ) -> tuple[str, str]:
        (left, one), (right, two), (then, three), (otherwise, four) = (
            self._equal(part, at, places) for part in parts
        )
        branch, rest = at.term(parts[2]), at.term(parts[3])
        chosen = f"(fun one other => rif {decision(condition, 'one', 'other')} {branch} {rest})"
        decided = decision(condition, left, right)
        branches = f"(rif_ext {decided} _ _ _ _ {three} {four})"
        return f"(rif {decided} {then} {otherwise})", f"(eq_trans (f_equal2 {chosen} {one} {two}) {branches})"

    def _entry(self, node: Variable, at: Context, places: Mapping[Index, Place]) -> tuple[str, str]:
        if node.name == "T":
            return "1", "eq_refl"
        family, number, inside = self._place(node.indices[0], places)
        kind = self.families[family].weights if node.name == "w" else self.families[family].teachers
        functions = self.functions[node.name].removeprefix("(followed ").removesuffix(")")
        head = f"followed_{'second' if family else 'first'} _ {functions} {number}"
        proof = f"({head})" if family else f"({head} {inside})"
        if node.name == "w":
            return f"({kind} {number})", proof
        outcome = at.index(node.indices[1])
        return f"({kind} {number} {outcome})", f"(f_equal (fun x => x {outcome}) {proof})"

    def _place(self, index: Index, places: Mapping[Index, Place]) -> Place:
        if index in places:
            return places[index]
        number = self.ctx.index(index)
        return 0, number, f"(ltac:(lia) : ({number} < {self.first})%nat)"

    def _folded(
        self, parts: tuple[Node, ...], at: Context, places: Mapping[Index, Place], sign: str | None, head: str
    ) -> tuple[str, str]:
        text, proof = self._equal(parts[0], at, places)
        for part in parts[1:]:
            other, step = self._equal(part, at, places)
            text = f"({text}{sign}{other})" if sign else f"({head} {text} {other})"
            proof = f"(f_equal2 {head} {proof} {step})"
        return text, proof

    def _over_others(self, node: Big, at: Context, places: Mapping[Index, Place]) -> tuple[str, str]:
        index = fresh(node.sort)
        inner, names = at.bind(index)
        text, proof = self._equal(node.at(index), inner, places)
        head, size = BIG[node.kind], at.size(node.sort)
        function = f"(fun {names.split()[0]} => {text})"
        least = f" {at.least(node.sort)}" if node.kind in TWO else ""
        extended = f"({head}_ext {size} {at.function(node)} {function}{least} (fun {names} => {proof}))"
        return f"({head} {size} {function})", extended

    def _over_teachers(self, node: Big, at: Context, places: Mapping[Index, Place]) -> tuple[str, str]:
        parts = [self._over_family(node, at, places, place) for place in (0, 1)]
        head = BIG[node.kind]
        (one, first), (other, second) = parts
        sign = SIGNS.get(node.kind)
        text = f"({one}{sign}{other})" if sign else f"({TWO[node.kind]} {one} {other})"
        least = " ".join(family.least for family in self.families) if node.kind in TWO else ""
        sizes = " ".join(family.size for family in self.families)
        return text, f"({head}_followed {sizes} {at.function(node)} {one} {other} {least} {first} {second})"

    def _over_family(
        self, node: Big, at: Context, places: Mapping[Index, Place], number: int
    ) -> tuple[str, str]:
        family, head = self.families[number], BIG[node.kind]
        function = self._shifted(at.function(node), number)
        if family.alone:
            index, inner, inside = self._member(at, places, number, "0%nat", "(le_n 1)")
            text, proof = self._equal(node.at(index), inner, inside)
            return text, f"({head}_single {function} {text} {proof})"
        name = f"n{at.locals}"
        index, inner, inside = self._member(at, places, number, name, f"H{name}")
        text, proof = self._equal(node.at(index), inner, inside)
        into = f"(fun {name} => {text})"
        least = f" {family.least}" if node.kind in TWO else ""
        extended = f"({head}_ext {family.size} {function} {into}{least} (fun {name} H{name} => {proof}))"
        return f"({head} {family.size} {into})", extended

    def _shifted(self, function: str, number: int) -> str:
        return f"(fun k => {function} ({self.first} + k)%nat)" if number else function

    def _member(
        self, at: Context, places: Mapping[Index, Place], number: int, name: str, inside: str
    ) -> tuple[Free, Context, Mapping[Index, Place]]:
        """An index of one family, and what it is called among all teachers."""
        index = fresh(TEACHER)
        called = f"({self.first} + {name})%nat" if number else name
        inner = replace(at, names={**at.names, index: (called, "")}, locals=at.locals + 1)
        return index, inner, {**places, index: (number, name, inside)}

    # -- domains --------------------------------------------------------------------------

    def _width(self, node: Node, places: Mapping[Index, Place]) -> int:
        """How many conditions stand side by side in the domain of the kernel's term."""
        match node:
            case Variable() if node.indices and node.indices[0].sort == TEACHER:
                family = self.families[self._place(node.indices[0], places)[0]]
                return family.conditions if node.name in ("p", "raw") else 0
            case Power(base, exponent):
                own = not always_defined(exponent)
                return self._width(base, places) + self._width(exponent, places) + own
            case Log(argument):
                return self._width(argument, places) + 1
            case If(Comparison(left, right), then, otherwise):
                if self._width(then, places) or self._width(otherwise, places):
                    raise Unexported(f"branches that are not always defined, in {node}")
                return self._width(left, places) + self._width(right, places)
            case Big(_, sort) if sort == TEACHER:
                return sum(self._standing(node, number, places) for number in (0, 1))
            case Big(_, sort):
                return min(self._width(node.at(fresh(sort)), places), 1)
        return sum(self._width(part, places) for part in node.parts if isinstance(part, Term))

    def _standing(self, node: Big, number: int, places: Mapping[Index, Place]) -> int:
        """How many of them belong to the operation over one family."""
        index = fresh(TEACHER)
        width = self._width(node.at(index), {**places, index: (number, "", "")})
        return width if self.families[number].alone else min(width, 1)

    def _conditions(
        self, node: Node, at: Context, places: Mapping[Index, Place], given: list[str]
    ) -> tuple[list[str], list[str]]:
        """Proofs of the conditions of a part of the rule, and what is left of those given."""
        match node:
            case Variable() if node.indices and node.indices[0].sort == TEACHER:
                return [], given[self._width(node, places) :]
            case Power(base, exponent):
                found, given = self._side_by_side((base, exponent), at, places, given)
                if always_defined(exponent):
                    return found, given
                (one, below), (other, raised) = (self._equal(x, at, places) for x in (base, exponent))
                texts = f"{at.term(base)} {one} {at.term(exponent)} {other}"
                return [*found, f"(pow_defined_like {texts} {below} {raised} {given[0]})"], given[1:]
            case Log(argument):
                found, given = self._conditions(argument, at, places, given)
                text, proof = self._equal(argument, at, places)
                own = f"(positive_like {at.term(argument)} {text} {proof} {given[0]})"
                return [*found, own], given[1:]
            case Big(_, sort):
                width = self._width(node, places)
                if not at.conditions(node):
                    return [], given[width:]
                inside = self._everyone if sort == TEACHER else self._everywhere
                return [inside(node, at, places, given[:width])], given[width:]
            case If(Comparison(left, right)):
                return self._side_by_side((left, right), at, places, given)
        return self._side_by_side(node.parts, at, places, given)

    def _side_by_side(
        self, parts: Iterable[object], at: Context, places: Mapping[Index, Place], given: list[str]
    ) -> tuple[list[str], list[str]]:
        found: list[str] = []
        for part in parts:
            if isinstance(part, Term):
                inner, given = self._conditions(part, at, places, given)
                found += inner
        return found, given

    def _everywhere(self, node: Big, at: Context, places: Mapping[Index, Place], given: list[str]) -> str:
        index = fresh(node.sort)
        inner, names = at.bind(index)
        return f"(fun {names} => {self._inside(node.at(index), inner, places, f'({given[0]} {names})')})"

    def _everyone(self, node: Big, at: Context, places: Mapping[Index, Place], given: list[str]) -> str:
        index = fresh(TEACHER)
        inner, names = at.bind(index)
        claim = f"(fun {names.split()[0]} => {inner.domain(node.at(index))})"
        first = self._standing(node, 0, places)
        proofs = [
            self._members(node, at, places, number, claim, part)
            for number, part in ((0, given[:first]), (1, given[first:]))
        ]
        sizes = " ".join(family.size for family in self.families)
        return f"(below_followed {claim} {sizes} {' '.join(proofs)})"

    def _members(
        self,
        node: Big,
        at: Context,
        places: Mapping[Index, Place],
        number: int,
        claim: str,
        given: list[str],
    ) -> str:
        if self.families[number].alone:
            index, inner, inside = self._member(at, places, number, "0%nat", "(le_n 1)")
            found, _ = self._conditions(node.at(index), inner, inside, given)
            return f"(below_one {self._shifted(claim, number)} {conjoined(found)})"
        name = f"n{at.locals}"
        index, inner, inside = self._member(at, places, number, name, f"H{name}")
        proof = f"({given[0]} {name} H{name})" if given else ""
        return f"(fun {name} H{name} => {self._inside(node.at(index), inner, inside, proof)})"

    def _inside(self, node: Node, at: Context, places: Mapping[Index, Place], proof: str) -> str:
        width = self._width(node, places)
        found, _ = self._conditions(node, at, places, split(proof, width) if width else [])
        return conjoined(found)
