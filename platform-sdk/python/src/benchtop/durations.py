"""Durations as people write them, and as the wire carries them."""

from __future__ import annotations

import re
from datetime import timedelta

from benchtop.errors import BenchtopError

_SHORT = re.compile(r"(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?", re.IGNORECASE | re.ASCII)
_ISO = re.compile(r"P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.IGNORECASE | re.ASCII)
_UNITS = (86400, 3600, 60, 1)


def to_iso(duration: str | timedelta) -> str:
    """Writes a duration in ISO-8601: whole days as ``P1D``, all else as ``PT1H30M``.

    Args:
        duration: ``"2h"``, ``"1h30m"``, ``"PT2H"`` or a ``timedelta``; positive, whole seconds.

    Raises:
        BenchtopError: ``bad_duration``.
    """
    seconds = _seconds(duration)
    if seconds <= 0:
        raise BenchtopError(
            "bad_duration",
            f"{str(duration)!r} is no duration; write for example 30m, 2h, 1d or 1h30m "
            "(whole seconds, more than none).",
        )
    if seconds % 86400 == 0:
        return f"P{seconds // 86400}D"
    parts = ((seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S"))
    return "PT" + "".join(f"{number}{unit}" for number, unit in parts if number)


def seconds_of(duration: str | float | timedelta) -> float:
    """A duration in seconds: of a number as it is, of all else as ``to_iso`` reads it.

    Raises:
        BenchtopError: ``bad_duration``.
    """
    if isinstance(duration, (int, float)) and not isinstance(duration, bool) and duration >= 0:
        return float(duration)
    to_iso(duration)  # type: ignore[arg-type]  # refuses what is none
    return float(_seconds(duration))


def _seconds(duration: object) -> int:
    """The number of seconds, or 0 for what is none."""
    if isinstance(duration, timedelta):
        return 0 if duration.microseconds else duration.days * 86400 + duration.seconds
    if not isinstance(duration, str):
        return 0
    text = duration.strip()
    found = _SHORT.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        return 0
    return sum(int(number) * unit for number, unit in zip(found.groups("0"), _UNITS, strict=True))
