// One batch as it is read: live progress, what is wrong with a scan while the paper is at hand, papers without a dossier.
import { call } from "./api.js";
import { typeNames, unitNames } from "./catalogue.js";
import { combobox } from "./combobox.js";
import { byId, day, el, moment, number } from "./dom.js";
import { fill, params, t, viewer, word } from "./page.js";
import { flaw, reason } from "./reasons.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";
import { send } from "./uploads.js";

const operator = ["operator", "administrator"].includes(viewer.role), clerk = ["clerk", "administrator"].includes(viewer.role);
const COLOURLESS = "not_colour"; // how the scanner is set: said once for the batch, not page by page
const QUIET = new Set(["blank", "repaired", COLOURLESS]); // worth knowing, no reason to scan again
let kinds = new Map(), source = null, again = null, counted = null;

const mayReplace = (page, records) => operator && ["assembled", "classified"].includes(records.get(page.record)?.state ?? "assembled");

function live(batch) {
  const { progress } = batch, all = progress.total_pages, done = all - (progress.pages.received ?? 0);
  const bar = el("span", { class: "bar", role: "progressbar", "aria-label": t.pages_read, "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": all || 1 }, el("i"));
  bar.firstChild.style.width = `${all ? (100 * done) / all : 0}%`;
  return el("div", { class: "card live" }, el("span", { class: "tag" }, word("batch_", progress.state)),
    el("span", {}, fill(t.files_came, { n: progress.received_files, all: progress.declared_files })),
    el("span", {}, fill(t.pages_done, { n: number(done), all: number(all) }), " ", bar),
    progress.pages.unreadable ? el("span", { class: "tag bad" }, fill(t.unreadable, { n: progress.pages.unreadable })) : null);
}

const SIGNS = { waits: "…", read: "✓", poor: "!", unread: "×" };

// How far each page is, in the order of scanning; one that must be looked at leads there.
function eachPage(batch, poor) {
  const looked = new Set(poor.map(({ id }) => id));
  return el("ol", { class: "each", "aria-label": t.each_page }, numbered(batch).map((page) => {
    const state = page.state === "received" ? "waits" : page.state === "unreadable" ? "unread" : looked.has(page.id) ? "poor" : "read";
    const shown = [`${page.running} `, el("span", { "aria-hidden": "true" }, SIGNS[state]), el("span", { class: "unseen" }, t[`sign_${state}`])];
    return el("li", { class: state, title: t[`sign_${state}`] }, looked.has(page.id) ? el("a", { href: `#page-${page.id}` }, shown) : shown);
  }));
}

// Every page with its number in the batch, in the order of scanning.
function numbered(batch) {
  let n = 0;
  return batch.files.flatMap((file) => file.page_list.map((page) => ({ ...page, file_sequence: file.sequence, running: (n += 1) })));
}

function poorPage(page, wishes, records) {
  const wish = wishes.get(page.id), flaws = page.quality.flags.filter(({ code }) => !QUIET.has(code));
  const input = el("input", { type: "file", class: "unseen", id: `new-${page.id}`, accept: "application/pdf,image/tiff,image/jpeg,image/png", onchange: () => replacePage(page, input.files[0]) });
  return el("li", { id: `page-${page.id}`, class: wish ? "asked" : null },
    el("img", { src: `/api/pages/${page.id}/image?width=200&v=${page.image.slice(0, 8)}`, alt: "", loading: "lazy" }),
    el("div", {}, flaws.map(({ code }) => el("p", {}, fill(t.page_flaw, { n: page.running, flaw: flaw(code, page.quality) }))),
      page.state === "unreadable" ? el("p", {}, fill(t.page_unread, { n: page.running })) : null,
      wish ? el("p", { class: "bad" }, fill(t.clerk_asks, { n: page.running, who: wish.asked_by, reason: word("rescan_", wish.reason) })) : null),
    el("p", { class: "muted" }, fill(t.file_page, { file: page.file_sequence, page: page.number })),
    el("p", { class: "actions" },
      mayReplace(page, records) ? [input, el("label", { class: "button", for: input.id }, t.scan_again)] : null,
      operator && !mayReplace(page, records) ? el("span", { class: "muted" }, t.dealt_with) : null,
      wish ? el("button", { type: "button", onclick: () => withdraw(page) }, t.good_enough) : null));
}

async function replacePage(page, file) {
  if (!file) return;
  try {
    say(t.sending, { stays: 0 });
    const replaced = await send(`/api/pages/${page.id}/image`, file);
    const left = replaced.quality.flags.filter(({ code }) => !QUIET.has(code));
    say(left.length ? fill(t.replaced_poor, { flaw: left.map(({ code }) => flaw(code, replaced.quality)).join("; ") }) : t.replaced, { kind: left.length ? "warn" : "good" });
    watch();
  } catch (error) { complain(error); }
}

async function withdraw(page) {
  try { await call("DELETE", `/api/pages/${page.id}/rescan`); await show(); } catch (error) { complain(error); }
}

function papers(batch) {
  const shown = batch.records.filter((record) => record.state !== "merged");
  const rows = shown.map((record) => {
    const name = kinds.get(record.document_type) ?? record.document_type ?? "…";
    const open = clerk || viewer.role === "auditor" ? el("a", { href: `/desk/${record.id}` }, name) : name;
    return el("tr", {}, el("th", { scope: "row" }, open), el("td", {}, dossierCell(record, shown)), el("td", { class: "n" }, number(record.page_count)),
      el("td", {}, word("record_", record.state)), el("td", {}, record.review_reasons.filter((one) => !one.startsWith("field_")).map(reason).join("; ")));
  });
  return el("table", {}, el("thead", {}, el("tr", {}, [[t.type], [t.dossier], [t.pages, "n"], [t.state], [t.notes]].map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))), el("tbody", {}, rows));
}

// A paper whose cover sheet is missing: the operator still has the dossier at hand and names it.
function dossierCell(record, all) {
  if (record.dossier || record.state !== "classified" || !(operator || clerk)) return el("span", { class: "code" }, record.dossier ?? "");
  const input = el("input", { id: `dossier-${record.id}`, "aria-label": t.choose_dossier, placeholder: t.choose_dossier });
  const cell = el("div", { class: "choose" }, input);
  queueMicrotask(() => combobox(input, { wait: 150, find: findDossiers, onchoose: ({ value }) => putUnder(record, value, all) }));
  return cell;
}

async function findDossiers(text) {
  if (text.trim().length < 2) return [];
  const { items } = await call("POST", "/api/dossiers/find", { body: { text: text.trim(), limit: 12 } });
  return items.map((one) => ({ value: one.code, label: one.code, hint: [one.owner, one.procedure_name, day(one.received_at)].filter(Boolean).join(" · ") }));
}

// The papers that follow without a dossier of their own lay under the same missing sheet.
async function putUnder(record, code, all) {
  const at = all.indexOf(record), following = all.slice(at + 1);
  const end = following.findIndex((one) => one.dossier || one.state !== "classified");
  const same = [record, ...(end < 0 ? following : following.slice(0, end))];
  try {
    for (const one of same) await call("PUT", `/api/records/${one.id}/dossier`, { body: { code }, headers: { "If-Match": `"${one.version}"` } });
    say(fill(t.put_under, { n: same.length, code }));
  } catch (error) { complain(error); }
  await show();
}

// A file that came before: who scanned it by mistake takes its papers out at once.
function duplicate(batch, { sequence, seen }) {
  const file = batch.files.find((one) => one.sequence === sequence), ids = new Set(file?.page_list.map((page) => page.record));
  const papers = batch.records.filter((one) => ids.has(one.id)), waiting = papers.filter((one) => one.state === "classified");
  const reading = !papers.length || papers.some((one) => one.state === "assembled");
  const drop = async () => {
    try {
      const { discarded } = await call("POST", `/api/batches/${batch.id}/files/${sequence}/discard`);
      say(fill(t.duplicate_dropped, { n: discarded }));
    } catch (error) { complain(error); }
    await show();
  };
  const does = reading ? el("p", { class: "muted" }, t.duplicate_reading)
    : waiting.length ? el("p", {}, el("button", { type: "button", onclick: drop }, fill(t.drop_duplicate, { n: waiting.length })), " ", el("span", { class: "muted" }, t.duplicate_hint))
      : papers.some((one) => one.state === "discarded") && el("p", { class: "muted" }, t.duplicate_gone);
  return el("div", { class: "warn" }, el("p", {}, fill(t.duplicate, { file: sequence, when: moment(seen.received_at), other: seen.sequence }), " ", seen.batch === batch.id ? null : el("a", { href: `/batches/${seen.batch}` }, t.open_other)), operator || clerk ? does : null);
}

function troubles(batch) {
  const { reconciliation } = batch, found = [];
  if (reconciliation.missing.length) found.push(el("p", { class: "warn" }, fill(t.missing, { files: reconciliation.missing.join(", ") })));
  for (const file of batch.files.filter((one) => one.state === "refused")) found.push(el("p", { class: "bad" }, fill(t.refused, { file: file.sequence, why: t[`error_${file.error_code}`] ?? file.error_code })));
  for (const { sequence, reason: why } of batch.withdrawn) found.push(el("p", { class: "warn" }, fill(t.withdrawn, { file: sequence, why: t[`error_${why}`] ?? t[`withdrawn_${why}`] ?? why })));
  for (const one of reconciliation.duplicates) found.push(duplicate(batch, one));
  return found;
}

// A batch that was not scanned in colour: one remark, with the pages when they are not all.
function remarks(batch, matters) {
  const all = numbered(batch).filter(matters), pale = all.filter(({ quality }) => quality.flags.some(({ code }) => code === COLOURLESS));
  if (!pale.length) return null;
  const some = pale.length < all.length && el("details", {}, el("summary", {}, t.which_pages), el("p", {}, pale.map(({ running }) => running).join(", ")));
  return el("div", { class: "remark" }, el("p", {}, fill(some ? t.some_colourless : t.all_colourless, { n: number(pale.length), all: number(all.length) })), some);
}

async function load() {
  const [batch, wished, names, units] = await Promise.all([call("GET", `/api/batches/${params.batch}`), call("GET", `/api/rescans?batch=${params.batch}`), typeNames(), unitNames()]);
  kinds = names;
  const wishes = new Map(wished.items.map((one) => [one.page, one])), records = new Map(batch.records.map((one) => [one.id, one]));
  const matters = (page) => records.get(page.record)?.state !== "cover"; // a receipt is no part of the dossier
  const poor = numbered(batch).filter((page) => wishes.has(page.id) || (matters(page) && (page.state === "unreadable" || page.quality.flags.some(({ code }) => !QUIET.has(code)))));
  return [el("h1", {}, fill(t.batch_of, { when: moment(batch.opened_at), unit: units.get(batch.unit) ?? batch.unit })), el("p", { class: "muted" }, fill(t.scanned_by, { who: batch.operator })),
    live(batch), eachPage(batch, poor), ...troubles(batch), remarks(batch, matters),
    poor.length ? el("section", { "aria-labelledby": "poor-title" }, el("h2", { id: "poor-title" }, fill(t.poor, { n: poor.length })), el("p", { class: "muted" }, t.poor_hint), el("ul", { class: "sheets" }, poor.map((page) => poorPage(page, wishes, records)))) : null,
    el("div", {}, el("h2", {}, t.papers), batch.records.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t.papers }, papers(batch)) : el("p", { class: "state" }, t.no_papers))];
}

// Drawn again only when nobody is choosing: a refresh must not take a list from under a hand.
async function show() {
  if (byId("batch").querySelector("[aria-expanded=true]")) { clearTimeout(again); again = setTimeout(show, 1000); return; }
  await fillWith(byId("batch"), load);
}

function watch() {
  source?.close();
  source = new EventSource(`/api/batches/${params.batch}/events`);
  source.addEventListener("progress", (event) => {
    if (event.data === counted) return;
    counted = event.data;
    clearTimeout(again);
    again = setTimeout(show, 200);
  });
  source.addEventListener("end", () => source.close());
}

show().then(() => { if (location.hash) document.querySelector(CSS.escape ? `#${CSS.escape(location.hash.slice(1))}` : location.hash)?.scrollIntoView(); });
watch();
