"""Dashboard and alerts ask for metrics that the programs have."""

import re

import chart

SOURCES = [chart.ROOT / "proxy" / "src" / "main", chart.ROOT / "workspace-service" / "service" / "src" / "main"]
METRIC = re.compile(r"\b((?:benchtop|workspace)_[a-z0-9_]+)\b(?=\{)")


def test_every_metric_that_is_asked_for_exists():
    # Given
    code = "\n".join(file.read_text() for folder in SOURCES for file in folder.rglob("*.java"))
    objects = chart.rendered(*chart.case("full"))
    asked = set(METRIC.findall(str(chart.of_kind(objects, "PrometheusRule"))))
    [dashboard] = [found for found in objects if found["metadata"]["name"] == "benchtop-dashboard"]
    asked |= set(METRIC.findall(dashboard["data"]["benchtop.json"]))

    # Then
    assert len(asked) > 8
    for metric in sorted(asked):
        counted = metric.removesuffix("_bucket").removesuffix("_total")
        shortened = counted.removeprefix("benchtop_proxy_")
        assert f'"{counted}' in code or f'counter("{shortened}"' in code, f"no program has {metric}"
