"""Reads required and optional fields out of an answer; unknown ones are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from benchtop.errors import BenchtopError

_T = TypeVar("_T", str, int, float, bool)
_MISSING = object()


class Fields:
    """A JSON object whose fields are read by name and type.

    Every method raises ``BenchtopError`` (``unexpected_answer``) that names the field when it is
    missing or of another type.
    """

    def __init__(self, content: Any, where: str) -> None:
        if not isinstance(content, Mapping):
            raise _unexpected(where)
        self._content = content
        self._where = where

    def text(self, name: str) -> str:
        return self._typed(name, str)

    def optional_text(self, name: str) -> str | None:
        return None if self._content.get(name) is None else self.text(name)

    def optional_whole(self, name: str) -> int | None:
        return None if self._content.get(name) is None else self._typed(name, int)

    def optional_number(self, name: str) -> float | None:
        value = self._content.get(name)
        return value if type(value) is int else None if value is None else self._typed(name, float)

    def whole(self, name: str) -> int:
        return self._typed(name, int)

    def truth(self, name: str) -> bool:
        return self._typed(name, bool)

    def optional_truth(self, name: str) -> bool | None:
        return None if self._content.get(name) is None else self._typed(name, bool)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when it is missing or null."""
        return tuple(self._each(name, str))

    def words(self, name: str) -> dict[str, str]:
        """An object of texts, empty when it is missing or null."""
        value = self._content.get(name) or {}
        if not isinstance(value, Mapping) or not all(isinstance(text, str) for text in value.values()):
            raise _unexpected(f"{self._where}.{name}")
        return dict(value)

    def objects(self, name: str) -> list[Fields]:
        """A list of objects, empty when it is missing or null."""
        return [Fields(item, f"{self._where}.{name}") for item in self._each(name, Mapping)]

    def anything(self, name: str) -> Any:
        """A JSON value as it came, None when it is missing."""
        return self._content.get(name)

    def instant(self, name: str) -> datetime:
        try:
            when = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise _unexpected(f"{self._where}.{name}") from None
        if when.tzinfo is None:
            raise _unexpected(f"{self._where}.{name}")
        return when

    def optional_instant(self, name: str) -> datetime | None:
        return None if self._content.get(name) is None else self.instant(name)

    def object(self, name: str) -> Fields:
        return Fields(self._content.get(name, _MISSING), f"{self._where}.{name}")

    def optional_object(self, name: str) -> Fields:
        """An object, empty when it is missing or null."""
        return Fields(self._content.get(name) or {}, f"{self._where}.{name}")

    def _each(self, name: str, kind: type) -> list[Any]:
        value = self._content.get(name)
        value = [] if value is None else value
        if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
            raise _unexpected(f"{self._where}.{name}")
        return value

    def _typed(self, name: str, kind: type[_T]) -> _T:
        value = self._content.get(name)
        if type(value) is not kind:
            raise _unexpected(f"{self._where}.{name}")
        return value


def _unexpected(what: str) -> BenchtopError:
    return BenchtopError(
        "unexpected_answer",
        f"{what} is missing in Benchtop's answer, or not what it should be; are SDK and service of the same version?",
    )
