from datetime import timedelta

import pytest

from benchtop.durations import seconds_of, to_iso
from benchtop.errors import BenchtopError


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("90s", "PT1M30S"),
        ("30m", "PT30M"),
        ("2h", "PT2H"),
        ("24h", "P1D"),
        ("36h", "PT36H"),
        ("1d", "P1D"),
        ("1d12h", "PT36H"),
        ("1h30m", "PT1H30M"),
        (" 2H ", "PT2H"),
        ("PT2H", "PT2H"),
        ("P1DT30M", "PT24H30M"),
        ("pt90m", "PT1H30M"),
        (timedelta(hours=2), "PT2H"),
        (timedelta(days=2), "P2D"),
    ],
)
def test_writes_iso(written, sent):
    assert to_iso(written) == sent


@pytest.mark.parametrize(
    "written",
    ["", " ", "0h", "-2h", "2", "h", "2 h", "1.5h", "2h2h", "2 fortnights", "P", "PT", "P1M", "P1Y", "PT0S", "9999999999h",
     "٢h", "2h\n3m", timedelta(0), timedelta(hours=-1), timedelta(microseconds=1), None, 7200, 2.0, True],
)  # fmt: skip
def test_refuses(written):
    with pytest.raises(BenchtopError) as refused:
        to_iso(written)
    assert refused.value.code == "bad_duration"
    assert "2h" in refused.value.message


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("1h30m", 5400), (timedelta(days=1), 86400), (2.5, 2.5), (0, 0)]
)
def test_counts_seconds(written, seconds):
    assert seconds_of(written) == seconds


@pytest.mark.parametrize("wrong", ["soon", "", -1, None, True])
def test_counts_no_seconds_of_what_is_no_duration(wrong):
    with pytest.raises(BenchtopError) as refused:
        seconds_of(wrong)
    assert refused.value.code == "bad_duration"
