// Draws the pictures of pages that have some: each [data-chart] holds one as the server wrote it. The values are in tables as
// well, so nothing is lost without this file. Everything is painted on a canvas, tooltips too: no text becomes markup.

const probe = document.createElement("span")
probe.hidden = true
document.body.append(probe)

// What a value of the sheet is in the theme of the moment.
function ink(name) {
  probe.style.color = `var(--${name})`
  return getComputedStyle(probe).color
}

function look() {
  return {
    text: ink("text"),
    quiet: ink("quiet"),
    line: ink("line"),
    surface: ink("surface"),
    low: ink("series-low"),
    high: ink("series-high"),
    runs: Array.from({ length: 10 }, (_, place) => ink(`series-${place}`)),
    font: getComputedStyle(document.body).fontFamily,
  }
}

// Six digits, as the tables have them.
const short = value => (typeof value === "number" ? String(Number(value.toPrecision(6))) : value)

function shared(look) {
  return {
    animation: false,
    textStyle: { color: look.text, fontFamily: look.font },
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.text, fontSize: 13 },
      valueFormatter: short,
    },
  }
}

function axis(look, more) {
  return {
    axisLine: { lineStyle: { color: look.quiet } },
    axisTick: { lineStyle: { color: look.line } },
    axisLabel: { color: look.quiet, hideOverlap: true },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.quiet },
    ...more,
  }
}

const scaled = described => ({
  type: described.scale,
  ...(described.scale === "category" ? { data: described.categories } : { scale: true }),
})

// More than five runs are told apart by the line as well as by its colour.
const dashed = place => (place < 5 ? "solid" : "dashed")

function lines(chart, look) {
  const longest = Math.max(...chart.lines.map(line => line.points.length))
  return {
    ...shared(look),
    tooltip: { ...shared(look).tooltip, trigger: "axis" },
    grid: { left: 4, right: 18, top: 14, bottom: 4, containLabel: true },
    xAxis: axis(look, { type: "value", min: "dataMin", max: "dataMax", minInterval: 1, splitLine: { show: false }, axisPointer: { label: { precision: 0 } } }),
    yAxis: axis(look, { type: "value", scale: true }),
    dataZoom: { type: "inside", zoomOnMouseWheel: "ctrl" },
    series: chart.lines.map(line => ({
      type: "line",
      name: line.name,
      data: line.points,
      showSymbol: longest < 40 || line.points.length === 1,
      symbolSize: 5,
      color: look.runs[line.colour],
      lineStyle: { width: longest > 300 ? 1.5 : 2, type: dashed(line.colour) },
    })),
  }
}

function scatter(chart, look) {
  return {
    ...shared(look),
    tooltip: {
      ...shared(look).tooltip,
      formatter: ({ data }) => `${data.name}\n${chart.x.name}: ${data.told}\n${chart.y.name}: ${short(data.value[1])}`,
    },
    grid: { left: 8, right: 24, top: 32, bottom: 28, containLabel: true },
    xAxis: axis(look, { ...scaled(chart.x), name: chart.x.name, nameLocation: "middle", nameGap: 28 }),
    yAxis: axis(look, { ...scaled(chart.y), name: chart.y.name, nameLocation: "end", nameTextStyle: { color: look.quiet, align: "left" } }),
    series: {
      type: "scatter",
      data: chart.points.map(point => ({
        name: point.name,
        told: point.told,
        value: point.at,
        symbolSize: point.colour < 0 ? 9 : 15,
        itemStyle: { color: point.colour < 0 ? look.quiet : look.runs[point.colour], opacity: point.colour < 0 ? 0.65 : 1 },
      })),
    },
  }
}

function parallel(chart, look) {
  const last = chart.axes.length - 1
  const values = chart.lines.map(line => line.values[last])
  const lowest = Math.min(...values)
  const highest = Math.max(...values)
  return {
    ...shared(look),
    tooltip: { ...shared(look).tooltip, formatter: ({ data }) => data.name },
    parallel: { left: 48, right: 72, top: 40, bottom: 24 },
    parallelAxis: chart.axes.map((described, dim) =>
      axis(look, { dim, ...scaled(described), name: described.name, nameTruncate: { maxWidth: 110 }, axisLabel: { color: look.text, textBorderColor: look.surface, textBorderWidth: 3 } }),
    ),
    visualMap: {
      show: false,
      dimension: last,
      min: lowest,
      max: highest > lowest ? highest : lowest + 1,
      inRange: { color: [look.low, look.high] },
    },
    series: {
      type: "parallel",
      smooth: 0.15,
      data: chart.lines.map(line => ({
        name: line.name,
        value: line.values,
        lineStyle: { width: line.colour < 0 ? 1.5 : 4, opacity: line.colour < 0 ? 0.55 : 1 },
      })),
      inactiveOpacity: 0.05,
    },
  }
}

const kinds = { lines, scatter, parallel }

function draw(place) {
  const described = JSON.parse(place.dataset.chart)
  if (described.kind === "parallel") place.style.minWidth = `${described.axes.length * 110}px`
  const drawn = echarts.getInstanceByDom(place) ?? echarts.init(place, null, { renderer: "canvas" })
  drawn.setOption(kinds[described.kind](described, look()), true)
  return drawn
}

// Only what is looked at is drawn; a page may hold many.
const drawnPlaces = new Set()
const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting || drawnPlaces.has(target)) continue
    drawnPlaces.add(target)
    draw(target)
    new ResizeObserver(() => echarts.getInstanceByDom(target).resize()).observe(target)
  }
}, { rootMargin: "300px" })
document.querySelectorAll("[data-chart]").forEach(place => seen.observe(place))

const again = () => drawnPlaces.forEach(draw)
new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] })
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again)
