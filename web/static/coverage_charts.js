// Coverage drawn: months as bars, weeks as a line with its forecast. Each has the same figures as a table beside it.
import { day, el, number, percent } from "./dom.js";
import { fill, t } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const WEEK = 7 * 86_400_000;
const FARTHEST = 52 * WEEK; // of a forecast, what is drawn

export const monthName = (key) => `${key.slice(5)}/${key.slice(0, 4)}`;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const drawing = (width, height, label, ...children) => el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label },
  svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label }, ...children.flat()));

export const legend = (...entries) => el("ul", { class: "legend" }, entries.map(([kind, text]) => el("li", {}, el("i", { class: kind }), text)));

// A bar a month: what is required, and within it what is digitised. Cells as the matrix has them.
export function monthBars(cells) {
  const width = 640, height = 220, top = 20, foot = 40, step = width / cells.length, high = height - top - foot;
  const most = Math.max(1, ...cells.map((cell) => cell.rate_without_certification.denominator));
  const every = Math.ceil(cells.length / 12); // more labels than that would run into each other
  const bars = cells.flatMap((cell, n) => {
    const { numerator, denominator } = cell.rate_without_certification, x = n * step + step * 0.15, middle = n * step + step / 2;
    const box = (value, kind) => svg("rect", { x, y: height - foot - (high * value) / most, width: step * 0.7, height: (high * value) / most, class: kind });
    const bar = [box(denominator, "open"), box(numerator, "done")];
    if (n % every) return bar;
    return [...bar, svg("text", { x: middle, y: height - foot + 14, class: "middle" }, monthName(cell.month)),
      svg("text", { x: middle, y: height - foot + 30, class: "middle strong" }, percent(cell.rate_without_certification.percent))];
  });
  const scale = svg("text", { x: 0, y: 12 }, `${number(most)} ${t.dossiers}`);
  return drawing(width, height, t.trend, scale, bars, svg("line", { x1: 0, x2: width, y1: height - foot, y2: height - foot }));
}

// What was missing at the end of each week, and where that leads: the mean pace, between the quickest and the slowest.
export function outlookLine(weeks, forecast) {
  const width = 640, height = 220, left = 8, right = 12, top = 24, foot = 26;
  const time = (text) => Date.parse(text), now = weeks.at(-1), start = time(weeks[0].day);
  const expected = forecast.outlook === "expected";
  const wanted = expected ? time(forecast.latest ?? forecast.day) : time(now.day);
  const end = Math.min(Math.max(wanted, time(now.day) + WEEK), time(now.day) + FARTHEST);
  const most = Math.max(1, ...weeks.map((week) => week.gap));
  const x = (at) => left + ((width - left - right) * (at - start)) / (end - start);
  const y = (gap) => height - foot - ((height - foot - top) * gap) / most;
  const point = (at, gap) => `${x(at).toFixed(1)},${y(gap).toFixed(1)}`, here = point(time(now.day), now.gap);
  const reached = (text) => { // where a line from now to nothing missing on that day leaves the drawing
    const at = time(text);
    return at <= end ? [at, 0] : [end, now.gap * (1 - (end - time(now.day)) / (at - time(now.day)))];
  };
  const ahead = [];
  if (expected) {
    const soonest = reached(forecast.earliest), slowest = forecast.latest ? reached(forecast.latest) : [end, now.gap];
    const [at, gap] = reached(forecast.day);
    ahead.push(svg("polygon", { class: "band", points: [here, point(...soonest), point(end, 0), point(...slowest)].join(" ") }),
      svg("polyline", { class: "ahead", points: `${here} ${point(at, gap)}` }));
    if (gap === 0) ahead.push(svg("circle", { cx: x(at), cy: y(0), r: 4, class: "goal" }));
  }
  const label = (at, text, kind) => svg("text", { x: x(at), y: height - 8, class: kind }, text);
  return drawing(width, height, t.outlook_title,
    svg("line", { x1: left, x2: width - right, y1: y(0), y2: y(0) }), ahead,
    svg("polyline", { class: "past", points: weeks.map((week) => point(time(week.day), week.gap)).join(" ") }),
    svg("circle", { cx: x(time(now.day)), cy: y(now.gap), r: 4, class: "now" }),
    svg("text", { x: x(time(now.day)), y: Math.max(14, y(now.gap) - 10), class: x(time(now.day)) > width / 2 ? "strong end" : "strong" }, fill(t.missing_now, { n: number(now.gap) })),
    label(start, day(weeks[0].day), ""), label(end, day(new Date(end).toISOString().slice(0, 10)), "end"));
}
