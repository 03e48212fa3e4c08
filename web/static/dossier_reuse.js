// Papers of earlier dossiers that this one may use again: offered before anything is scanned, or found by an id number.
import { call } from "./api.js";
import { ask, labelled } from "./ask.js";
import { options, typeNames, unitNames } from "./catalogue.js";
import { day, el, folded } from "./dom.js";
import { fill, t, word } from "./page.js";
import { complain, say } from "./say.js";

const HEADS = ["type", "code", "role", "unit_of", "issued", "valid_to", "as_component"];

// The component that a paper most likely is, by the words of its type's name.
function likeliest(components, name) {
  const wanted = folded(name);
  return components.find((one) => one.name && (folded(one.name).includes(wanted) || wanted.includes(folded(one.name))));
}

// A table of papers; `components` are those that are missing, `use(paper, component)` hears of a choice.
async function table(papers, components, use, chosen = null) {
  const [kinds, units] = await Promise.all([typeNames(), unitNames()]);
  const lines = papers.map((paper) => {
    const name = kinds.get(paper.document_type) ?? paper.document_type;
    const part = el("select", { "aria-label": `${t.as_component}: ${name}` }, el("option", { value: "" }, t.no_component), options(new Map(components.map((one) => [one.component, one.name || one.component]))));
    part.value = (chosen ?? likeliest(components, name))?.component ?? "";
    return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, el("span", { class: "code" }, paper.dossier)), el("td", {}, word("role_", paper.role)), el("td", {}, units.get(paper.unit) ?? paper.unit),
      el("td", {}, day(paper.issued)), el("td", {}, paper.valid_to ? day(paper.valid_to) : t.no_end_named), el("td", {}, components.length ? part : ""),
      el("td", { class: "do" }, el("button", { type: "button", "aria-label": `${t.use}: ${paper.dossier}, ${name}`, onclick: () => use(paper, part.value || null) }, t.use)));
  });
  return el("table", {}, el("thead", {}, el("tr", {}, HEADS.map((head) => el("th", { scope: "col" }, t[head])), el("td"))), el("tbody", {}, lines));
}

// Offers what is filed of the people whom the dossier's receipt or papers name; `done()` hears when one is used.
export async function offerReuse(holder, path, components, done) {
  const { items } = await call("GET", `${path}/reusable`);
  holder.hidden = !items.length;
  if (!items.length) return holder.replaceChildren();
  const use = async (paper, component) => {
    try { await call("POST", `${path}/reused`, { body: { record: paper.record, component } }); } catch (error) { return complain(error); }
    say(t.reused_now);
    return done();
  };
  return holder.replaceChildren(el("h3", {}, t.may_reuse), el("p", { class: "muted" }, t.may_reuse_hint), await table(items, components, use));
}

// Finds what is digitised already by the owner's id number, which goes into no address; of every type where none is chosen.
export async function findReusable(path, components, chosen, done) {
  let kinds;
  try { kinds = await typeNames(); } catch (error) { return complain(error); }
  const owner = el("input", { id: "owner-id", required: true, inputmode: "numeric", autocomplete: "off", maxlength: "40" });
  const type = el("select", { id: "paper-type" }, el("option", { value: "" }, t.every_type), options(kinds));
  const found = el("div", { "aria-live": "polite" });
  const use = async (paper, component) => {
    try {
      await call("POST", `${path}/reused`, { body: { owner_id: owner.value, record: paper.record, component } });
      dialog.close();
      say(t.reused_now);
      done();
    } catch (error) { complain(error); }
  };
  const title = chosen ? fill(t.reuse_title, { name: chosen.name || chosen.component }) : t.reuse_any;
  const dialog = ask(title, [el("p", { class: "muted" }, t.reuse_hint), labelled(t.owner_id, owner), labelled(t.type, type), found], async () => {
    const { items } = await call("POST", "/api/reuse/search", { body: { owner_id: owner.value, document_type: type.value || null } });
    found.replaceChildren(items.length ? await table(items, components, use, chosen) : el("p", { class: "state empty" }, t.nothing_to_reuse));
    return false;
  }, t.find_papers);
  return dialog;
}
