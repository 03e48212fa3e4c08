// Five lists of what is to be done, the urgent first; a clerk hands dossiers of the first one to a site.
import { call } from "./api.js";
import { exemptReasons, options, procedureNames, unitNames, unitOptions } from "./catalogue.js";
import { byId, day, el, number } from "./dom.js";
import { fill, t, viewer, word } from "./page.js";
import { complain, say } from "./say.js";
import { awaited, fillWith, partByPart } from "./states.js";

const URGENT = { overdue: "bad", soon: "warn", later: "" };
const assigns = Boolean(byId("assign"));
const saved = new URLSearchParams(location.search);
let kind = document.querySelector(`[data-kind="${CSS.escape(saved.get("list") ?? "")}"]`)?.dataset.kind ?? "missing_result";
let units = new Map(), procedures = new Map();

const unit = (code) => units.get(code) ?? code ?? "";
const dossier = (one) => (one.dossier ? el("a", { class: "code", href: `/dossiers/${encodeURIComponent(one.dossier)}` }, one.dossier) : "–");
const paper = (one) => el("a", { class: "button", href: `/verify/${one.record}`, "aria-label": fill(t.open_paper, { name: one.dossier ?? unit(one.unit) }) }, t.open);

// Of each list: its columns, as [head, cell of an entry, class].
const procedure = [t.procedure, (one) => procedures.get(one.procedure) ?? one.procedure, "wide"], of = [t.unit, (one) => unit(one.unit), "wide"], site = [t.site, (one) => unit(one.site)];
const LISTS = {
  missing_result: [[t.code, dossier], procedure, of, [t.resolved, (one) => day(one.day)], [t.hand_over_by, (one) => day(one.hand_over_by)],
    [t.urgency, (one) => el("span", { class: `tag ${URGENT[one.urgency]}` }, word("urgency_", one.urgency))], site],
  low_resolution: [[t.paper, paper], [t.dpi, (one) => fill(t.dpi_of, { n: one.dpi }), "n"], [t.code, dossier], of, [t.scanned, (one) => day(one.day)]],
  unsigned: [[t.paper, paper], [t.code, dossier], of, [t.filed, (one) => day(one.day)]],
  late: [[t.code, dossier], procedure, of, [t.returned, (one) => day(one.day)], [t.days_late, (one) => fill(t.days, { n: number(one.days_late) }), "n"], site],
  exempt: [[t.code, dossier], [t.component, (one) => one.component], [t.reason, (one) => word("exempt_", one.reason)], procedure, of],
};

function query(more = {}) {
  const asked = new URLSearchParams(more);
  for (const name of ["unit", "site"]) if (byId(name).value) asked.set(name, byId(name).value);
  if (kind === "exempt" && byId("reason").value) asked.set("reason", byId("reason").value);
  return asked;
}

// --- choosing ---

const boxes = () => [...byId("list").querySelectorAll("tbody input")];
const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);

function counted() {
  const n = chosen().length;
  byId("chosen").textContent = n ? fill(t.chosen, { n: number(n) }) : "";
}

const box = (attributes, onchange) => el("input", { type: "checkbox", onchange, ...attributes });
const chooser = (one) => el("td", { class: "choose" }, box({ value: one.dossier, "aria-label": fill(t.choose, { code: one.dossier }) }, counted));
const all = () => el("th", { class: "choose", scope: "col" }, box({ "aria-label": t.choose_all }, (event) => { for (const one of boxes()) one.checked = event.target.checked; counted(); }));

// --- showing ---

async function showCounts() {
  try {
    const { counts } = await call("GET", `/api/worklists?${query()}`);
    for (const tab of document.querySelectorAll("[data-kind]")) tab.querySelector(".count").textContent = number(counts[tab.dataset.kind]);
  } catch (error) { complain(error); }
}

function showHead(choose) {
  for (const tab of document.querySelectorAll("[data-kind]")) tab.setAttribute("aria-pressed", String(tab.dataset.kind === kind));
  byId("list-title").textContent = t[kind];
  byId("hint").textContent = t[`hint_${kind}`];
  byId("why").hidden = kind !== "exempt";
  if (assigns) byId("assign").hidden = !choose;
}

function showList() {
  const choose = assigns && kind === "missing_result", columns = LISTS[kind];
  showHead(choose);
  history.replaceState(null, "", `?${query({ list: kind })}`);
  const row = (one) => el("tr", {}, choose && chooser(one), columns.map(([, cell, style]) => el("td", { class: style }, cell(one))));
  return fillWith(byId("list"), async () => {
    const rows = el("tbody"), asked = query({ limit: 50 }), path = `/api/worklists/${kind}`;
    const { items, more } = await partByPart((after) => {
      if (after) asked.set("after", after);
      return call("GET", `${path}?${asked}`);
    }, row, rows);
    if (choose) byId("chosen").textContent = "";
    if (assigns) byId("assign").hidden = !choose || !items.length;
    if (!items.length) return [];
    return [el("table", {}, el("thead", {}, el("tr", {}, choose && all(), columns.map(([head, , style]) => el("th", { scope: "col", class: style }, head)))), rows), more];
  }, { empty: t.all_done });
}

function show() {
  showCounts();
  return showList();
}

// One after the other, each a change of its own with its own history; what was done before a refusal stays done.
async function assign(to) {
  const codes = chosen();
  if (!codes.length) return say(t.none_chosen, { kind: "warn" });
  let done = 0;
  try {
    for (const code of codes) {
      const path = `/api/dossiers/${encodeURIComponent(code)}/assignment`;
      await (to ? call("PUT", path, { body: { site: to } }) : call("DELETE", path));
      done += 1;
    }
    say(fill(t.assigned, { n: number(done) }));
  } catch (error) { complain(error); }
  return done && show();
}

for (const tab of document.querySelectorAll("[data-kind]")) tab.addEventListener("click", () => { kind = tab.dataset.kind; showList(); });
byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
byId("assign")?.addEventListener("submit", (event) => { event.preventDefault(); assign(byId("to-site").value); });
byId("reason").append(...options(exemptReasons));
showHead(false);
awaited(byId("list"));
try {
  [units, procedures] = await Promise.all([unitNames(), procedureNames()]);
  for (const id of ["unit", "site"]) {
    byId(id).append(...await unitOptions());
    byId(id).value = saved.get(id) ?? "";
  }
  byId("to-site")?.append(...await unitOptions(({ code }) => viewer.everywhere || viewer.units.includes(code)));
  byId("reason").value = saved.get("reason") ?? "";
} catch (error) { complain(error); }
show();
