"""The errors a user can meet: one line each, saying what was expected, what came, and where."""


class AxiomkdError(Exception):
    """Base of every error that axiomkd raises on purpose; the command line exits with status 2."""


class ParseError(AxiomkdError):
    """A text that is not in the grammar of declarations."""


class DeclarationError(AxiomkdError):
    """An operator, statement or scope that cannot be what it claims to be."""


class UnknownName(AxiomkdError):
    """An id that nothing is registered under."""


class EvidenceError(AxiomkdError):
    """Evidence that the kernel refuses, or a certificate that cannot be read."""
