"""Tables, and the goals of shared/design/PROXY.md with what was reached beside them."""

import dataclasses
import statistics

from measure.loads import Round
from measure.proxies import CHP, NGINX, OURS

Series = dict[str, list[Round]]


def median(series: Series, name: str, attribute: str) -> float:
    return statistics.median(getattr(one, attribute) for one in series[name])


def cpu_ratio(series: Series, dividend: str, divisor: str) -> float:
    return median(series, dividend, "cpu_per_operation") / median(series, divisor, "cpu_per_operation")


def table(head: list[str], rows: list[list]) -> str:
    cells = [head, *[[cell if isinstance(cell, str) else f"{cell:,.2f}" for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = ["  ".join(cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths))) for row in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def small_operations(title: str, unit: str, series: Series) -> str:
    rows = [
        [
            name,
            f"{median(series, name, 'rate'):,.0f}",
            median(series, name, "p50"),
            median(series, name, "p99"),
            f"{median(series, name, 'cpu_per_operation') * 1e4:.3f}",
            f"{max(one.pss for one in series[name]):.0f}",
            f"{sum(one.failures for one in series[name])}",
            f"{median(series, name, 'others'):.0%}",
        ]
        for name in series
    ]
    head = [title, f"{unit}/s", "p50 ms", "p99 ms", "cpu-s/10k", "PSS MB", "failed", "others' CPU"]
    return table(head, rows)


def bytes_moved(title: str, series: Series) -> str:
    rows = [
        [
            name,
            f"{median(series, name, 'rate') / 2**20:,.0f}",
            f"{median(series, name, 'cpu_per_operation') * 1e10:.1f}",
            f"{max(one.growth for one in series[name]):.0f}",
            f"{sum(one.failures for one in series[name])}",
            f"{median(series, name, 'others'):.0%}",
        ]
        for name in series
    ]
    return table([title, "MB/s", "cpu-s/10 GB", "RSS growth MB", "failed", "others' CPU"], rows)


@dataclasses.dataclass(frozen=True)
class Goal:
    """One number against one bound; `at_least` says which side of the bound is good."""

    name: str
    what: str
    value: float
    bound: float
    at_least: bool
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def row(self) -> list[str]:
        sign = ">=" if self.at_least else "<="
        goal = f"{sign} {self.bound:g}{self.unit}"
        return [f"{self.name} {self.what}", f"{self.value:.2f}{self.unit}", goal, "met" if self.met else "NOT MET"]


def ratios(name: str, what: str, series: Series, chp: float | None, nginx: float | None) -> list[Goal]:
    goals = []
    if chp:
        goals.append(Goal(name, f"{what}: CHP's CPU / ours", cpu_ratio(series, CHP, OURS), chp, True, "x"))
    if nginx:
        goals.append(Goal(name, f"{what}: our CPU / nginx's", cpu_ratio(series, OURS, NGINX), nginx, False, "x"))
    return goals


def goals_table(goals: list[Goal]) -> str:
    return table(["goal", "reached", "wanted", ""], [goal.row() for goal in goals])
