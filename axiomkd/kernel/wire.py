"""Goals and evidence as JSON and back, in the format of ``proofs/FORMAT.md``.

Reading refuses with :class:`~axiomkd.errors.EvidenceError` whatever the format does not allow;
whether evidence establishes its goal is decided in :mod:`axiomkd.kernel.check` alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from axiomkd.errors import EvidenceError
from axiomkd.kernel.evidence import Array, Derivation, Evidence, Parameter, Paths, Root, Step, Witness
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.table import (
    MOST_DIGITS,
    Json,
    Reader,
    Writer,
    array,
    integer,
    mapping,
    nested,
    number,
    record,
    refuse,
    unnested,
    word,
)
from axiomkd.kernel.terms import Node

FORMAT = "axiomkd-certificate/1"
PROBLEM = "axiomkd-problem/1"
"""The format of a free inequality with what is known of it: a document of one cell."""
MOST_STEPS = 50_000
MOST_SIZE = 10_000
LIMITS = ("infinity", "zero")

_GOAL = ("terms", "sizes", "variables", "facts", "conclusions", "indices", "permutations", "limit")
_FACT = ("indices", "conclusion", "hypotheses")
_DERIVATION = ("kind", "terms", "steps", "establishes")
_WITNESS = ("kind", "sizes", "values", "indices", "permutations", "conclusion", "separator", "roots")
_PATHS = ("kind", "sizes", "paths", "indices", "permutations", "conclusion")


def parse(text: str) -> Json:
    """JSON text as plain data; a key given twice and numbers that are no integers are refused."""
    try:
        return cast(
            Json,
            json.loads(
                text,
                object_pairs_hook=_single_keys,
                parse_constant=lambda name: refuse("JSON", "a finite number", name),
                parse_int=_short_integer,
            ),
        )
    except json.JSONDecodeError as error:
        raise EvidenceError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise EvidenceError("JSON: expected arrays nested less deep") from None


def _single_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        keys = [key for key, _ in pairs]
        refuse("JSON", "every key once", next(key for key in keys if keys.count(key) > 1))
    return entries


def _short_integer(digits: str) -> int:
    return int(digits) if len(digits) <= MOST_DIGITS else refuse("JSON", "a shorter integer", digits)


# -- goals ----------------------------------------------------------------------------------


def goal_to_json(goal: Goal) -> Json:
    """The goal as plain data, with the table of its terms."""
    return _write_goal(goal, Writer())


def _write_goal(goal: Goal, table: Writer) -> Json:
    facts: list[Json] = [
        {
            "indices": table.all(fact.indices),
            "conclusion": table.number(fact.conclusion),
            "hypotheses": table.all(fact.hypotheses),
        }
        for fact in goal.facts
    ]
    return {
        "terms": table.rows,
        "sizes": dict(goal.sizes),
        "variables": {name: list(sorts) for name, sorts in goal.variables},
        "facts": facts,
        "conclusions": table.all(goal.conclusions),
        "indices": table.all(goal.indices),
        "permutations": dict(goal.permutations),
        "limit": list(goal.limit) if goal.limit else None,
    }


def goal_from_json(data: Json) -> Goal:
    """The goal that plain data describe; raises :class:`~axiomkd.errors.EvidenceError`."""
    return _read_goal(data)[0]


def _read_goal(data: Json) -> tuple[Goal, Reader]:
    entries = record(data, _GOAL, "goal")
    sizes = tuple((sort, _size(size)) for sort, size in mapping(entries["sizes"], "goal sizes"))
    variables = tuple(
        (name, tuple(word(sort, "sort", f"variable {name}") for sort in array(sorts, f"variable {name}")))
        for name, sorts in mapping(entries["variables"], "goal variables")
    )
    permutations = tuple(
        (name, word(sort, "sort", f"permutation {name}"))
        for name, sort in mapping(entries["permutations"], "goal permutations")
    )
    table = Reader(dict(sizes), dict(variables), dict(permutations))
    table.extend(entries["terms"])
    goal = Goal(
        sizes=sizes,
        variables=variables,
        facts=tuple(_fact(fact, table, n) for n, fact in enumerate(array(entries["facts"], "goal facts"))),
        conclusions=table.formulas(entries["conclusions"], "goal conclusions"),
        indices=table.indices(entries["indices"], "goal indices"),
        permutations=permutations,
        limit=_limit(entries["limit"], dict(variables)),
    )
    if not goal.conclusions:
        refuse("goal conclusions", "at least one", "none")
    return goal, table


def _size(value: Json) -> int | None:
    return None if value is None else integer(value, "goal sizes", least=1)


def _fact(data: Json, table: Reader, place: int) -> Fact:
    where = f"fact {place}"
    entries = record(data, _FACT, where)
    return Fact(
        indices=table.indices(entries["indices"], where),
        conclusion=table.formula(entries["conclusion"], where),
        hypotheses=table.formulas(entries["hypotheses"], where),
    )


def _limit(value: Json, variables: dict[str, tuple[str, ...]]) -> tuple[str, str] | None:
    if value is None:
        return None
    match array(value, "goal limit"):
        case [str(name), str(end)] if name in variables and end in LIMITS:
            return name, end
    return refuse("goal limit", "a variable of the goal and infinity or zero", value)


# -- evidence -------------------------------------------------------------------------------


def evidence_to_json(goal: Goal, evidence: Evidence) -> Json:
    """The evidence as plain data; its terms continue the numbering of the goal's."""
    match evidence:
        case Derivation():
            return _write_derivation(goal, evidence)
        case Witness():
            return {
                "kind": "witness",
                **_write_place(evidence),
                "values": {name: unnested(values) for name, values in evidence.values},
                "separator": unnested(evidence.separator),
                **({"roots": list(map(_write_root, evidence.roots))} if evidence.roots else {}),
            }
        case Paths():
            paths: list[Json] = [{name: unnested(v) for name, v in path} for path in evidence.paths]
            return {"kind": "paths", **_write_place(evidence), "paths": paths}


def _write_root(root: Root) -> Json:
    return [root.name, list(root.entry), str(root.radius), root.fact, list(root.instance)]


def _write_place(evidence: Witness | Paths) -> dict[str, Json]:
    return {
        "sizes": dict(evidence.sizes),
        "indices": dict(evidence.indices),
        "permutations": {name: list(images) for name, images in evidence.permutations},
        "conclusion": evidence.conclusion,
    }


def _write_derivation(goal: Goal, evidence: Derivation) -> Json:
    table = Writer()
    _write_goal(goal, table)
    known = len(table.rows)
    steps: list[Json] = [
        [
            step.rule,
            table.number(step.conclusion),
            list(step.premises),
            [_write_parameter(p, table) for p in step.parameters],
        ]
        for step in evidence.steps
    ]
    return {
        "kind": "derivation",
        "terms": table.rows[known:],
        "steps": steps,
        "establishes": list(evidence.establishes),
    }


def _write_parameter(value: Parameter, table: Writer) -> Json:
    if isinstance(value, Node):
        return ["term", table.number(value)]
    return ["number", str(value)] if isinstance(value, Fraction) else value


def cell_from_json(goal: Json, evidence: Json) -> tuple[Goal, Evidence]:
    """A goal with its evidence; raises :class:`~axiomkd.errors.EvidenceError`."""
    read, table = _read_goal(goal)
    kind = evidence.get("kind") if isinstance(evidence, dict) else None
    match kind:
        case "derivation":
            return read, _read_derivation(record(evidence, _DERIVATION, "derivation"), table)
        case "witness":
            entries = cast("dict[str, Json]", evidence)
            return read, _read_witness(record({"roots": [], **entries}, _WITNESS, "witness"))
        case "paths":
            return read, _read_paths(record(evidence, _PATHS, "paths"))
    return refuse("evidence", "the kind derivation, witness or paths", kind)


def _read_derivation(entries: dict[str, Json], table: Reader) -> Derivation:
    table.holes = True
    table.extend(entries["terms"])
    rows = array(entries["steps"], "steps")
    if len(rows) > MOST_STEPS:
        refuse("steps", f"at most {MOST_STEPS} steps", len(rows))
    steps = tuple(_step(row, table, place) for place, row in enumerate(rows))
    establishes = _earlier(entries["establishes"], len(steps), "establishes")
    return Derivation(steps, establishes)


def _step(row: Json, table: Reader, place: int) -> Step:
    where = f"step {place}"
    match array(row, where):
        case [rule, conclusion, premises, parameters]:
            return Step(
                rule=word(rule, "rule", where),
                conclusion=table.formula(conclusion, where),
                premises=_earlier(premises, place, where),
                parameters=tuple(_parameter(p, table, where) for p in array(parameters, where)),
            )
    return refuse(where, "a rule, a conclusion, premises and parameters", row)


def _earlier(value: Json, count: int, where: str) -> tuple[int, ...]:
    numbers = tuple(integer(entry, where) for entry in array(value, where))
    for step in numbers:
        if step >= count:
            refuse(where, "an earlier step", step)
    return numbers


def _parameter(value: Json, table: Reader, where: str) -> Parameter:
    match value:
        case ["term", place]:
            return table.node(place, where)
        case ["number", fraction]:
            return number(fraction, where)
        case str():
            return value
        case _:
            return integer(value, where, least=-(10**9))


def _read_witness(entries: dict[str, Json]) -> Witness:
    return Witness(
        sizes=_sizes(entries["sizes"]),
        values=tuple((name, _array(value, name)) for name, value in mapping(entries["values"], "values")),
        indices=_integers(entries["indices"], "indices"),
        permutations=_permutations(entries["permutations"]),
        conclusion=integer(entries["conclusion"], "conclusion"),
        separator=tuple(number(entry, "separator") for entry in array(entries["separator"], "separator")),
        roots=tuple(map(_root, array(entries["roots"], "roots"))),
    )


def _root(value: Json) -> Root:
    match array(value, "roots"):
        case [name, entry, radius, fact, instance]:
            return Root(
                name=word(name, "name", "roots"),
                entry=tuple(integer(place, "roots", least=1) for place in array(entry, "roots")),
                radius=number(radius, "roots"),
                fact=integer(fact, "roots"),
                instance=tuple(integer(place, "roots", least=1) for place in array(instance, "roots")),
            )
    return refuse("roots", "a variable, its entry, a radius, a fact and its instance", value)


def _read_paths(entries: dict[str, Json]) -> Paths:
    return Paths(
        sizes=_sizes(entries["sizes"]),
        paths=tuple(
            tuple((name, cast(object, nested(value, name))) for name, value in mapping(path, "path"))
            for path in array(entries["paths"], "paths")
        ),
        indices=_integers(entries["indices"], "indices"),
        permutations=_permutations(entries["permutations"]),
        conclusion=integer(entries["conclusion"], "conclusion"),
    )


def _array(value: Json, name: str) -> Array:
    return cast(Array, nested(value, f"values of {name}"))


def _sizes(value: Json) -> tuple[tuple[str, int], ...]:
    sizes = mapping(value, "sizes")
    return tuple((sort, integer(size, "sizes", least=1, most=MOST_SIZE)) for sort, size in sizes)


def _integers(value: Json, where: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, integer(entry, where, least=1)) for name, entry in mapping(value, where))


def _permutations(value: Json) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((name, _images(images, name)) for name, images in mapping(value, "permutations"))


def _images(value: Json, name: str) -> tuple[int, ...]:
    where = f"permutation {name}"
    return tuple(integer(entry, where, least=1) for entry in array(value, where))


def cells(data: Json, where: str) -> Sequence[dict[str, Json]]:
    """The cells of a certificate, or of a matrix (a bare list of cells), as plain data; a problem is one."""
    if isinstance(data, dict) and data.get("format") == PROBLEM:
        return [data]
    if isinstance(data, dict):
        if data.get("format") != FORMAT:
            refuse(where, f"the format {FORMAT}", data.get("format"))
        data = data.get("cells")
    found = array(data, f"{where}, cells")
    for place, cell in enumerate(found):
        if not isinstance(cell, dict):
            refuse(f"{where}, cell {place}", "an object", cell)
    return cast("list[dict[str, Json]]", found)
