"""Stores of a few rules, decided in this process."""

from axiomkd.explore.enumeration import enumerate_rules
from axiomkd.explore.grammar import node
from axiomkd.explore.store import Store

EASY = ("convexity.simplex", "positivity.all")
LINEAR, GEOMETRIC = node("linear"), node("geometric")
SMOOTHED, SHRUNK = node("smoothed", LINEAR), node("linear", node("shrunk"))
COOLED = node("cooled", GEOMETRIC)
COOLED_FIRST = node("cooled-first", GEOMETRIC)
"""The same as ``COOLED``."""
HALF = node("unnormalised", node("root"))
"""Not a distribution."""


def serial(calls):
    """In the place of joblib: every call in turn."""
    return (function(*arguments, **named) for function, arguments, named in calls)


def stored(trees, file=None, required=EASY):
    """A store of these rules; to be closed."""
    store = Store(file)
    store.begin(required, resume=False)
    enumerate_rules(store, trees, serial)
    return store
