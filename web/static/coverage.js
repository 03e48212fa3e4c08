// The city at a glance, and from every figure to the dossiers behind it. Rates come from the server, never from here.
import { call } from "./api.js";
import { unitNames, unitOptions } from "./catalogue.js";
import { legend, monthBars, monthName, outlookLine } from "./coverage_charts.js";
import { showGap } from "./coverage_gap.js";
import { byId, day, el, number, percent } from "./dom.js";
import { fill, t, word } from "./page.js";
import { beginWith } from "./period.js";
import { complain } from "./say.js";
import { awaited, fillWith } from "./states.js";

const saved = new URLSearchParams(location.search);
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
const asTable = (title, ...content) => el("details", {}, el("summary", {}, title), el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": title }, table(...content)));

// --- from a figure to its dossiers ---

const everything = () => showGap(query(), {}, units, everything);

function open(figure) {
  showGap(query(), figure, units, everything);
  byId("gap-section").scrollIntoView({ block: "start" });
  byId("gap-title").focus({ preventScroll: true });
}

// What opens them: a number that is missing, as a button that says whose it is.
function opens(lacking, figure, text = number(lacking)) {
  if (!lacking) return text;
  const sees = figure.components ? t.see_components : t.see_missing;
  const whose = [figure.name, figure.month && monthName(figure.month), figure.week && day(figure.week), figure.certification && t.with].filter(Boolean).join(", ");
  return el("button", { type: "button", class: "quiet", "aria-label": `${text}. ${fill(sees, { n: number(lacking) })}${whose && `: ${whose}`}`, onclick: () => open(figure) }, text);
}

const lacking = (share) => share.denominator - share.numerator;

function bar(share) {
  const filled = el("i");
  filled.style.width = `${share.percent ?? 0}%`;
  return el("span", { class: "bar", "aria-hidden": "true" }, filled);
}

const rate = (share, figure) => el("td", {}, bar(share), " ", figure ? opens(lacking(share), figure, percent(share.percent)) : percent(share.percent), " ", el("span", { class: "muted" }, fraction(share)));

// --- at a glance ---

const figure = (share, title, note, kind = "") => el("div", { class: `figure ${kind}` }, el("span", {}, title), el("b", {}, percent(share.percent)), el("span", {}, fraction(share)), note);

const notes = (share, more) => el("div", {}, lacking(share) ? opens(lacking(share), more, fill(t.see_missing, { n: number(lacking(share)) })) : el("span", { class: "muted" }, t.no_gap));

// Of the components' rate it is components that are missing; the dossiers that lack them stand in the list.
function componentNotes(share) {
  if (!share.denominator) return el("div", { class: "muted" }, t.no_components);
  const n = lacking(share);
  return el("div", {}, n ? opens(n, { components: true }, fill(t.see_components, { n: number(n) })) : el("span", { class: "muted" }, t.no_component_gap));
}

function glance(total) {
  byId("glance").replaceChildren(
    figure(total.rate_without_certification, t.without, notes(total.rate_without_certification, {}), "first"),
    figure(total.rate, t.with, notes(total.rate, { certification: true })), figure(total.components_rate, t.components, componentNotes(total.components_rate)),
    el("div", { class: "figure" }, el("span", {}, t.gap), el("b", {}, number(total.gap)), el("span", {}, t.results_missing),
      el("div", { class: "muted" }, `${t.received}: ${number(total.received)} · ${t.resolved}: ${number(total.resolved)}`)));
}

// --- the way to 100 % ---

// When nothing will be missing, with its interval; a pace that never gets there is said, not hidden.
function said({ outlook: kind, day: on, earliest, latest, pace }) {
  if (kind !== "expected") return el("p", { class: kind === "reached" ? "good" : "warn" }, word("outlook_", kind));
  const span = fill(latest ? t.between : t.no_end, { first: day(earliest), last: day(latest) });
  return el("p", {}, el("strong", {}, fill(t.outlook_expected, { day: day(on) })), ` ${span} · `, el("span", { class: "muted" }, fill(t.pace, { n: number(pace) })));
}

const showOutlook = () => fillWith(byId("outlook"), async () => {
  const { weeks, forecast } = await call("GET", `/api/coverage/trend?${query()}`);
  const line = (week) => el("tr", {}, el("th", { scope: "row" }, day(week.day)), count(week.required), count(week.digitised), el("td", { class: "n" }, opens(week.gap, { week: week.day })), rate(week.rate_without_certification));
  const known = weeks.slice(weeks.findIndex((week) => week.required)); // before the first import there was nothing to be missing
  const entries = [["past", t.gap], ...(forecast.outlook === "expected" ? [["ahead", t.forecast], ["band", t.interval]] : [])];
  const drawn = known.length > 1 && weeks.some((week) => week.required) && [outlookLine(known, forecast), legend(...entries)];
  return [said(forecast), ...(drawn || []), asTable(t.as_table, [[t.week_end], [t.required, "n"], [t.digitised, "n"], [t.gap, "n"], [t.rate]], weeks.map(line))];
});

// --- unit × month: one answer draws the bars of the months, too ---

function cell(found, figure) {
  if (!found) return el("td", { class: "none" }, "–");
  const share = found.rate_without_certification;
  return el("td", { class: found.gap ? "lacks" : "full" }, opens(found.gap, figure, percent(share.percent)), el("small", {}, fraction(share)));
}

function matrixTable({ months, lines, total }) {
  const row = (head, cells, about) => el("tr", {}, el("th", { scope: "row" }, head), months.map((month) => cell(cells.find((one) => one.month === month), { ...about, month })));
  const drawn = table([[t.unit], ...months.map((month) => [monthName(month), "n"])], lines.map((line) => row(line.name, line.cells, { by: "unit", key: line.key, name: line.name })), row(t.total, total, {}));
  drawn.classList.add("matrix");
  return drawn;
}

function showMonths() {
  const found = call("GET", `/api/coverage/matrix?${query()}`);
  fillWith(byId("trend"), async () => {
    const { total } = await found;
    const line = (one) => el("tr", {}, el("th", { scope: "row" }, monthName(one.month)), rate(one.rate_without_certification, { month: one.month }), el("td", { class: "n" }, opens(one.gap, { month: one.month })));
    return total.length ? [monthBars(total), legend(["done", t.digitised], ["open", t.required]), asTable(t.as_table, [[t.month], [t.rate], [t.gap, "n"]], total.map(line))] : [];
  }, { empty: t.no_cases });
  fillWith(byId("matrix"), async () => {
    const drawn = await found;
    return drawn.months.length ? matrixTable(drawn) : [];
  }, { empty: t.no_cases });
}

// --- broken down ---

function name(row) {
  if (by !== "unit" || !units.has(row.key)) return el("th", { scope: "row" }, row.name || row.key);
  const narrow = el("button", { type: "button", class: "quiet", title: fill(t.choose_unit, row), onclick: () => { byId("unit").value = row.key; show(); } }, row.name);
  return el("th", { scope: "row" }, narrow);
}

const line = (row, head, figure, components) => el("tr", {}, head, count(row.received), count(row.resolved), count(row.required), rate(row.rate_without_certification, figure),
  rate(row.rate, { ...figure, certification: true }), components && rate(row.components_rate, { ...figure, components: true }), el("td", { class: "n" }, opens(row.gap, figure)));

const showTable = () => {
  for (const tab of document.querySelectorAll("[data-by]")) tab.setAttribute("aria-pressed", String(tab.dataset.by === by));
  byId("counts").href = `/reports?${query({ report: "digitization" })}`;
  for (const file of document.querySelectorAll("[data-format]")) file.href = `/api/coverage?${query({ by, format: file.dataset.format })}`;
  return fillWith(byId("table"), async () => {
    const found = await call("GET", `/api/coverage?${query({ by })}`);
    glance(found.total);
    if (!found.rows.length) return [];
    const components = found.total.components_rate.denominator > 0; // what no line has is no column
    const heads = [[t[`by_${by}`]], [t.received, "n"], [t.resolved, "n"], [t.required, "n"], [t.without], [t.with], ...(components ? [[t.components]] : []), [t.gap, "n"]];
    const rows = found.rows.map((row) => line(row, name(row), { by: found.by, key: row.key, name: row.name || row.key }, components));
    return table(heads, rows, line(found.total, el("th", { scope: "row" }, t.total), {}, components));
  }, { empty: t.no_cases });
};

function show() {
  history.replaceState(null, "", `?${query({ by })}`);
  showTable();
  showMonths();
  showOutlook();
  everything();
}

byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
for (const tab of document.querySelectorAll("[data-by]")) tab.addEventListener("click", () => { by = tab.dataset.by; history.replaceState(null, "", `?${query({ by })}`); showTable(); });
awaited(...["trend", "outlook", "table", "matrix", "gap"].map(byId));
try {
  [units] = await Promise.all([unitNames(), beginWith(saved)]);
  byId("unit").append(...await unitOptions());
  byId("unit").value = saved.get("unit") ?? "";
} catch (error) { complain(error); }
show();
