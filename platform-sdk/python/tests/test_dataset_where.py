"""The words of a filter."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow
import pytest

from benchtop.data.where import Comparison, expression, parse
from benchtop.errors import BenchtopError

TABLE = pyarrow.table(
    {
        "qty": pyarrow.array([1, 4, None, 9]),
        "price": pyarrow.array([Decimal("1.50"), Decimal("2.00"), None, Decimal("10.00")], pyarrow.decimal128(9, 2)),
        "day": pyarrow.array([date(2026, 1, 1), date(2026, 1, 2), None, date(2026, 2, 1)]),
        "at": pyarrow.array([datetime(2026, 1, 1, 12, tzinfo=UTC)] * 4),
        "open": pyarrow.array([True, False, None, True]),
        "any name": ["it's", "b", None, "beta"],
        "kind": pyarrow.array(["x", "y", None, "x"]).dictionary_encode(),
    }
)


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        ("qty > 3", [1, 3]),
        ("qty>=4 AND qty < 9", [1]),
        ("qty = 4.0", [1]),
        ("qty > 3.5 and qty != 9", [1]),
        ("qty in (1, 9)", [0, 3]),
        ("qty is null", [2]),
        ("qty IS NOT NULL and open = true", [0, 3]),
        ("open != true", [1]),
        ("price > 1.5", [1, 3]),
        ("price in (2, 10.00)", [1, 3]),
        ("day >= '2026-01-02'", [1, 3]),
        ("day in ('2026-01-01')", [0]),
        ("at >= '2026-01-01T12:00:00Z' and qty = 1", [0]),
        ("at > '2026-01-01 12:00:00'", []),
        ("at < '2026-01-01T14:00:00+01:00'", [0, 1, 2, 3]),
        ("\"any name\" = 'it''s'", [0]),
        ("\"any name\" like 'b%'", [1, 3]),
        ("\"any name\" like 'b_ta'", [3]),
        ("kind = 'x'", [0, 3]),
        ("kind in ('y')", [1]),
        ("qty > -1 and qty < +2", [0]),
    ],
)
def test_chooses_rows(where, rows):
    # When
    numbered = TABLE.append_column("row", pyarrow.array(range(4)))
    chosen = numbered.filter(expression(where, TABLE.schema))

    # Then
    assert chosen.column("row").to_pylist() == rows


@pytest.mark.parametrize(
    ("where", "piece"),
    [
        ("", "a column"),
        ("qty", "a comparison"),
        ("qty >", "the end"),
        ("qty > 3 or qty < 1", "'and'"),
        ("qty > 3;", "';'"),
        ("qty in ()", "a number"),
        ("qty in (1", "')'"),
        ("qty is 3", "'null'"),
        ("qty like 3", "a 'text'"),
        ("qty > 3x", "'3'"),
        ("and > 3", "a column"),
        ("other > 3", "'other'"),
        ("qty > 'a'", "'a'"),
        ("qty = true", "True"),
        ('"any name" = 3', "any name"),
        ("day > 'soon'", "'soon'"),
        ("at > 'soon'", "'soon'"),
        ("qty > 'unclosed", "found"),
    ],
)
def test_says_what_is_wrong(where, piece):
    with pytest.raises(BenchtopError) as refused:
        expression(where, TABLE.schema)
    assert refused.value.code == "bad_filter"
    assert piece in refused.value.message


def test_reads_every_kind_of_literal():
    assert parse("a in (1, -2.5, 'it''s', TRUE)") == [Comparison("a", "in", (1, Decimal("-2.5"), "it's", True))]
