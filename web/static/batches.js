// All batches with their progress, what must be scanned again, sending files from here, and cover sheets to print.
import { call } from "./api.js";
import { unitNames } from "./catalogue.js";
import { combobox } from "./combobox.js";
import { byId, day, el, moment, number } from "./dom.js";
import { fill, t, viewer, word } from "./page.js";
import { complain, say } from "./say.js";
import { failure, fillWith } from "./states.js";
import { dropZone, sendBatch, sizes } from "./uploads.js";

const EVERY = 3000, MOST_SHEETS = 100;
let units = new Map(), wait = EVERY;
const FINAL = new Set(["waiting", "done", "failed"]);
const bars = (progress) => {
  const all = progress.total_pages, done = all - (progress.pages.received ?? 0);
  const bar = el("span", { class: "bar", role: "progressbar", "aria-label": t.pages_read, "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": all || 1 }, el("i"));
  bar.firstChild.style.width = `${all ? (100 * done) / all : 0}%`;
  return [`${number(done)}/${number(all)} `, bar];
};
const KINDS = { failed: "bad", waiting: "warn", done: "good" };

function row(batch) {
  const { progress } = batch, papers = Object.entries(progress.records).filter(([state]) => state !== "cover").reduce((sum, [, count]) => sum + count, 0);
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: `/batches/${batch.id}` }, moment(batch.opened_at))), el("td", {}, units.get(batch.unit) ?? batch.unit), el("td", {}, batch.operator),
    el("td", {}, el("span", { class: `tag ${KINDS[batch.state] ?? ""}` }, word("batch_", batch.state))),
    el("td", { class: "n" }, `${progress.received_files}/${progress.declared_files}`), el("td", {}, bars(progress)), el("td", { class: "n" }, number(papers)));
}

async function load() {
  const [{ items }, names] = await Promise.all([call("GET", "/api/batches?limit=50"), unitNames()]);
  units = names;
  wait = items.every((one) => FINAL.has(one.state)) ? 5 * EVERY : EVERY;
  if (!items.length) return [];
  const heads = [[t.opened], [t.unit], [t.operator], [t.state], [t.files, "n"], [t.pages_read], [t.papers, "n"]];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))), el("tbody", {}, items.map(row)));
}

// Later rounds change the table only when there is news, so that a focused link stays where it is.
async function refresh() {
  if (document.hidden) return void setTimeout(refresh, EVERY);
  try {
    const found = [await load()].flat()[0], shown = byId("list").firstChild;
    if (found && found.outerHTML !== shown?.outerHTML) {
      const focused = document.activeElement?.getAttribute("href");
      byId("list").replaceChildren(found);
      if (focused?.startsWith("/batches/")) found.querySelector(`a[href="${focused}"]`)?.focus();
    }
    await showRescans();
  } catch (error) {
    byId("list").replaceChildren(failure(error, () => fillWith(byId("list"), load, { empty: t.no_batches })));
    wait = EVERY; // it comes back by itself
  }
  setTimeout(refresh, wait);
}

async function showRescans() {
  const { items } = await call("GET", "/api/rescans");
  byId("rescans").hidden = !items.length;
  const asked = JSON.stringify(items);
  if (byId("rescan-list").dataset.asked === asked) return;
  byId("rescan-list").dataset.asked = asked;
  byId("rescan-list").replaceChildren(...items.map((one) => el("li", {}, el("a", { href: `/batches/${one.batch}#page-${one.page}` }, fill(t.file_page, { file: one.file_sequence, page: one.page_number })), ": ",
    word("rescan_", one.reason), " ", el("span", { class: "muted" }, fill(t.asked_by, { who: one.asked_by, when: moment(one.asked_at) })))));
}

// --- sending files from the browser ---

let files = [];
async function makeUpload() {
  const [{ items }, names] = await Promise.all([call("GET", "/api/stations"), unitNames()]);
  const stations = items.filter((one) => one.active);
  byId("station").replaceChildren(...stations.map((one) => el("option", { value: one.id }, `${one.name} (${names.get(one.unit) ?? one.unit})`)));
  byId("no-station").hidden = stations.length > 0;
  const choose = (found) => {
    files = found.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    byId("chosen").textContent = files.length ? sizes(files) : "";
    byId("send").disabled = !files.length || !stations.length;
    byId("fates").replaceChildren(...files.map((file) => el("li", {}, file.name)));
  };
  dropZone(byId("drop"), byId("files"), choose);
  byId("upload").addEventListener("submit", async (event) => {
    event.preventDefault();
    byId("send").disabled = true;
    try {
      const { batch, failed } = await sendBatch(files, byId("station").value, byId("fates"));
      if (failed) return say(fill(t.up_some_failed, { n: failed }), { kind: "bad", action: [t.open_batch, () => location.assign(`/batches/${batch}`)] });
      return location.assign(`/batches/${batch}`);
    } catch (error) { complain(error); } finally { byId("send").disabled = false; }
    return undefined;
  });
}

// --- cover sheets ---

const codes = new Map();
function drawCodes() {
  byId("codes").replaceChildren(...[...codes].map(([code, hint]) => el("li", {}, el("span", { class: "code" }, code), " ", el("span", { class: "muted" }, hint), " ",
    el("button", { type: "button", class: "quiet", "aria-label": fill(t.remove, { code }), onclick: () => { codes.delete(code); drawCodes(); byId("cover-dossier").focus(); } }, "×"))));
  const link = byId("print");
  link.hidden = !codes.size;
  link.href = `/api/cover-sheets?${new URLSearchParams([...codes.keys()].map((code) => ["codes", code]))}`;
  link.textContent = fill(t.print_sheets, { n: codes.size });
}
async function findDossiers(text) {
  if (text.trim().length < 2) return [];
  const { items } = await call("POST", "/api/dossiers/find", { body: { text: text.trim(), limit: 12 } });
  return items.map((one) => ({ value: one.code, label: one.code, hint: [one.owner, one.procedure_name, day(one.received_at)].filter(Boolean).join(" · ") }));
}

// Many codes at once, as they are copied out of a list: those that are known are taken, the others named.
async function takeMany(pasted) {
  const unknown = [];
  for (const code of pasted.slice(0, MOST_SHEETS)) {
    const found = (await findDossiers(code)).find((one) => one.value === code);
    if (found) codes.set(found.value, found.hint);
    else unknown.push(code);
  }
  drawCodes();
  if (unknown.length) say(fill(t.codes_unknown, { codes: unknown.join(", ") }), { kind: "warn", stays: 0 });
}
byId("cover-dossier").addEventListener("paste", (event) => {
  const pasted = [...new Set(event.clipboardData.getData("text").split(/[\s,;]+/).filter((one) => /-\d{6}-\d{4,6}$/.test(one)))];
  if (pasted.length < 2) return;
  event.preventDefault();
  takeMany(pasted).catch(complain);
});
combobox(byId("cover-dossier"), {
  wait: 150,
  find: findDossiers,
  onchoose: (item) => { codes.set(item.value, item.hint); byId("cover-dossier").value = ""; drawCodes(); },
});

fillWith(byId("list"), load, { empty: t.no_batches }).finally(() => setTimeout(refresh, wait));
showRescans().catch(complain);
if (["operator", "administrator"].includes(viewer.role)) makeUpload().catch(complain);
