"""Reports on enumerated rules, on non-uniqueness and on the independence of axioms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from axiomkd.certificate import layout
from axiomkd.explore import independence as independent
from axiomkd.explore import nonuniqueness as several
from axiomkd.explore.families import Family
from axiomkd.explore.grammar import PARAMETER
from axiomkd.explore.independence import AXIOMS_1_TO_5, REPAIRED, Independence
from axiomkd.explore.nonuniqueness import NonUniqueness
from axiomkd.explore.store import Entry, Store
from axiomkd.kernel.table import Json
from axiomkd.language.ranges import Range
from axiomkd.language.to_text import text as plain
from axiomkd.operator import Operator
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.implications import evidence_of
from axiomkd.report.latex import FILTERS
from axiomkd.report.markdown import cell_text
from axiomkd.report.rows import brief, how, where

FORMAT = "axiomkd-enumeration/1"
OUTCOMES = ("refuted", "merged", "undecided", "satisfies")
TITLES: dict[tuple[str, ...], str] = {
    AXIOMS_1_TO_5: "Axioms 1 to 5 of arXiv 2601.09165, as printed",
    REPAIRED: "The repaired set",
}


@dataclass(frozen=True)
class Summary:
    """A store in numbers and names: what is required, and what came of the candidates.

    ``counts`` are by number of nodes, one for each outcome; ``unresolved`` have the fingerprint of another
    rule and are neither proved equal to it nor separated from it.
    """

    required: tuple[str, ...]
    counts: tuple[tuple[int, tuple[int, ...]], ...]
    refuting: tuple[tuple[str, int], ...]
    satisfying: tuple[tuple[Entry, Operator], ...]
    undecided: tuple[Entry, ...]
    unresolved: tuple[Entry, ...]


def summary(store: Store) -> Summary:
    """What a report says of a store."""
    counts = store.counts()
    sizes = sorted({nodes for nodes, _ in counts})
    refuting = sorted(store.refuting().items(), key=lambda pair: -pair[1])
    return Summary(
        store.required,
        tuple((nodes, tuple(counts.get((nodes, name), 0) for name in OUTCOMES)) for nodes in sizes),
        tuple(refuting),
        tuple((entry, store.operator(entry.number)) for entry in store.entries("satisfies")),
        tuple(store.entries("undecided")),
        tuple(entry for entry in store.entries() if entry.alike == "unresolved"),
    )


def total(found: Summary) -> str:
    """How many candidates have each outcome, in a line."""
    sums = [sum(counts[place] for _, counts in found.counts) for place in range(len(OUTCOMES))]
    words = ("refuted", "equal to an earlier one", "undecided", "satisfying all")
    parts = ", ".join(f"{number} {word}" for number, word in zip(sums, words, strict=True))
    return f"{sum(sums)} rules: {parts}"


def write_enumeration(store: Store, format: str) -> str:
    """What came of the candidates, as ``"markdown"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        entries: list[Json] = [dict(vars(entry)) for entry in store.entries()]
        return layout({"format": FORMAT, "required": list(store.required), "candidates": entries})
    if format == "markdown":
        return _render("enumeration", found=summary(store), total=total, outcomes=OUTCOMES)
    raise ValueError(f"expected markdown or json, got {format}")


ENDINGS = {"markdown": "md", "latex": "tex", "html": "html"}


def _render(template: str, format: str = "markdown", **values: object) -> str:
    """The template of this name for the format."""
    if format not in ENDINGS:
        raise ValueError(f"expected json, {', '.join(ENDINGS)}, got {format}")
    shown: dict[str, Filter] = {
        "cell": cell_text,
        "formula": formula,
        "base": base,
        "how": how,
        "where": where,
    }
    delimiters = LATEX_DELIMITERS if format == "latex" else None
    made = environment({**FILTERS, **shown}, delimiters, escape=format == "html")
    return made.get_template(f"{template}.{ENDINGS[format]}").render(**values).lstrip()


def formula(operator: Operator) -> str:
    """The aggregate as plain text."""
    return plain(operator.value)


def base(operator: Operator) -> str:
    """What is required of the aggregate at temperature 1, as plain text."""
    return plain(operator.value if operator.base is None else operator.base)


# -- non-uniqueness -------------------------------------------------------------------------


def write_nonuniqueness(found: NonUniqueness, format: str) -> str:
    """The rules, what separates them, and families, as ``"markdown"``, ``"latex"``, ``"html"``, ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return several.to_json(found)
    shown = {"headline": headline(found), "range_of": range_of, "distinct": distinct, "brief": brief}
    certificates = (*found.members, *(family.certificate for family in found.families))
    return _render("nonuniqueness", format, found=found, certificates=certificates, **shown)


def headline(found: NonUniqueness) -> str:
    """How many rules there are."""
    infinite = f"; infinitely many in {_counted(found.families)}" if found.families else ""
    return f"{len(found.members)} rules satisfy all that is required, no two of them the same{infinite}"


def _counted(families: Sequence[Family]) -> str:
    return "1 family" if len(families) == 1 else f"{len(families)} families"


def range_of(family: Family) -> str:
    """Where the parameter of a family lies.

    >>> _interval(Range(0, 1, "right"))
    '0 ≤ b < 1'
    """
    return _interval(family.certificate.operator.ranges[PARAMETER])


def _interval(values: Range) -> str:
    low, high = ("<" if values.open in (side, "both") else "≤" for side in ("left", "right"))
    return f"{values.low} {low} {PARAMETER} {high} {values.high}"


def distinct(family: Family) -> str:
    """The input at which a family's rules differ, and how."""
    point = family.point
    teachers = ", ".join(_row(row) for row in point.teachers)
    direction = "rises" if family.rises else "falls"
    return f"at p = {teachers}; w = {_row(point.weights)} q({point.outcome}) {direction} strictly with b"


def _row(row: Sequence[object]) -> str:
    return f"({', '.join(map(str, row))})" if len(row) > 1 else str(row[0])


# -- independence ---------------------------------------------------------------------------


def write_independence(found: Sequence[Independence], format: str) -> str:
    """For each axiom the rule that fails it alone: ``"markdown"``, ``"latex"``, ``"html"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return independent.to_json(found)
    shown = {"title": title_of, "words": words_for, "counted": independent_words}
    return _render("independence", format, found=found, **shown)


def independent_words(found: Independence) -> str:
    """How many of a set of axioms are shown to be independent of the others.

    >>> independent_words(Independence(("positivity.all",), 2, ()))
    '0 of 1 axioms independent of the others'
    """
    words = f"{len(found.rules)} of {len(found.required)} axioms independent of the others"
    return f"{words}, {len(found.implied)} implied by them" if found.implied else words


def title_of(found: Independence) -> str:
    """The name of a set of axioms, where it has one."""
    return TITLES.get(found.required, "Required")


def words_for(found: Independence, axiom: str) -> str:
    """The rule that shows the independence of an axiom, or from what it follows, or how far was looked."""
    certificate, settled = found.rule(axiom), found.proof(axiom)
    if certificate is not None:
        return certificate.operator.title or certificate.operator.id
    if settled is not None:
        premises = ", ".join(settled.implication.usable)
        return f"none: it follows from {premises} ({evidence_of(settled)})"
    return f"none found up to size {found.size}"
