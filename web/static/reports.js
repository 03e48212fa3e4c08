// A form as it is filed: the server's own heads and cells; the same address with another format is the file.
import { call, request } from "./api.js";
import { unitNames, unitOptions } from "./catalogue.js";
import { byId, day, el, moment, number, percent } from "./dom.js";
import { fill, t, word } from "./page.js";
import { beginWith } from "./period.js";
import { complain } from "./say.js";
import { awaited, fillWith, partByPart } from "./states.js";

const FORMATS = ["xlsx", "pdf", "csv", "json"];
let units = new Map();
const saved = new URLSearchParams(location.search);
byId("report").value = saved.get("report") ?? "II.06a";
byId("mapped").checked = saved.has("mapped");
byId("as-of").value = local(saved.get("as_of"));

// A moment as its field shows it; a day alone means its end.
function local(text) {
  if (!text || /^\d{4}-\d\d-\d\d$/.test(text)) return text ? `${text}T23:59:59` : "";
  const at = new Date(text);
  return new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

function query() {
  const asked = new URLSearchParams({ from: byId("from").value, to: byId("to").value });
  if (byId("unit").value) asked.set("unit", byId("unit").value);
  if (byId("as-of").value) asked.set("as_of", new Date(byId("as-of").value).toISOString());
  if (byId("mapped").checked) asked.set("mapped", "true");
  return asked;
}

// Neighbours under one label share it, as reports/heads.py merges them.
function heads(columns) {
  const depth = Math.max(...columns.map((one) => one.labels.length));
  const rows = Array.from({ length: depth }, () => []);
  const place = (paths, row) => {
    for (let first = 0; first < paths.length;) {
      let last = first;
      while (last < paths.length && paths[last][0] === paths[first][0]) last += 1;
      const under = paths.slice(first, last).map((path) => path.slice(1)), goesOn = under.every((path) => path.length);
      rows[row].push(el("th", { scope: "col", colspan: last - first, rowspan: goesOn ? 1 : depth - row }, paths[first][0]));
      if (goesOn) place(under, row + 1);
      first = last;
    }
  };
  place(columns.map((one) => one.labels), 0);
  return [...rows.map((cells) => el("tr", {}, cells)), el("tr", { class: "numbers" }, columns.map((one) => el("th", { scope: "col" }, one.number)))];
}

// A figure opens the dossiers behind it; a rate opens those that it lacks. Thresholds and points are no dossiers.

function cell(value, report, row, column) {
  if (value == null) return el("td", { class: "n" }, "–");
  if (typeof value === "string") return el("td", {}, value);
  const isRate = typeof value === "object", said = isRate ? rate(value) : number(value);
  const count = isRate ? value.denominator - value.numerator : value;
  if (!count || !column.dossiers) return el("td", { class: "n", title: column.dossiers ? null : t.no_dossiers }, said);
  const title = isRate ? fill(t.open_missing, { n: number(count) }) : t.open_dossiers;
  return el("td", { class: "n" }, el("button", { type: "button", class: "quiet", "aria-label": `${said}. ${title}`, title, onclick: () => open(report, row, column, isRate) }, said));
}

function behind(dossier) {
  return el("tr", {}, el("td", {}, el("a", { class: "code", href: `/dossiers/${encodeURIComponent(dossier.code)}` }, dossier.code)),
    el("td", { class: "code" }, dossier.procedure), el("td", {}, units.get(dossier.unit) ?? dossier.unit),
    ...[dossier.received_at, dossier.due_at, dossier.resolved_at].map((at) => el("td", {}, at ? day(at) : "–")));
}

// As of the report's own moment: the list is that of the figure that is shown, whatever has come in since.
async function open(report, row, column, missing) {
  const asked = query();
  [["as_of", report.as_of], ["line", row.key], ["column", column.key], ["limit", 50]].forEach((pair) => asked.set(...pair));
  if (missing) asked.set("part", "missing");
  byId("behind-of").replaceChildren([named(row, row.name, 1), ...column.labels].filter(Boolean).join(" · "));
  byId("behind-card").hidden = false;
  await fillWith(byId("behind"), async () => {
    const rows = el("tbody");
    const { more } = await partByPart((after) => {
      if (after) asked.set("after", after);
      return call("GET", `/api/reports/${report.report}/dossiers?${asked}`);
    }, behind, rows);
    const heads = [t.code, t.procedure, t.unit, t.received_at, t.due_at, t.resolved_at];
    return [el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows), more];
  });
  byId("behind-card").scrollIntoView({ block: "start" });
  byId("behind-title").focus();
}

// Sections are named by a level, and the sum by nothing: their words are the screen's.
function named(row, value, n) {
  if (row.line === "section" && typeof value === "string") return word("level_", value);
  return row.line === "total" && n === 1 && !value ? t.total : value;
}

const rate = (one) => `${percent(one.percent)} (${number(one.numerator)}/${number(one.denominator)})`;

function shown(report) {
  const asked = query();
  const files = FORMATS.map((form) => {
    asked.set("format", form);
    return el("a", { class: "button", href: `/api/reports/${report.report}?${asked}`, download: "" }, form.toUpperCase());
  });
  const remarks = [...Object.entries(report.rates).map(([name, one]) => `${word("rate_", name)}: ${rate(one)}`),
    ...report.notes.map((note) => fill(word("note_", note.code), { n: number(note.count) }))];
  const { dossiers, papers } = report.inputs;
  return [
    el("p", { class: "actions" }, `${t.download}: `, files),
    el("table", {}, el("caption", { class: "unseen" }, `${word("report_", report.report)}, ${report.unit_name}`), el("thead", {}, heads(report.columns)),
      el("tbody", {}, report.rows.map((row) => el("tr", { class: `line-${row.line}` }, report.columns.map((column, n) => cell(named(row, row[column.key], n), report, row, column)))))),
    el("ul", {}, remarks.map((text) => el("li", {}, text))),
    el("p", { class: "muted" }, fill(t.counted, { dossiers: number(dossiers), papers: number(papers), at: moment(report.as_of) })),
    el("p", { class: "muted print" }, `${t.fingerprint}: `, el("span", { class: "code" }, report.fingerprint)),
  ];
}

function make() {
  const asked = query(), report = byId("report").value;
  const kept = new URLSearchParams(asked);
  kept.set("report", report);
  byId("behind-card").hidden = true;
  history.replaceState(null, "", `?${kept}`);
  fillWith(byId("made"), async () => shown(await call("GET", `/api/reports/${report}?${asked}`)));
}

async function verify(file) {
  await fillWith(byId("verified"), async () => {
    const { json: found } = await request("POST", "/api/reports/verify", { raw: file, headers: { "Content-Type": "application/octet-stream" } });
    const about = `${file.name}, ${word("report_", found.report)}`;
    if (found.same) return el("p", { class: "good" }, `${about}: ${t.same}`);
    const differing = [...found.inputs, ...found.cells];
    const row = (one) => el("tr", {}, el("td", {}, one.place), el("td", {}, one.in_file ?? ""), el("td", {}, one.recomputed ?? ""));
    return [el("p", { class: "bad" }, `${about}: ${fill(t.differs, { n: number(differing.length) })}`),
      el("table", {}, el("thead", {}, el("tr", {}, [t.place, t.in_file, t.recomputed].map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, differing.map(row)))];
  });
}

byId("asked").addEventListener("submit", (event) => { event.preventDefault(); make(); });
byId("file").addEventListener("change", async () => {
  const [file] = byId("file").files;
  if (file) await verify(file);
  byId("file").value = ""; // so that the same file, changed, can be chosen again
});
awaited(byId("made"));
try {
  [units] = await Promise.all([unitNames(), beginWith(saved)]);
  byId("unit").append(...await unitOptions());
  byId("unit").value = saved.get("unit") ?? "";
} catch (error) { complain(error); }
make();
