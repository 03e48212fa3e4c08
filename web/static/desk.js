// The clerk's desk: take the next paper, check it beside its image, confirm it; the one after it is loaded meanwhile.
import { makeAhead, release } from "./ahead.js";
import { arrange, askReason } from "./arrange.js";
import { call } from "./api.js";
import { age, byId, el, moment, number } from "./dom.js";
import { unitNames } from "./catalogue.js";
import { makeKnownBefore } from "./known_before.js";
import { fill, params, t, viewer, word } from "./page.js";
import { typeChoices, layPaper } from "./paper.js";
import { reason } from "./reasons.js";
import { complain, say } from "./say.js";
import { makeSheets } from "./sheets.js";
import { failure } from "./states.js";

const COUNTED = 1000; // papers of a queue; a longer one is not counted to its end
const SAID_AFTER = 800, SLOW_AFTER = 5000, READ_EVERY = 500; // milliseconds
const query = new URLSearchParams(location.search);
const clerk = ["clerk", "administrator"].includes(viewer.role);
const sheets = makeSheets(byId("sheets"), { onregion: readRegion });
const form = byId("paper");
const known = makeKnownBefore(byId("known"), { onuse: useInstead, onduplicate: () => drop("duplicate") });

let desk = null, paper = null, lease = null, renewing = null, busy = false, waiting = null, saying = null, warned = false, last = null;
const skipped = [];

// --- the queue ---

const wish = () => ({
  order: query.get("order") ?? "oldest", doubt: query.get("doubt") ?? "any",
  ...(query.get("unit") && { unit: query.get("unit") }), ...(query.get("batch") && { batch: query.get("batch") }),
  ...(query.get("type") && { document_type: query.get("type") }), ...(query.get("older") && { older_than_hours: Number(query.get("older")) }),
  ...(query.get("due") && { due_within_hours: Number(query.get("due")) }),
});

const askNext = (but = []) => call("POST", "/api/reviews/next", { body: { ...wish(), skip: [...skipped, ...but].slice(-100) } });
const ahead = makeAhead({ ask: askNext, see: (pages) => sheets.preload(pages) });

async function takeNext() {
  const found = await ahead.take() ?? await askNext();
  byId("waiting").textContent = fill(found.waiting < COUNTED ? t.waiting : t.waiting_more, { n: number(found.waiting) });
  if (!found.record) return finished();
  await open(found.record.id, found.lease, found.record.version);
  lookAhead(found.record.id);
}

// The papers that follow are loaded once this one is seen, if it still lies on the desk then.
async function lookAhead(id) {
  await sheets.arrived();
  if (desk?.record.id === id) ahead.fetch(id);
}

async function open(id, held = null, version = null) {
  const [found, types] = await Promise.all([ahead.desk(id, version), typeChoices()]);
  desk = found;
  history.replaceState(null, "", `/desk/${id}${location.search}`);
  keep(held);
  warned = false;
  show(types);
}

function show(types) {
  const { record } = desk;
  const readonly = !clerk || record.state !== "classified";
  for (const id of ["aside", "sheets"]) byId(id).hidden = false;
  byId("aside").classList.remove("early");
  byId("nothing").hidden = true;
  byId("problem").replaceChildren();
  byId("about").replaceChildren(...[unitTag(record), " ", record.state === "classified" ? null : el("span", { class: "tag good" }, word("record_", record.state)), " ",
    el("span", { class: "muted" }, fill(t.came, { age: age(record.created_at) }))].filter(Boolean));
  const scans = record.review_reasons.filter((one) => !one.startsWith("field_") && !["type_unsure", "dossier_unknown", "dossier_unsure", "dossier_not_imported"].includes(one));
  byId("why").replaceChildren(...scans.map((one) => el("span", { class: "tag warn" }, reason(one))));
  showRescans();
  sheets.show(desk.pages);
  paper = layPaper(form, desk, types, { readonly, onfocus: sheets.focus, ondone: () => byId("confirm").focus() });
  for (const id of ["confirm", "skip", "discard", "arrange", "rescan"]) byId(id).hidden = readonly;
  known.show(desk.reusable, readonly ? null : paper, desk.owner_fields);
  byId("reopen").hidden = !clerk || !["confirmed", "filed", "discarded"].includes(record.state);
  byId("pdf").hidden = !record.has_pdf;
  if (record.has_pdf) byId("pdf").href = `/api/records/${record.id}/pdf`;
  showConfirmed();
  if (readonly) byId("main").focus(); else paper.start();
  performance.mark("paper-shown", { detail: record.id });
}

// The unit by its name once that has come; nothing waits for it.
function unitTag({ unit }) {
  const tag = el("span", { class: "tag" }, unit);
  unitNames().then((names) => { tag.textContent = names.get(unit) ?? unit; }, () => {});
  return tag;
}

// Pages that the operator is asked for: confirming goes on without them, and ends the request.
function showRescans() {
  byId("rescans").replaceChildren(...desk.rescans.map((wish) => el("p", { class: "warn" }, fill(t.rescan_waits, { n: pageNumber(wish.page), reason: word("rescan_", wish.reason), who: wish.asked_by, when: moment(wish.asked_at) }), " ",
    clerk && el("button", { type: "button", class: "quiet", onclick: () => enough(wish) }, t.good_enough))));
}
const pageNumber = (id) => desk.pages.findIndex((page) => page.id === id) + 1;
async function enough(wish) {
  try {
    await call("DELETE", `/api/pages/${wish.page}/rescan`);
    desk.rescans = desk.rescans.filter((one) => one !== wish);
    showRescans();
  } catch (error) { complain(error); }
}

// Who answered for it and when; what the machine read stays under each field.
async function showConfirmed() {
  const { record } = desk, note = byId("confirmed");
  note.hidden = !record.confirmation;
  if (!record.confirmation) return;
  const { items } = await call("GET", `/api/records/${record.id}/history`);
  const change = items.findLast((one) => one.action === "confirmed");
  if (desk.record.id === record.id) note.textContent = fill(t.confirmed_by, { who: change?.actor ?? "", when: moment(record.confirmation.at) });
}

function finished() {
  desk = null;
  keep(null);
  for (const id of ["aside", "sheets"]) byId(id).hidden = true;
  byId("nothing").hidden = false;
  sheets.show([]);
  history.replaceState(null, "", `/desk${location.search}`);
  byId("nothing").querySelector("a").focus();
}

// --- the lease ---

function keep(held) {
  clearTimeout(renewing);
  lease = held;
  if (held) renewing = setTimeout(renew, Math.max(5000, (new Date(held.until) - Date.now()) / 3));
}

async function renew() {
  const id = desk?.record.id;
  try {
    const held = await call("PUT", `/api/records/${id}/lease`).catch((error) => { if (error.code === "review_lease_lost") return takeLease(id); throw error; }); // free again: taken up again
    if (desk?.record.id !== id) return;
    if (held.version !== desk.record.version) { keep(held); return stale({ message: t.error_stale_version }); }
    keep(held);
  } catch (error) {
    if (desk?.record.id !== id) return;
    if (["review_lease_lost", "record_leased", "not_found"].includes(error.code)) lost(error);
    else renewing = setTimeout(renew, 15000);
  }
}

// Nothing more is to be done to what lies there.
function closed() {
  keep(null);
  paper?.freeze();
  known.show([]);
  for (const id of ["confirm", "skip", "discard", "arrange", "rescan"]) byId(id).hidden = true;
}

// Somebody else has the paper, or has changed it: said, nothing is overwritten, and what was typed goes into the paper when it is opened again.
function lost(error, entered = paper?.entered()) {
  closed();
  problem(error, [[t.next_paper, takeNextSafely], [t.take_back, () => openAgain(entered)]]);
  tellWho(async ({ id }) => { const held = await call("GET", `/api/records/${id}/lease`); return fill(t.held_by, { who: held.holder_name }); });
}
function stale(error, entered = paper?.entered()) {
  closed();
  problem(error, [[t.load_new, () => openAgain(entered)]]);
  tellWho(async ({ id }) => {
    const change = (await call("GET", `/api/records/${id}/history`)).items.at(-1);
    return fill(t.changed_by, { who: change.actor, when: moment(change.at), what: word("event_record.", change.action) });
  });
}
// `does`: [label, act] of each button; `kind`: "bad", or "warn" for what only takes time.
function problem(error, does, kind = "bad") {
  byId("problem").replaceChildren(el("div", { class: kind, role: "alert" }, el("p", {}, error.message), el("p", { class: "actions" }, does.map(([label, act]) => el("button", { type: "button", onclick: act }, label)))));
  byId("problem").querySelector("button").focus();
}
// Adds who it was, once that is known.
async function tellWho(ask) {
  const alert = byId("problem").querySelector("[role=alert]");
  try { const text = await ask(desk.record); alert.querySelector("p").after(el("p", {}, text)); } catch { /* then without */ }
}
// What was entered goes into the paper as it is now; one that is being read again is waited for.
async function openAgain(entered) {
  const { id } = desk.record;
  try {
    const held = await takeLease(id);
    if (!await isRead(id)) return call("DELETE", `/api/records/${id}/lease`).catch(() => {});
    await open(id, held);
  } catch (why) { return ["record_leased", "review_lease_lost"].includes(why.code) ? lost(why, entered) : complain(why); }
  if (desk.record.state === "classified") lookAhead(id); else await letGo();
  const left = paper.putBack(entered);
  if (left.length) return byId("problem").replaceChildren(el("div", { class: "warn", role: "status" }, el("p", {}, t.typed_no_place),
    el("dl", { class: "typed" }, left.flatMap(([name, text]) => [el("dt", {}, t[name === "document_type" ? "type" : name] ?? word("field_", name)), el("dd", {}, text)]))));
  return paper.changed() ? say(t.typed_is_back) : undefined;
}
// Resolves once the machine has read a paper; to false when the clerk has gone on to another one meanwhile.
async function isRead(id) {
  for (let said = false; desk?.record.id === id; said = true) {
    if ((await call("GET", `/api/records/${id}`)).state !== "assembled") return true;
    if (!said) { closed(); problem({ message: t.read_again }, [[t.next_paper, takeNextSafely]], "warn"); }
    await pause(READ_EVERY);
  }
  return false;
}
// A paper as it is once the machine has read it.
async function readAgain(id) {
  for (;;) {
    const found = await call("GET", `/api/records/${id}`);
    if (found.state !== "assembled") return found;
    await pause(READ_EVERY);
  }
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const takeLease = (id) => call("POST", `/api/records/${id}/lease`);
const takeNextSafely = () => takeNext().catch((error) => fail(error, takeNextSafely));

// --- confirm, undo, skip, discard ---

const match = () => ({ "If-Match": `"${desk.record.version}"` });

async function confirm() {
  if (busy || !desk || byId("confirm").hidden) return undefined;
  if (!paper.said().dossier) {
    byId("dossier").focus();
    return say(t.doubt_dossier, { kind: "warn" });
  }
  const left = paper.open();
  if ((left.length || desk.rescans.length) && !warned) {
    warned = true;
    left[0]?.input.focus();
    return say(left.length ? fill(t.doubts_left, { n: left.length }) : fill(t.rescan_left, { n: pageNumber(desk.rescans[0].page) }), { kind: "warn" });
  }
  let body;
  try { body = paper.answer(); } catch (error) { return say(error.message, { kind: "bad" }); }
  working(true); // the button is not disabled meanwhile: the next paper's could not take the focus
  try {
    const saved = await call("PUT", `/api/records/${desk.record.id}/confirmation`, { body, headers: match() });
    last = { id: saved.id, version: saved.state === "filed" ? saved.version - 1 : saved.version };
    said();
    say(t.confirmed, { action: [t.undo, undo] });
    await takeNextSafely();
  } catch (error) {
    refused(error);
  } finally {
    working(false);
  }
}

// While something is saved and the next paper comes, nothing else is begun; a slow line is said.
function working(on) {
  busy = on;
  byId("aside").setAttribute("aria-busy", String(on));
  said();
  if (on) waiting = setTimeout(() => { saying = say(t.saving, { stays: 0 }); }, SAID_AFTER);
}
// What was sent has arrived, or was refused.
function said() {
  clearTimeout(waiting);
  saying?.remove();
}

function refused(error) {
  if (error.code === "stale_version" || error.code === "illegal_transition") return stale(error);
  if (["record_leased", "review_lease_lost"].includes(error.code)) return lost(error);
  if (error.code === "invalid_value" && error.facts?.field && paper.showWrong(error.facts.field, error.message)) return undefined;
  if (["dossier_unknown", "invalid_dossier_code"].includes(error.code)) byId("dossier").focus();
  return complain(error);
}

// What was done last is taken back: a confirmation, a discarding, a re-use together with the scan that it replaced.
async function undo() {
  if (!last || busy) return;
  working(true);
  try {
    const entered = desk?.record.id === last.id ? paper.entered() : null; // pages that were arranged
    if (entered) { said(); say(t.taking_back, { stays: 0 }); }
    await Promise.all([letGo(), ahead.drop()]);
    const record = await takeBack(last), { id } = record;
    last = null;
    await open(id, await takeLease(id), record.version);
    if (entered) paper.putBack(entered);
    lookAhead(id);
    say(t.undone);
  } catch (error) {
    if (error.code === "illegal_transition" || error.code === "stale_version") say(t.too_late, { kind: "bad" });
    else complain(error);
  } finally { working(false); }
}

async function takeBack({ id, version, discarded, reused, arranged, parts }) {
  if (arranged) return arrangeBack(id, arranged, parts);
  const headers = { "If-Match": `"${version}"` };
  if (!discarded) return call("POST", `/api/records/${id}/undo`, { headers });
  if (reused) await call("DELETE", `/api/dossiers/${encodeURIComponent(reused.dossier)}/reused/${reused.record}`);
  return call("POST", `/api/records/${id}/reopen`, { body: { reason: "discarded_by_mistake" }, headers });
}

// The pages go back to where they lay, once what was made of them has been read.
async function arrangeBack(id, before, parts) {
  const found = await Promise.all(parts.map(readAgain)), own = found.find((one) => one.id === id);
  const others = found.filter((one) => one.id !== id).map((one) => ({ record: one.id, version: one.version }));
  await call("PUT", `/api/records/${id}/arrangement`, { body: { ...before, others }, headers: { "If-Match": `"${own.version}"` } });
  return readAgain(id);
}

const letGo = async () => { if (lease && desk) { keep(null); await call("DELETE", `/api/records/${desk.record.id}/lease`).catch(() => {}); } };

async function skip() {
  skipped.push(desk.record.id);
  await letGo();
  await takeNextSafely();
}

async function discard() {
  const why = await askReason(t.discard_title, "discard_", ["duplicate", "not_for_dossier", "rescanned", "illegible", "blank", "secret", "exempt"]);
  return why ? drop(why) : undefined;
}

const drop = (reason) => putAway(async ({ id }) => {
  const saved = await call("POST", `/api/records/${id}/discard`, { body: { reason }, headers: match() });
  last = { id, version: saved.version, discarded: true };
  said();
  say(t.discarded, { action: [t.undo, undo] });
});

// The dossier gets the paper that is filed already; this scan of it is discarded.
function useInstead(other, owner) {
  const { dossier } = paper.said();
  if (!dossier) { byId("dossier").focus(); return say(t.doubt_dossier, { kind: "warn" }); }
  return putAway(async ({ id }) => {
    const saved = await call("POST", `/api/records/${id}/reuse`, { body: { paper: other.record, dossier, owner_id: owner }, headers: match() });
    last = { id, version: saved.version, discarded: true, reused: { dossier, record: other.record } };
    said();
    say(fill(t.reused_instead, { code: dossier }), { action: [t.undo, undo] });
  });
}

// Does what takes the paper off the desk, once, and opens the next one.
async function putAway(act) {
  if (busy || !desk) return;
  working(true);
  try {
    await act(desk.record);
    await takeNextSafely();
  } catch (error) { refused(error); } finally { working(false); }
}

async function reopen() {
  const why = await askReason(t.reopen_title, "reopen_", ["wrong_value", "wrong_type", "wrong_dossier", "discarded_by_mistake", "audit"]);
  if (!why) return;
  try {
    await call("POST", `/api/records/${desk.record.id}/reopen`, { body: { reason: why }, headers: match() });
    await open(desk.record.id, await takeLease(desk.record.id));
  } catch (error) { refused(error); }
}

// --- a region, pages ---

async function readRegion(page, box, rotation) {
  if (!paper?.hasActive()) return say(t.region_needs_field, { kind: "warn" });
  const name = paper.activeName();
  sheets.busy?.(true);
  say(t.region_reading, { stays: 0 });
  try {
    const read = await call("POST", `/api/pages/${page.id}/region`, { body: { box, rotation } });
    if (paper.activeName() !== name) return undefined;
    if (!read.text) return say(t.region_empty, { kind: "warn" });
    paper.putIntoActive(read.text);
    return say(fill(t.region_read, { field: word("field_", name) }));
  } catch (error) { return complain(error); }
}

async function rearrange() {
  await ahead.drop(); // it may be what is joined
  const done = await arrange(desk, { match });
  if (!done) return lookAhead(desk.record.id);
  last = { id: desk.record.id, arranged: done.before, parts: done.after.filter((one) => one.state !== "merged").map((one) => one.id) };
  say(t.rearranged, { action: [t.undo, undo] });
  return openAgain(paper.entered());
}

async function rescan() {
  const page = sheets.current();
  const why = await askReason(fill(t.rescan_title, { n: desk.pages.indexOf(page) + 1 }), "rescan_", ["blurred", "cut_off", "skewed", "too_dark", "too_pale", "wrong_side", "other"]);
  if (!why) return;
  try {
    await call("POST", `/api/pages/${page.id}/rescan`, { body: { reason: why } });
    const mine = { page: page.id, reason: why, asked_by: viewer.name, asked_at: new Date().toISOString() };
    if (!desk?.pages.includes(page)) return; // another paper lies there now
    desk.rescans = [...desk.rescans.filter((one) => one.page !== page.id), mine];
    showRescans();
    say(t.rescan_asked, { action: [t.skip_paper, skip] });
  } catch (error) { complain(error); }
}

// --- keys ---

addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.isComposing) return;
  const input = event.target.closest("#paper input, #paper textarea");
  const act = () => {
    if (event.ctrlKey && event.key === "Enter") return confirm;
    if (event.altKey && event.key.toLowerCase() === "z") return undo;
    if (event.altKey && event.key.toLowerCase() === "v") return () => sheets.choose();
    if (event.altKey && event.key.toLowerCase() === "u") return () => known.take();
    if (event.altKey && event.key.toLowerCase() === "n") return () => { if (!byId("skip").hidden) skip(); };
    if (event.altKey && event.key !== "9" && sheets.key(event.key)) return sheets.key(event.key);
    if (event.key === "F1") return help;
    if (event.key === "F8") return () => (paper?.nextDoubt(null)?.input ?? byId("confirm")).focus();
    if (event.key === "PageDown") return () => sheets.next(1);
    if (event.key === "PageUp") return () => sheets.next(-1);
    if (!input) return null;
    if (event.ctrlKey && event.key === "ArrowDown") return () => paper.move(input, 1);
    if (event.ctrlKey && event.key === "ArrowUp") return () => paper.move(input, -1);
    if (event.key === "Tab" && !event.shiftKey && !byId("every").checked && input.type !== "radio") {
      const next = paper.after(input);
      return next && (() => next.input.focus());
    }
    return null;
  };
  const found = act();
  if (!found) return;
  event.preventDefault();
  found();
});

function help() {
  const dialog = byId("keys");
  dialog.showModal();
}

byId("every").checked = localStorage.getItem("sohoa_every_field") === "1";
byId("every").addEventListener("change", (event) => localStorage.setItem("sohoa_every_field", event.target.checked ? "1" : "0"));
for (const [id, act] of Object.entries({ confirm, skip, discard, reopen, arrange: rearrange, rescan, help, "turn-keys": () => byId("keys").close() })) byId(id)?.addEventListener("click", act);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("focusin", () => known.look());
addEventListener("pagehide", () => {
  if (lease && desk) release(desk.record.id);
  ahead.leave();
});

// Before there is a paper, what is waited for and what failed stand where it will be.
function early(...nodes) {
  byId("aside").hidden = false;
  byId("aside").classList.toggle("early", !desk);
  byId("problem").replaceChildren(...nodes);
}

// What still lies there was dealt with already, or nothing has come yet.
function fail(error, retry = start) {
  closed();
  early(failure(error, () => { byId("problem").replaceChildren(); retry(); }));
  byId("problem").querySelector("button")?.focus();
}

async function start() {
  const told = (text, after) => setTimeout(() => { if (!desk) early(el("p", { class: "state loading" }, text)); }, after);
  const waits = [told(t.loading, 500), told(t.slow, SLOW_AFTER)];
  try {
    if (!params.record) return await takeNext();
    let held = null;
    if (clerk) {
      try { held = await takeLease(params.record); } catch (error) {
        await open(params.record);
        return error.code === "record_leased" ? lost(error) : undefined;
      }
    }
    await open(params.record, held);
    if (held && desk.record.state !== "classified") await letGo();
    else if (held) lookAhead(params.record);
    return undefined;
  } catch (error) { return fail(error); } finally { waits.forEach(clearTimeout); }
}
start();
