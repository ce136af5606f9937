"""Errors of other people's packages, told as ours: a converter or runtime may raise anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from benchtop.errors import BenchtopError


@contextmanager
def told_as(code: str, begin: str, end: str = "") -> Iterator[None]:
    """Whatever is raised inside becomes a ``BenchtopError``: the beginning, what was said, and the end.

    Args:
        code: of the error.
        begin: of the sentence, before a colon.
        end: further sentences: what to do.
    """
    try:
        yield
    except (BenchtopError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  - see above
        raise BenchtopError(code, " ".join(f"{begin}: {said_by(error)} {end}".split())) from None


def said_by(error: Exception) -> str:
    """What an error says, in a line; some say pages, of which the cause is the point."""
    said = " ".join(str(error).split()) or type(error).__name__
    if len(said) > 300 and error.__cause__ is not None:
        return f"{said[:120]} … {error.__cause__}"
    return f"{said[:500].rstrip('. ')}."
