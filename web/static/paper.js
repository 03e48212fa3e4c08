// The form of one paper: what it is, where it belongs, what it says; doubts in order, candidates, what the machine read.
import { call } from "./api.js";
import { documentTypes } from "./catalogue.js";
import { byLetters, combobox } from "./combobox.js";
import { iso, isIso, shown } from "./dates.js";
import { byId, day, el, folded } from "./dom.js";
import { markedBox } from "./marked.js";
import { fill, language, t, word } from "./page.js";

const NUMERIC = /number|date|_no$|_at$|code|phone|year|id$/; // values that begin with digits: digits type there
const ALWAYS = new Set(["number_symbol", "issuing_authority", "issue_date", "subject", "signer_name"]);

const plain = (text) => folded(text).replace(/[^a-z0-9]/g, "");

const tidy = (text) => text?.replace(/\s+/g, " ").trim() || null;

// The types as they are chosen from.
export const typeChoices = async () => (await documentTypes()).map((kind) => ({ ...kind, value: kind.code, label: kind[`name_${language}`], hint: kind.code }));

export async function findDossiers(proposals, text) {
  const offered = proposals.map(({ code, source }) => ({ value: code, label: code, hint: word("source_", source) }));
  if (text.trim().length < 2) return offered;
  const { items } = await call("POST", "/api/dossiers/find", { body: { text: text.trim(), limit: 12 } });
  const found = items.map((one) => ({ value: one.code, label: one.code, hint: [one.owner, one.procedure_name, day(one.received_at)].filter(Boolean).join(" · ") }));
  return [...found, ...offered.filter((one) => !found.some(({ value }) => value === one.value) && one.value.includes(text.trim().toUpperCase()))];
}

// Lays a paper (the answer of /desk) into `root`. Hears: onfocus(page, box, guessed), ondone() when the last doubt is settled.
export function layPaper(root, desk, types, { readonly, onfocus, ondone }) {
  const { record, aids } = desk;
  const reasons = new Set(record.review_reasons), given = record.confirmation;
  const doubts = []; // { input, settled, settle() }, from top to bottom
  const fields = [];
  let active = null;

  // An acceptance policy takes some values without a look; while one is in force, every other value that was read is looked at.
  const accepted = new Set(record.accepted);
  const isDoubt = (name, value) => !accepted.has(name) && (reasons.has(`field_unsure:${name}`) || reasons.has(`field_missing:${name}`) || (accepted.size > 0 && value != null));
  const nextDoubt = (after) => {
    const open = doubts.filter((one) => !one.settled);
    return open.find((one) => after && doubts.indexOf(one) > doubts.indexOf(after)) ?? open[0] ?? null;
  };
  function settle(doubt) {
    if (doubt && !doubt.settled) {
      doubt.settled = true;
      doubt.show();
    }
    const next = doubt ? nextDoubt(doubt) : nextDoubt(null);
    if (next) next.input.focus();
    else ondone();
  }

  // --- what it is, and where it belongs ---
  const kindOf = (code) => types.find((kind) => kind.code === code);
  const typeShown = () => kindOf(type.code)?.label ?? type.code ?? "";
  const type = { code: given?.document_type ?? record.document_type };
  const typeInput = el("input", { id: "type", value: typeShown(), readonly });
  const typeNote = el("p", { class: "note" });
  const typeDoubt = doubtOf(typeInput, reasons.has("type_unsure"), typeNote, t.doubt_type);
  const typeOffers = (record.classification?.alternatives ?? []).slice(0, 4).map(({ document_type }) => document_type);

  const dossier = el("input", { id: "dossier", value: given?.dossier.code ?? record.dossier ?? "", readonly, autocapitalize: "characters" });
  const dossierNote = el("p", { class: "note" });
  const dossierDoubt = doubtOf(dossier, !dossier.value || ["dossier_unknown", "dossier_unsure", "dossier_not_imported"].some((one) => reasons.has(one)), dossierNote, dossier.value ? t.doubt_dossiers : t.doubt_dossier);
  const proposed = given?.dossier.role ?? (kindOf(type.code)?.role === "result" ? "result" : "component");
  const roles = ["component", "result"].map((role) => el("label", { class: "choice" }, el("input", { type: "radio", name: "role", value: role, checked: role === proposed, disabled: readonly }), word("role_", role)));

  function doubtOf(input, wanted, note, text) {
    if (!wanted || readonly) return null;
    const doubt = { input, settled: false, show() { note.replaceChildren(this.settled ? el("span", { class: "tag good" }, t.seen) : el("span", { class: "tag warn" }, text)); } };
    doubt.show();
    doubts.push(doubt);
    return doubt;
  }

  const parts = [
    el("div", { class: "field" }, el("label", { for: "type" }, t.type), typeInput, typeNote),
    typeOffers.length && typeDoubt ? el("div", { class: "offers", role: "group", "aria-label": t.candidates }, typeOffers.map((code) => el("button", { type: "button", onclick: () => { type.code = code; typeInput.value = typeShown(); settle(typeDoubt); } }, kindOf(code)?.label ?? code))) : null,
    el("div", { class: "field" }, el("label", { for: "dossier" }, t.dossier), dossier, dossierNote),
    el("fieldset", { class: "roles" }, el("legend", { class: "unseen" }, t.role), roles),
  ];
  root.replaceChildren(...parts.filter(Boolean));
  if (!readonly) {
    combobox(typeInput, { find: (text) => byLetters(types, text === kindOf(type.code)?.label ? "" : text), onchoose: (item) => { type.code = item.value; settle(typeDoubt); } });
    combobox(dossier, { find: (text) => findDossiers(record.proposals, text), wait: 120, onchoose: () => settle(dossierDoubt) });
    for (const [input, doubt] of [[typeInput, typeDoubt], [dossier, dossierDoubt]]) input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.defaultPrevented) { event.preventDefault(); settle(doubt); }
    });
  }
  const role = () => root.querySelector("[name=role]:checked").value;
  const laid = { type: type.code, dossier: dossier.value, role: proposed };
  const about = (page, box) => () => { active = null; onfocus(page, box); };
  typeInput.addEventListener("focus", () => { const [proof] = record.classification?.evidence ?? []; about(proof?.page, proof?.box)(); });
  dossier.addEventListener("focus", () => { const [proposal] = record.proposals; about(proposal?.page, proposal?.box)(); });

  // --- what it says ---
  function fieldOf(field, aid) {
    const name = field.name, id = `f-${name}`, dated = name === "issue_date" || isIso(field.value);
    const before = given && name in given.fields ? given.fields[name] : field.value;
    const box = markedBox({ id, readonly, inputmode: dated ? "numeric" : null, "aria-describedby": `${id}-note` });
    box.input.value = dated ? shown(before) : before ?? "";
    const note = el("p", { class: "note", id: `${id}-note` }), offers = el("div", { class: "offers", id: `${id}-offers`, role: "group", "aria-label": t.candidates, hidden: true });
    const holder = el("div", { class: "field" }, el("label", { for: id }, word("field_", name)), box.holder, offers, note);
    const item = { name, field, box, holder, dated, doubt: null, touched: false, marks: aid?.doubtful ?? [], value, error: null };
    const options = [...new Set([field.value, ...(aid?.candidates ?? [])].filter(Boolean))];

    function value() {
      const text = tidy(box.input.value);
      if (!text) return null;
      return dated ? iso(text) ?? text : text;
    }
    function show() {
      const now = value(), read = dated ? shown(field.value) : field.value;
      const lines = [];
      if (item.error) lines.push(el("span", { class: "tag bad" }, item.error));
      if (item.doubt) lines.push(item.doubt.settled ? el("span", { class: "tag good" }, t.seen) : el("span", { class: "tag warn" }, field.value == null ? t.doubt_missing : t.doubt_unsure));
      if (now !== tidy(field.value)) lines.push(el("span", {}, read ? fill(t.machine_read, { value: read }) : t.machine_nothing));
      else if (field.raw && !dated && plain(field.raw) !== plain(field.value ?? "")) lines.push(el("span", {}, fill(t.on_paper, { value: field.raw })));
      note.replaceChildren(...lines.flatMap((line, n) => (n ? [" ", line] : [line])));
      holder.classList.toggle("open", Boolean(item.doubt && !item.doubt.settled));
    }
    function take(text) {
      box.input.value = dated ? shown(text) : text;
      box.mark([]);
      item.touched = true;
      offers.hidden = true;
      item.error = null;
      settleOrNext();
    }
    function settleOrNext() {
      if (dated && box.input.value.trim() && !iso(box.input.value)) {
        item.error = t.no_date;
        show();
        return;
      }
      item.error = null;
      offers.hidden = true;
      if (item.doubt) settle(item.doubt);
      else { const next = nextDoubt(null); if (next) next.input.focus(); else ondone(); }
      box.mark([]);
      show();
    }
    function offer() {
      const quick = !NUMERIC.test(name);
      offers.replaceChildren(...options.slice(0, 9).map((one, n) => el("button", { type: "button", tabindex: "-1", "data-value": one, onpointerdown: (event) => event.preventDefault(), onclick: () => take(one) },
        el("kbd", {}, quick ? String(n + 1) : `Alt ${n + 1}`), el("span", {}, dated ? shown(one) : one))));
      offers.hidden = !options.length || (options.length === 1 && options[0] === value());
    }
    if (isDoubt(name, field.value) && !readonly) {
      item.doubt = { input: box.input, settled: false, show };
      doubts.push(item.doubt);
    }
    box.input.addEventListener("focus", () => {
      active = item;
      if (field.box || !aid?.place) onfocus(field.page, field.box);
      else onfocus(aid.place.page, aid.place.box, true);
      if (readonly) return;
      offer();
      holder.scrollIntoView({ block: "nearest" }); // with its suggestions
      if (item.doubt && !item.doubt.settled) box.input.select();
    });
    box.input.addEventListener("blur", () => { offers.hidden = true; });
    box.input.addEventListener("input", () => { item.touched = true; item.error = null; offers.hidden = true; show(); });
    box.input.addEventListener("keydown", (event) => {
      if (event.isComposing || readonly) return;
      const digit = Number(event.key);
      if (event.key === "Enter" && !event.ctrlKey) {
        event.preventDefault();
        if (!item.touched && value() == null && options.length && item.doubt) take(options[0]);
        else settleOrNext();
      } else if (digit >= 1 && digit <= options.length && !event.ctrlKey && (event.altKey || (!offers.hidden && !item.touched && !NUMERIC.test(name)))) {
        event.preventDefault();
        take(options[digit - 1]);
      } else if (event.key === "Escape") offers.hidden = true;
    });
    item.refresh = show;
    item.enter = (text) => {
      box.input.value = dated ? shown(text) : text;
      box.mark([]);
      item.touched = true;
      item.error = null;
      show();
    };
    item.put = (text) => { item.enter(text); box.input.focus(); };
    return item;
  }
  const helpers = new Map(aids.map((aid) => [aid.name, aid]));
  const first = el("div"), others = el("div");
  const confirmedOnly = Object.keys(given?.fields ?? {}).filter((name) => !record.fields.some((field) => field.name === name));
  for (const field of [...record.fields, ...confirmedOnly.map((name) => ({ name, value: null, page: null, box: null, raw: null }))]) {
    const item = fieldOf(field, helpers.get(field.name));
    fields.push(item);
    const wanted = item.doubt || field.value != null || given?.fields[field.name] != null || (ALWAYS.has(field.name) && record.document_type === "OTHER");
    (wanted ? first : others).append(item.holder);
  }
  root.append(first);
  if (others.childElementCount) root.append(el("details", { class: "others" }, el("summary", {}, fill(t.other_fields, { n: others.childElementCount })), others));
  for (const item of fields) { item.box.mark(item.marks); item.refresh(); }
  others.closest("details")?.addEventListener("toggle", () => fields.forEach((item) => item.box.draw()));

  const order = () => [...root.querySelectorAll("input, textarea")].filter((one) => one.offsetParent);
  return {
    doubts,
    nextDoubt,
    open: () => doubts.filter((one) => !one.settled),
    // Tab: the next doubt, while one is left behind this place; null: let the browser go on.
    after(input) {
      const here = doubts.findIndex((one) => one.input === input);
      return doubts.find((one, n) => !one.settled && n > here && one.input !== input && (input.compareDocumentPosition(one.input) & Node.DOCUMENT_POSITION_FOLLOWING)) ?? null;
    },
    move(input, by) {
      const all = order(), n = all.indexOf(input);
      all[n + by]?.focus();
    },
    putIntoActive(text) { if (active) active.put(text); return Boolean(active); },
    hasActive: () => Boolean(active),
    activeName: () => active?.name ?? null,
    // What stands in the form now, right or wrong.
    said: () => ({ document_type: type.code, dossier: dossier.value.trim(), values: Object.fromEntries(fields.map((item) => [item.name, item.value()])) }),
    changed: () => type.code !== laid.type || dossier.value !== laid.dossier || role() !== laid.role || fields.some((item) => item.touched),
    // What is confirmed; throws the first wrong field.
    answer() {
      const values = {};
      for (const item of fields) {
        const found = item.value();
        if (item.dated && found && !isIso(found)) {
          item.error = t.no_date;
          item.refresh();
          item.box.input.focus();
          throw new Error(t.no_date);
        }
        values[item.name] = found;
      }
      if (typeInput.value !== typeShown()) { typeInput.focus(); throw new Error(t.choose_type); }
      if (!dossier.value.trim()) { dossier.focus(); throw new Error(t.doubt_dossier); }
      return { document_type: type.code, fields: values, dossier: { code: dossier.value.trim(), role: role() } };
    },
    // What a person has entered, whatever stood there before.
    entered: () => ({
      type: type.code === laid.type ? null : { code: type.code, label: typeInput.value }, dossier: dossier.value === laid.dossier ? null : dossier.value,
      role: role() === laid.role ? null : role(), values: fields.filter((item) => item.touched).map(({ name, box }) => [name, box.input.value]),
    }),
    // Puts that into another version of the paper; doubts stay to be looked at. Gives [name, text] of what finds no place in it.
    putBack(entered) {
      if (readonly) return [entered.type && ["document_type", entered.type.label], entered.dossier && ["dossier", entered.dossier], ...entered.values].filter(Boolean);
      if (entered.type) { type.code = entered.type.code; typeInput.value = entered.type.label; }
      if (entered.dossier != null) dossier.value = entered.dossier;
      if (entered.role) root.querySelector(`[name=role][value=${entered.role}]`).checked = true;
      return entered.values.filter(([name, text]) => {
        const item = fields.find((one) => one.name === name);
        if (!item) return true;
        item.enter(text);
        return false;
      });
    },
    showWrong(name, text) {
      const item = fields.find((one) => one.name === name);
      if (!item) return false;
      item.error = text;
      item.refresh();
      item.box.input.focus();
      return true;
    },
    freeze() { for (const input of root.querySelectorAll("input, textarea, button")) { if (input.matches("textarea, input:not([type=radio])")) input.readOnly = true; else input.disabled = true; } },
    start() { (doubts[0]?.input ?? byId("confirm"))?.focus({ preventScroll: true }); },
  };
}
