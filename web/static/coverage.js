// The city at a glance, and from every figure to the dossiers behind it. Rates come from the server, never from here.
import { call } from "./api.js";
import { options, unitNames } from "./catalogue.js";
import { age, byId, day, el, number, percent } from "./dom.js";
import { fill, t } from "./page.js";
import { complain } from "./say.js";
import { fillWith, partByPart } from "./states.js";

const saved = new URLSearchParams(location.search);
const today = new Date(), pad = (value) => String(value).padStart(2, "0");
byId("from").value = saved.get("from") ?? `${today.getFullYear()}-01-01`;
byId("to").value = saved.get("to") ?? `${today.getFullYear()}-${pad(today.getMonth() + 1)}-${pad(today.getDate())}`;
byId("as-of").value = saved.get("as_of") ?? "";
byId("mapped").checked = saved.get("mapped") === "true";
let by = saved.get("by") ?? "unit";
let units = new Map();

function query(more = {}) {
  const asked = new URLSearchParams({ from: byId("from").value, to: byId("to").value });
  if (byId("unit").value) asked.set("unit", byId("unit").value);
  if (byId("as-of").value) asked.set("as_of", byId("as-of").value);
  if (byId("mapped").checked) asked.set("mapped", "true");
  for (const [name, value] of Object.entries(more)) asked.set(name, value);
  return asked;
}

const table = (heads, rows, foot) => el("table", {}, el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))),
  el("tbody", {}, rows), foot && el("tfoot", {}, foot));
const fraction = (share) => `${number(share.numerator)}/${number(share.denominator)}`;
const count = (value) => el("td", { class: "n" }, number(value));

function bar(share) {
  const filled = el("i");
  filled.style.width = `${share.percent ?? 0}%`;
  return el("span", { class: "bar", "aria-hidden": "true" }, filled);
}

const rate = (share) => el("td", {}, bar(share), ` ${percent(share.percent)} `, el("span", { class: "muted" }, fraction(share)));

// --- at a glance ---

const figure = (share, title, note, kind = "") => el("div", { class: `figure ${kind}` }, el("span", {}, title), el("b", {}, percent(share.percent)), el("span", {}, fraction(share)),
  note && el("div", { class: "muted" }, note));

function glance(total) {
  byId("glance").replaceChildren(
    figure(total.rate_without_certification, t.without, t.results_of, "first"), figure(total.rate, t.with), figure(total.components_rate, t.components),
    el("div", { class: "figure" }, el("span", {}, t.gap), el("b", {}, number(total.gap)), el("a", { href: "#gap-section" }, t.see_gap),
      el("div", { class: "muted" }, `${t.received}: ${number(total.received)} · ${t.resolved}: ${number(total.resolved)}`)));
}

// --- the trend: a bar a month, required behind digitised, with the same figures as a table ---

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function drawn(months) {
  const width = 1000, height = 200, foot = 40, most = Math.max(1, ...months.map((month) => month.required)), step = width / months.length;
  const bars = months.flatMap((month, n) => {
    const high = (value) => ((height - foot - 20) * value) / most, x = n * step + step * 0.15, wide = step * 0.7;
    const box = (value, kind) => svg("rect", { x, y: height - foot - high(value), width: wide, height: high(value), class: kind });
    const middle = n * step + step / 2;
    return [box(month.required, "open"), box(month.digitised, ""), svg("text", { x: middle, y: height - foot + 14 }, month.key),
      svg("text", { x: middle, y: height - foot + 30 }, percent(month.rate_without_certification.percent))];
  });
  const base = svg("line", { x1: 0, x2: width, y1: height - foot, y2: height - foot });
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "trend", role: "img", "aria-label": t.trend, preserveAspectRatio: "none" }, base, ...bars);
}

const showTrend = () => fillWith(byId("trend"), async () => {
  const { rows } = await call("GET", `/api/coverage?${query({ by: "month" })}`);
  if (!rows.length) return [];
  const line = (row) => el("tr", {}, el("th", { scope: "row" }, row.key), count(row.required), count(row.digitised), rate(row.rate_without_certification));
  return [rows.length > 1 && drawn(rows), el("details", {}, el("summary", {}, t.trend), table([[t.month], [t.required, "n"], [t.digitised, "n"], [t.rate]], rows.map(line)))].filter(Boolean);
});

// --- broken down ---

function name(row) {
  if (by !== "unit" || !units.has(row.key)) return el("th", { scope: "row" }, row.name || row.key);
  const narrow = el("button", { type: "button", class: "quiet", title: fill(t.choose_unit, row), onclick: () => { byId("unit").value = row.key; show(); } }, row.name);
  return el("th", { scope: "row" }, narrow);
}

const line = (row, head) => el("tr", {}, head, count(row.received), count(row.resolved), count(row.required), rate(row.rate_without_certification), rate(row.rate), count(row.gap));

const showTable = () => {
  for (const tab of document.querySelectorAll("[data-by]")) tab.setAttribute("aria-pressed", String(tab.dataset.by === by));
  byId("csv").href = `/api/coverage?${query({ by, format: "csv" })}`;
  return fillWith(byId("table"), async () => {
    const found = await call("GET", `/api/coverage?${query({ by })}`);
    glance(found.total);
    if (!found.rows.length) return [];
    const heads = [[t[`by_${by}`]], [t.received, "n"], [t.resolved, "n"], [t.required, "n"], [t.without], [t.with], [t.gap, "n"]];
    return table(heads, found.rows.map((row) => line(row, name(row))), line(found.total, el("th", { scope: "row" }, t.total)));
  });
};

// --- unit × month, on demand: one question a unit ---

const drawMatrix = () => fillWith(byId("matrix"), async () => {
  const { rows } = await call("GET", `/api/coverage?${query({ by: "unit" })}`);
  const lines = [];
  for (const unit of rows.filter((row) => row.required)) lines.push([unit, (await call("GET", `/api/coverage?${query({ by: "month", unit: unit.key })}`)).rows]);
  const months = [...new Set(lines.flatMap(([, found]) => found.map((row) => row.key)))].sort();
  if (!months.length) return [];
  const cell = (row) => (row && row.required ? el("td", { title: fraction(row.rate_without_certification) }, percent(row.rate_without_certification.percent)) : el("td", {}, "–"));
  const drawnTable = table([[t.unit], ...months.map((month) => [month, "n"])],
    lines.map(([unit, found]) => el("tr", {}, el("th", { scope: "row" }, unit.name), months.map((month) => cell(found.find((row) => row.key === month))))));
  drawnTable.classList.add("matrix");
  return drawnTable;
});

// --- what is missing ---

const gapLine = (dossier) => el("tr", {}, el("td", {}, el("a", { class: "code", href: `/dossiers/${encodeURIComponent(dossier.code)}` }, dossier.code)),
  el("td", { class: "code" }, dossier.procedure), el("td", {}, units.get(dossier.unit) ?? dossier.unit), el("td", {}, day(dossier.resolved_at)), el("td", {}, age(dossier.resolved_at)));

const showGap = () => fillWith(byId("gap"), async () => {
  const rows = el("tbody");
  const { items, more } = await partByPart((after) => call("GET", `/api/coverage/gap?${query({ limit: 50, ...(after && { after }) })}`), gapLine, rows);
  if (!items.length) return [];
  return [el("table", {}, el("thead", {}, el("tr", {}, [t.code, t.procedure, t.holder, t.resolved_at, t.waits].map((text) => el("th", { scope: "col" }, text)))), rows), more];
}, { empty: t.no_gap });

function show() {
  history.replaceState(null, "", `?${query({ by })}`);
  byId("matrix").hidden = true;
  showTable();
  showTrend();
  showGap();
}

// Nobody has asked for a period: this year, or, before its first dossier, the year of the newest one.
async function beginWhereCasesAre() {
  const { rows } = await call("GET", `/api/coverage?by=month&from=1990-01-01&to=${byId("to").value}`);
  const year = rows.at(-1)?.key.slice(0, 4);
  if (!year || year === String(today.getFullYear())) return;
  [byId("from").value, byId("to").value] = [`${year}-01-01`, `${year}-12-31`];
}

byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
byId("draw").addEventListener("click", () => { byId("matrix").hidden = false; drawMatrix(); });
for (const tab of document.querySelectorAll("[data-by]")) tab.addEventListener("click", () => { by = tab.dataset.by; history.replaceState(null, "", `?${query({ by })}`); showTable(); });
try {
  units = await unitNames();
  byId("unit").append(...options(units));
  byId("unit").value = saved.get("unit") ?? "";
  if (!saved.has("from")) await beginWhereCasesAre();
} catch (error) { complain(error); }
show();
