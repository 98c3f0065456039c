"""Families: one formula with free parameters, each with the numbers for which it is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from axiomkd.errors import DeclarationError, UnknownName
from axiomkd.language.ranges import Range
from axiomkd.language.signature import nearest
from axiomkd.operator import Operator


@dataclass(frozen=True)
class Family:
    r"""An operator whose parameters have ranges, and the numbers in them at which it is not defined.

    >>> find_family("escort").at({"a": Fraction(2)}).value
    Sum(w[k]*p[k,i]**2, k)*Sum(Sum(w[k]*p[k,i]**2, k), i)**(-1)
    """

    operator: Operator
    excluded: Mapping[str, tuple[Fraction, ...]]

    def at(self, values: Mapping[str, Fraction | Range]) -> Operator:
        """The operator with other numbers or ranges for some parameters."""
        tables = self.operator.to_tables()
        given = dict(self.operator.parameters) | dict(values)
        return Operator.from_tables({"operator": tables["operator"], "parameters": given})


_ANY = Range(None, None)
_POSITIVE = Range(0, None, open="left")
_SHARE = Range(0, 1)


def _family(
    id: str, title: str, written: str, text: str, *excluded: tuple[str, int], **parameters: Range
) -> Family:
    operator = Operator.from_tables(
        {"operator": {"id": id, "title": title, written: text}, "parameters": parameters}
    )
    return Family(operator, {name: (Fraction(number),) for name, number in excluded})


FAMILIES: tuple[Family, ...] = (
    _family("power", "Power pool", "mass", "Sum(w[k]*p[k,i]**r, k)**(1/r)", ("r", 0), r=_ANY),
    _family("escort", "Mean of powers", "mass", "Sum(w[k]*p[k,i]**a, k)", a=_ANY),
    _family("smoothed", "Smoothed linear pool", "expr", "(1-b)*Sum(w[k]*p[k,i], k) + b/V", b=_SHARE),
    _family("tempered", "Linear pool, then temperature", "mass", "Sum(w[k]*p[k,i], k)**(1/t)", t=_POSITIVE),
    _family("extremised", "Extremised geometric pool", "mass", "Prod(p[k,i]**w[k], k)**a", a=_ANY),
    _family(
        "mixed",
        "Mixture of linear and geometric pool",
        "expr",
        "(1-b)*Sum(w[k]*p[k,i], k) + b*Prod(p[k,i]**w[k], k)/Sum(Prod(p[k,j]**w[k], k), j)",
        b=_SHARE,
    ),
    _family(
        "tempered-power", "Mean of powers to a power", "mass", "Sum(w[k]*p[k,i]**r, k)**a", r=_ANY, a=_ANY
    ),
    _family(
        "smoothed-power",
        "Smoothed power pool",
        "expr",
        "(1-b)*Sum(w[k]*p[k,i]**r, k)**(1/r)/Sum(Sum(w[k]*p[k,j]**r, k)**(1/r), j) + b/V",
        ("r", 0),
        r=_ANY,
        b=_SHARE,
    ),
)
"""The families of the catalogue; at r = 0 the power pool has no value (its limit is the geometric pool)."""


def find_family(name: str) -> Family:
    """The family with an id.

    :raises UnknownName: when there is none, with the nearest ids.
    """
    known = {family.operator.id: family for family in FAMILIES}
    if name not in known:
        hint = nearest(name, known)
        raise UnknownName(f"expected a family or a declaration with a range, got {name[:80]!a}{hint}")
    return known[name]


def family_of(operator: Operator) -> Family:
    """The family that a declaration with ranges makes.

    :raises DeclarationError: when no parameter has a range.
    """
    if not operator.ranges:
        raise DeclarationError(f"{operator.id}: expected a parameter with a range, got none")
    return Family(operator, {})
