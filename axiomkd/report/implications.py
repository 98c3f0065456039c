"""Reports on implications: what every rule with some properties satisfies and why, or which one does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from axiomkd.certificate import layout
from axiomkd.implications.model import STANDING, Instance, Situation
from axiomkd.implications.table import PREMISES, Table
from axiomkd.implications.verdict import Settled
from axiomkd.implications.wire import as_data, to_json
from axiomkd.kernel.terms import Big, Equal, Formula, Free, Same, Term, substitute, variable
from axiomkd.language.to_text import text as plain
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.example import scope_words
from axiomkd.report.latex import FILTERS
from axiomkd.report.markdown import MARKS, cell_text, goal_lines
from axiomkd.report.model import GoalView, Proof, Report, goal_view, proof_of, report
from axiomkd.report.rows import how, where
from axiomkd.theories.ensemble.unknown import Aggregate


@dataclass(frozen=True)
class Named:
    """The variable that stands for the aggregate of the unknown rule, and where its input is another."""

    name: Term
    input: tuple[Formula, ...]


@dataclass(frozen=True)
class Use:
    """A premise at an input: what stands for its variables, and the proof that the domain has it."""

    number: int
    premise: str
    definitions: tuple[Formula, ...]
    goal: GoalView | None
    proof: Proof | None


@dataclass(frozen=True)
class ImplicationView:
    """An implication as it is to be read."""

    headline: str
    premises: tuple[tuple[str, str], ...]
    conclusion: tuple[str, str]
    verdict: str
    scope: str
    evidence: str
    aggregates: tuple[Named, ...]
    uses: tuple[Use, ...]
    goal: GoalView
    proof: Proof | None
    counterexample: Report | None


def write_implication(settled: Settled, format: str) -> str:
    """The report as ``"markdown"``, ``"latex"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return to_json(settled)
    if format == "markdown":
        filters: dict[str, Filter] = {"formula": plain, "goal": goal_lines, "cell": cell_text}
        return environment(filters).get_template("implication.md").render(report=view(settled))
    if format == "latex":
        template = environment(FILTERS, LATEX_DELIMITERS).get_template("implication.tex")
        return template.render(report=view(settled))
    raise ValueError(f"expected markdown, latex or json, got {format}")


SUFFIXES = {"markdown": "md", "html": "html"}


def write_table(table: Table, format: str) -> str:
    """Which guarantees follow from which axioms, as ``"markdown"``, ``"html"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    every = [settled for _, row in table.rows for settled in row]
    if format == "json":
        return layout([as_data(settled) for settled in every])
    if format in SUFFIXES:
        made = environment({"cell": cell_text}, escape=format == "html")
        template = made.get_template(f"guarantees.{SUFFIXES[format]}")
        sentences = [(settled.verdict, headline(settled), evidence_of(settled)) for settled in every]
        found = template.render(table=table, words=table_words, sentences=sentences, premises=PREMISES)
        return found.lstrip()
    raise ValueError(f"expected markdown, html or json, got {format}")


def table_words(settled: Settled) -> str:
    """A cell of the table: a mark, and the operator that refutes it."""
    mark = MARKS[settled.verdict]
    return f"{mark} {settled.counterexample.operator.id}" if settled.counterexample else mark


def headline(settled: Settled) -> str:
    """The implication in a line."""
    implication = settled.implication
    premises = ", ".join(statement.id for statement in implication.premises)
    return f"{premises} => {implication.conclusion.id}, {scope_words(implication.scope)}"


def evidence_of(settled: Settled) -> str:
    """The evidence for or against an implication in one line."""
    if settled.argument is not None:
        steps, uses = len(settled.argument.derivation.steps), len(settled.argument.instances)
        detour = ", ".join(statement.id for statement, _ in settled.argument.lemmas)
        way = f"by way of {detour}: " if detour else ""
        return f"{way}{steps} steps from {uses} {'use' if uses == 1 else 'uses'} of the premises"
    if settled.counterexample is None:
        return "; ".join(settled.tried)
    cell = settled.counterexample[settled.implication.conclusion.id]
    return f"{settled.counterexample.operator.id} satisfies the premises; {where(cell)}: {how(cell)}"


def view(settled: Settled) -> ImplicationView:
    """What a report says of an implication."""
    implication, argument = settled.implication, settled.argument
    situation, uses = _uses(settled)
    words = scope_words(implication.scope)
    return ImplicationView(
        headline=headline(settled),
        premises=tuple((s.id, s.meaning) for s in implication.premises if s.id != STANDING),
        conclusion=(implication.conclusion.id, implication.conclusion.meaning),
        verdict=settled.verdict,
        scope=words,
        evidence=evidence_of(settled),
        aggregates=tuple(_aggregates(situation)),
        uses=uses,
        goal=goal_view(situation.goal),
        proof=proof_of(situation.goal, argument.derivation, words) if argument else None,
        counterexample=report(settled.counterexample) if settled.counterexample else None,
    )


def _uses(settled: Settled) -> tuple[Situation, tuple[Use, ...]]:
    implication, argument = settled.implication, settled.argument
    situation, uses = Situation(argument.premises_of(implication) if argument else implication), list[Use]()
    words = scope_words(implication.scope)
    for instance, derivation in argument.instances if argument else ():
        asked = situation.obligations(instance)
        definitions = tuple(_definitions(instance))
        goal = goal_view(asked) if asked else None
        proof = proof_of(asked, derivation, words) if asked and derivation else None
        uses.append(Use(len(uses) + 1, instance.premise, definitions, goal, proof))
        situation.add(instance)
    return situation, tuple(uses)


def _definitions(instance: Instance) -> Iterator[Formula]:
    """What stands for the variables and indices of a premise."""
    yield from _different((variable(name, *formal), value) for name, formal, value in instance.definitions)
    for index, chosen in instance.indices:
        yield cast(Formula, Same(index, chosen))


def _different(pairs: Iterable[tuple[Term, Term]]) -> Iterator[Formula]:
    return (cast(Formula, Equal(own, value)) for own, value in pairs if own is not value)


def _aggregates(situation: Situation) -> Iterator[Named]:
    k, i = Free("k", "teacher"), Free("i", "outcome")
    for key, name in situation.aggregates.items():
        if isinstance(key, Aggregate):
            formal = sorted((x for x in key.free if x.name != "#"), key=lambda index: index.name)
            letters = {x: Free(letter, x.sort) for x, letter in zip(formal, "abcdef", strict=False)}
            named = substitute(key, letters)
            assert isinstance(named, Aggregate)
            yield Named(variable(name, *letters.values(), i), tuple(_input(named, k, i)))


def _input(aggregate: Aggregate, k: Free, i: Free) -> Iterator[Formula]:
    """The weights and teachers of an input, where they are not the goal's own."""
    rows = cast(Big, cast(Big, aggregate.teachers).at(k))
    weights, teachers = cast(Big, aggregate.weights).at(k), rows.at(i)
    return _different(((variable("w", k), weights), (variable("p", k, i), teachers)))
