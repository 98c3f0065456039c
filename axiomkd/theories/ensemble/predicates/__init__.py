r"""The statements once more, as NumPy functions: what each of them says about given inputs.

They are written from the vocabulary and know nothing of the goals, so that a goal which says
something else is noticed. Nothing here is ever believed: floating point judges with a tolerance.

Every predicate takes an ``aggregate`` and, by the vocabulary's letters, many inputs at once: the
first axis counts them, then come teachers and outcomes (p is n x K x V, w and T are n x K, a number
such as d is n). It answers for each input whether the statement holds there, for all teachers,
outcomes and permutations that it speaks of; an input outside its hypotheses violates nothing.

``aggregate(p, w)`` gives q, n x V, with NaN where it is undefined, at temperature 1;
``aggregate(p, w, T)`` softens the teachers first.
"""
