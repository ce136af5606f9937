"""How values show themselves at the end of a cell: a small table, or one line of text."""

from __future__ import annotations

from datetime import datetime
from html import escape

_UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


class Shown:
    """A value that shows itself from the same words as text and as a table."""

    def shown(self) -> dict[str, str]:
        """What to show, by its heading."""
        raise NotImplementedError

    def __repr__(self) -> str:
        words = ", ".join(f"{name}: {value}" for name, value in self.shown().items())
        return f"{type(self).__name__}({words})"

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th style="text-align:left">{escape(name)}</th><td style="text-align:left">{escape(value)}</td></tr>'
            for name, value in self.shown().items()
        )
        return f"<table><caption>{escape(type(self).__name__)}</caption>{rows}</table>"


def bytes_in_words(count: int | None) -> str | None:
    """``314572800`` as ``300 MiB``; None stays None."""
    if count is None:
        return None
    size, unit = float(count), 0
    while size >= 1024 and unit < len(_UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {_UNITS[unit]}" if size < 10 and unit else f"{size:.0f} {_UNITS[unit]}"


def instant_in_words(when: datetime) -> str:
    """An instant in the time zone of this machine, to the second, with its offset."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
