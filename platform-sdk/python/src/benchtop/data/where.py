"""The words of a filter, as an expression of pyarrow.

Comparisons joined by ``and``: ``column = literal`` (also ``!= < <= > >=``), ``column in (a, b)``, ``column is null``,
``column is not null``, ``column like 'x%'``. A literal is a number, a ``'text'`` (``''`` is one quote), ``true`` or
``false``; a column a word or ``"any name"``. The service has the last word on what is allowed; this side applies the
same to files that it reads itself, so that row groups without a match are never fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from benchtop.data.needs import need
from benchtop.errors import BenchtopError

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>'(?:[^']|'')*')
  | (?P<name>"(?:[^"]|"")+")
  | (?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
  | (?P<word>[^\W\d]\w*)
  | (?P<sign><=|>=|!=|<>|=|<|>|\(|\)|,)
)""",
    re.VERBOSE,
)
_KEYWORDS = {"and", "in", "is", "not", "null", "like", "true", "false"}


@dataclass(frozen=True)
class Comparison:
    """One condition.

    Attributes:
        column: its name.
        sign: ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, ``in``, ``null``, ``not null`` or ``like``.
        values: the literals: none for null, any number for in, else one.
    """

    column: str
    sign: str
    values: tuple[bool | int | Decimal | str, ...]


def parse(where: str) -> list[Comparison]:
    """Reads a filter.

    Raises:
        BenchtopError: ``bad_filter``, with where and what.
    """
    return _Parser(where).all()


def expression(where: str, schema: Any) -> Any:
    """The filter for data of a schema.

    Args:
        where: as ``parse`` reads it.
        schema: ``pyarrow.Schema`` with every column that it names.

    Returns:
        a ``pyarrow.compute.Expression``. A row whose value is missing does not match, unless ``is null`` asks for it.

    Raises:
        BenchtopError: ``bad_filter``.
    """
    compute = need("pyarrow.compute", "read rows")
    made = None
    for comparison in parse(where):
        one = _one(comparison, schema, compute)
        made = one if made is None else made & one
    return made


def _one(comparison: Comparison, schema: Any, compute: Any) -> Any:
    index = schema.get_field_index(comparison.column)
    if index < 0:
        raise _bad(f"there is no column {comparison.column!r}; there are {', '.join(schema.names)}")
    column = compute.field(comparison.column)
    literals = [_literal(value, schema.field(index).type, comparison.column) for value in comparison.values]
    match comparison.sign:
        case "null":
            return column.is_null()
        case "not null":
            return column.is_valid()
        case "in":
            pyarrow = need("pyarrow", "read rows")
            kind = None if pyarrow.types.is_decimal(literals[0].type) else literals[0].type
            return column.isin(pyarrow.array([each.as_py() for each in literals], kind))
        case "like":
            return compute.match_like(column, str(comparison.values[0]))
        case sign:
            return getattr(column, _METHODS[sign])(literals[0])


_METHODS = {"=": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}


def _literal(value: bool | int | Decimal | str, kind: Any, column: str) -> Any:
    pyarrow = need("pyarrow", "read rows")
    types = pyarrow.types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    try:
        if types.is_timestamp(kind) and isinstance(value, str):
            return pyarrow.scalar(_moment(value, kind.tz is not None), kind)
        if types.is_decimal(kind) and not isinstance(value, bool):
            return pyarrow.scalar(Decimal(value))
        if _is_text(types, kind) != isinstance(value, str) and not (types.is_temporal(kind) and isinstance(value, str)):
            raise _bad(f"{value!r} cannot be compared with column {column!r}, which is {kind}")
        if types.is_boolean(kind) != isinstance(value, bool):
            raise _bad(f"{value!r} cannot be compared with column {column!r}, which is {kind}")
        if types.is_temporal(kind):
            return pyarrow.scalar(value).cast(kind)
        return pyarrow.scalar(float(value) if isinstance(value, Decimal) else value)
    except (ValueError, ArithmeticError) as error:
        raise _bad(f"{value!r} cannot be compared with column {column!r}, which is {kind} ({error})") from None


def _is_text(types: Any, kind: Any) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _moment(text: str, zoned: bool) -> datetime:
    moment = datetime.fromisoformat(text)
    if zoned:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)


class _Parser:
    """Reads one filter from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._kind, self._next = "", ""
        self._advance()

    def all(self) -> list[Comparison]:
        found = [self._comparison()]
        while self._kind != "end":
            if not self._take("and"):
                raise self._unexpected("'and'")
            found.append(self._comparison())
        return found

    def _comparison(self) -> Comparison:
        column = self._column()
        if self._take("is"):
            sign = "not null" if self._take("not") else "null"
            if not self._take("null"):
                raise self._unexpected("'null'")
            return Comparison(column, sign, ())
        if self._take("in"):
            return Comparison(column, "in", self._list())
        if self._take("like"):
            if self._kind != "text":
                raise self._unexpected("a 'text'")
            return Comparison(column, "like", (self._value(),))
        sign = "!=" if self._next == "<>" else self._next
        if self._kind != "sign" or sign not in _METHODS:
            raise self._unexpected("a comparison such as = or in")
        self._advance()
        return Comparison(column, sign, (self._value(),))

    def _column(self) -> str:
        word, kind = self._next, self._kind
        if kind == "name":
            self._advance()
            return word[1:-1].replace('""', '"')
        if kind != "word" or word.lower() in _KEYWORDS:
            raise self._unexpected("a column")
        self._advance()
        return word

    def _list(self) -> tuple[bool | int | Decimal | str, ...]:
        if not self._take("("):
            raise self._unexpected("'('")
        values = [self._value()]
        while self._take(","):
            values.append(self._value())
        if not self._take(")"):
            raise self._unexpected("',' or ')'")
        return tuple(values)

    def _value(self) -> bool | int | Decimal | str:
        kind, word = self._kind, self._next
        if kind == "text":
            self._advance()
            return word[1:-1].replace("''", "'")
        if kind == "number":
            self._advance()
            return int(word) if word.lstrip("+-").isdigit() else Decimal(word)
        if kind == "word" and word.lower() in ("true", "false"):
            self._advance()
            return word.lower() == "true"
        raise self._unexpected("a number, a 'text', true or false")

    def _take(self, wanted: str) -> bool:
        if self._kind in ("word", "sign") and self._next.lower() == wanted:
            self._advance()
            return True
        return False

    def _advance(self) -> None:
        found = _TOKEN.match(self._text, self._at)
        if found is not None:
            self._at, self._kind, self._next = found.end(), found.lastgroup or "", found.group().strip()
        elif self._text[self._at :].strip():
            self._kind, self._next = "none", self._text[self._at :].strip()[0]
        else:
            self._kind, self._next = "end", ""

    def _unexpected(self, wanted: str) -> BenchtopError:
        found = f"{self._next!r} before character {self._at + 1}" if self._kind != "end" else "the end"
        return _bad(f"expected {wanted}, found {found}")


def _bad(what: str) -> BenchtopError:
    return BenchtopError("bad_filter", f"The filter cannot be used: {what}.")
