"""This program and its peers, each as a function from a problem to "proved", "refuted" or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import cvc5
import sympy
import z3
from triples import sum_of_squares

from axiomkd.attempts import PROBLEM, Answer, Task, settle
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Big,
    Different,
    Equal,
    Exp,
    Formula,
    Less,
    Literal,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    Variable,
    substitute,
)
from axiomkd.language.problem import Problem
from axiomkd.portfolio import Bench
from axiomkd.problem import Solution

SECONDS = 9.0


class HereAndNow:
    """A worker's place without a process: this one is already on its own."""

    def ask(self, task: Task, _: float) -> Answer:
        return settle(task)


def axiomkd(problem: Problem) -> str:
    verdict = Bench(HereAndNow(), SECONDS).decided(Solution(problem), PROBLEM).verdict
    return "" if verdict == "undecided" else verdict


# -- solvers that read SMT-LIB ----------------------------------------------------------------


def by_z3(problem: Problem) -> str:
    solver = z3.Solver()
    try:
        solver.from_string("\n".join(Script(problem).lines))
    except z3.Z3Exception:
        return ""
    return {"unsat": "proved", "sat": "refuted"}.get(str(solver.check()), "")


def by_cvc5(problem: Problem) -> str:
    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    parser = cvc5.InputParser(solver)
    script = "\n".join(Script(problem).lines)
    logic = "QF_NRAT" if "(exp " in script else "QF_NRA"
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic {logic})\n{script}", "problem")
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, parser.getSymbolManager())
    found = solver.checkSat()
    return "proved" if found.isUnsat() else "refuted" if found.isSat() else ""


RELATIONS = {Less: "<", AtMost: "<=", Equal: "="}


class Script:
    """A problem in SMT-LIB: its facts, and that what is to be proved fails."""

    def __init__(self, problem: Problem) -> None:
        self.lines: list[str] = []
        self.known: dict[Term, str] = {}
        goal = problem.goal
        for fact in instances(goal):
            self.lines.append(f"(assert {self.formula(fact)})")
        claim = self.formula(goal.conclusions[-1])
        self.lines.append(f"(assert (not {claim}))")

    def formula(self, formula: Formula) -> str:
        left, right = map(self.term, formula.parts)
        if isinstance(formula, Different):
            return f"(not (= {left} {right}))"
        return f"({RELATIONS[type(formula)]} {left} {right})"

    def term(self, term: Term) -> str:
        match term:
            case Number(value):
                size = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
                return f"(- {size})" if value < 0 else size
            case Variable():
                return self.named(term, [])
            case Add() | Multiply():
                return f"({'+' if isinstance(term, Add) else '*'} {' '.join(map(self.term, term.parts))})"
            case Power(base, Number(exponent)):
                return self.power(term, self.term(base), exponent)
            case Power(base, exponent):
                return self.term(Exp(Multiply(exponent, Log(base))))
            case Exp(argument):
                return f"(exp {self.term(argument)})"
            case Log(argument):
                return self.named(term, [f"(= (exp {{}}) {self.term(argument)})"])
        raise TypeError(f"expected a term of the benchmark's goals, got {term}")

    def power(self, term: Term, base: str, exponent: Fraction) -> str:
        whole = abs(exponent.numerator)
        raised = f"(* {' '.join([base] * whole)})" if whole > 1 else base
        if exponent.denominator > 1:
            root = f"(* {' '.join(['{}'] * exponent.denominator)})"
            raised = self.named(term, ["(>= {} 0.0)", f"(= {root} {raised})"])
        return f"(/ 1.0 {raised})" if exponent < 0 else raised

    def named(self, term: Term, facts: list[str]) -> str:
        """A constant for a term, with what is known of it."""
        if term not in self.known:
            name = self.known[term] = f"c{len(self.known)}"
            self.lines.append(f"(declare-const {name} Real)")
            self.lines += [f"(assert {fact.replace('{}', name)})" for fact in facts]
        return self.known[term]


# -- triples ------------------------------------------------------------------------------------


def by_triples(problem: Problem) -> str:
    """Nothing where it finds none: it cannot refute."""
    facts = list(instances(problem.goal))
    above = [expression(f.right) - expression(f.left) for f in facts if isinstance(f, AtMost | Less)]
    zero = [expression(f.right) - expression(f.left) for f in facts if isinstance(f, Equal)]
    claim = problem.goal.conclusions[-1]
    gap = expression(claim.right) - expression(claim.left)
    wanted = [gap, -gap] if isinstance(claim, Equal) else [gap]
    try:
        found = [sum_of_squares(part, above, zero, time_limit=SECONDS) for part in wanted]
    except (TypeError, ValueError, NotImplementedError, ArithmeticError, sympy.SympifyError):
        return ""
    return "proved" if all(part is not None for part in found) else ""


def expression(term: Term) -> sympy.Expr:
    match term:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Variable():
            return sympy.Symbol("_".join([term.name, *(str(index.number) for index in term.indices)]))
        case Add():
            return sympy.Add(*map(expression, term.parts))
        case Multiply():
            return sympy.Mul(*map(expression, term.parts))
        case Power(base, exponent):
            return expression(base) ** expression(exponent)
        case Exp(argument):
            return sympy.exp(expression(argument))
        case Log(argument):
            return sympy.log(expression(argument))
    raise TypeError(f"expected a term of the benchmark's goals, got {term}")


# -- what all need ------------------------------------------------------------------------------


def instances(goal: Goal) -> Iterator[Formula]:
    """The facts of a goal, one for each value of an index, with sums written out."""
    for fact in goal.facts:
        if not fact.indices:
            yield written_out(fact.conclusion, goal)
            continue
        (index,) = fact.indices
        for number in range(1, goal.size(index.sort) + 1):
            yield written_out(substitute(fact.conclusion, {index: Literal(number, index.sort)}), goal)


def written_out(node, goal: Goal):
    if isinstance(node, Big):
        numbers = range(1, goal.size(node.sort) + 1)
        return {"sum": Add, "product": Multiply}[node.kind](
            *(written_out(node.at(Literal(number, node.sort)), goal) for number in numbers)
        )
    if isinstance(node, Formula | Term) and not isinstance(node, Variable | Number):
        return type(node)(*(written_out(part, goal) for part in node.parts))
    return node


PEERS: dict[str, Callable[[Problem], str]] = {
    "axiomkd": axiomkd,
    "z3": by_z3,
    "cvc5": by_cvc5,
    "triples": by_triples,
}
