// Every scanner in one table, troubles first in colour; keys are shown once and kept nowhere.
import { call } from "./api.js";
import { unitNames, unitOptions } from "./catalogue.js";
import { age, byId, el, moment, number, percent } from "./dom.js";
import { fill, t, viewer } from "./page.js";
import { complain } from "./say.js";
import { fillWith } from "./states.js";

const EVERY = 30_000;
const QUIET_AFTER = 15 * 60_000; // a station's program calls at least every few minutes
const SKEW_SECONDS = 30;
const FAILURE_SHARE = 0.05;
const administers = viewer.role === "administrator";
let units = new Map();

const isQuiet = (station) => !station.last_seen_at || Date.now() - new Date(station.last_seen_at) > QUIET_AFTER;
const isOff = (station) => Math.abs(station.clock_skew_seconds ?? 0) > SKEW_SECONDS;
const fails = (station) => (station.today.failure_rate ?? 0) > FAILURE_SHARE;
const troubled = (station) => station.active && (isQuiet(station) || isOff(station) || fails(station) || station.today.sequence_gaps > 0 || station.today.unfinished_batches > 0);

// What somebody can mend at once first, then who fell silent, then who never called, then who works.
function weight(station) {
  if (!troubled(station)) return 0;
  if (!station.last_seen_at) return 1;
  return isOff(station) || fails(station) || station.today.sequence_gaps || station.today.unfinished_batches ? 3 : 2;
}

function state(station) {
  const { unfinished_batches: open } = station.today;
  const tag = (kind, text) => el("span", { class: `tag ${kind}` }, text);
  if (!station.active) return tag("bad", t.locked);
  if (!station.last_seen_at) return tag("", t.not_connected);
  return [isQuiet(station) ? tag("warn", t.quiet) : tag("good", t.working), open ? [" ", tag("warn", fill(t.unfinished, { n: open }))] : []].flat(2);
}

function clock(station) {
  const skew = Math.round(station.clock_skew_seconds ?? 0);
  if (station.clock_skew_seconds == null) return "";
  if (!isOff(station)) return t.clock_right;
  return el("span", { class: "tag warn" }, fill(skew > 0 ? t.clock_ahead : t.clock_behind, { n: number(Math.abs(skew)) }));
}

function failures({ today }) {
  if (today.failure_rate == null) return "";
  if (!today.failure_rate) return percent(0).replace(" ", "\u00a0");
  const text = fill(t.failures_of, { rate: percent(100 * today.failure_rate), pages: today.pages_unreadable, files: today.files_refused });
  return today.failure_rate > FAILURE_SHARE ? el("span", { class: "tag bad" }, text) : text;
}

// Declared files that have not come: those that a later file overtook are a gap in the sequence.
function notCome({ today }) {
  if (!today.files_missing) return el("td", { class: "n" });
  const gap = today.sequence_gaps > 0 && [" ", el("span", { class: "tag bad" }, fill(t.gaps, { n: number(today.sequence_gaps) }))];
  return el("td", { class: "n" }, number(today.files_missing), gap);
}

const count = (value) => el("td", { class: "n" }, value ? number(value) : "");

function row(station) {
  const ago = station.last_seen_at ? age(station.last_seen_at) : t.never;
  const seen = ago === t.never || ago === t.now ? ago : fill(t.ago, { age: ago });
  return el("tr", {}, el("th", { scope: "row" }, station.name), el("td", {}, units.get(station.unit) ?? station.unit), el("td", {}, state(station)),
    el("td", { class: "span", title: moment(station.last_seen_at) }, seen), count(station.today.batches), count(station.today.pages_read), count(station.today.pages_waiting), notCome(station),
    el("td", {}, failures(station)), el("td", {}, clock(station)), administers && el("td", { class: "do" }, actions(station)));
}

const actions = (station) => [
  el("button", { type: "button", "aria-label": `${t.new_key}: ${station.name}`, onclick: () => renew(station) }, t.new_key), " ",
  el("button", { type: "button", class: station.active ? "danger" : "", "aria-label": `${station.active ? t.lock : t.unlock}: ${station.name}`, onclick: () => change(station, { active: !station.active }) },
    station.active ? t.lock : t.unlock)];

async function load() {
  const [{ items }, names] = await Promise.all([call("GET", "/api/stations"), unitNames()]);
  units = names;
  const working = items.filter((one) => one.active && !isQuiet(one)).length;
  const pages = items.reduce((sum, one) => sum + one.today.pages_read, 0);
  byId("summary").textContent = fill(t.summary, { working, all: items.length, pages: number(pages) });
  const shown = byId("trouble").checked ? items.filter(troubled).sort((one, other) => weight(other) - weight(one)) : [...items].sort((one, other) => weight(other) - weight(one));
  if (!shown.length) return [];
  const heads = [t.name, t.unit, t.state, t.seen, t.today_batches, t.today_pages, t.waiting, t.not_come, t.failures, t.clock];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)), administers && el("td", {}))), el("tbody", {}, shown.map(row)));
}

const show = () => fillWith(byId("list"), load, { empty: byId("trouble").checked ? t.all_well : t.no_stations });

async function change(station, body) {
  try {
    await call("PATCH", `/api/stations/${station.id}`, { body });
    await show();
  } catch (error) { complain(error); }
}

// Ask before an old key ends; show a new one once.
function dialog(title, ...content) {
  const close = el("button", { type: "button", onclick: () => shown.close() }, t.close);
  const shown = el("dialog", { "aria-labelledby": "key-title", onclose: () => shown.remove() }, el("h2", { id: "key-title" }, title), content, el("p", { class: "actions" }, close));
  document.body.append(shown);
  shown.showModal();
  return shown;
}

function renew(station) {
  const asking = dialog(`${t.new_key}: ${station.name}`, el("p", { class: "warn" }, t.new_key_warning), el("button", { type: "button", class: "danger", onclick: async () => {
    asking.close();
    try { showKey(await call("PATCH", `/api/stations/${station.id}`, { body: { new_key: true } })); } catch (error) { complain(error); }
  } }, t.new_key));
}

const showKey = (station) => dialog(fill(t.key_of, { name: station.name }), el("p", { class: "warn" }, t.key_once), el("p", { class: "key code" }, station.key));

byId("trouble").addEventListener("change", show);
byId("add")?.addEventListener("click", async () => {
  try { byId("unit").replaceChildren(...await unitOptions()); } catch (error) { return complain(error); }
  byId("wrong").hidden = true;
  return byId("adding").showModal();
});
byId("cancel").addEventListener("click", () => byId("adding").close());
byId("adding").querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const station = await call("POST", "/api/stations", { body: { name: byId("name").value.trim(), unit: byId("unit").value } });
    byId("adding").close();
    byId("name").value = "";
    showKey(station);
    await show();
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
  }
});
show();
setInterval(() => { if (!document.hidden && !document.querySelector("dialog[open]")) show(); }, EVERY);
