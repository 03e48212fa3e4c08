// What a dossier has and lacks: its result and components, exempt with a reason, or a filed paper used again.
import { call } from "./api.js";
import { ask, labelled } from "./ask.js";
import { exemptReasons, options, typeNames, unitNames } from "./catalogue.js";
import { day, el } from "./dom.js";
import { fill, t, viewer } from "./page.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";

const KINDS = { digitised: "good", reused: "good", exempt: "", not_needed: "", missing: "bad" };
const RESULTS = { filed: ["good", "digitised"], missing: ["bad", "missing"], not_yet: ["warn", "not_yet"], not_needed: ["", "not_needed"] };
const changes = ["clerk", "administrator"].includes(viewer.role);

const tag = (kind, text) => el("span", { class: `tag ${kind}` }, text);
const row = (head, state, about, actions) => el("tr", {}, el("th", { scope: "row" }, head), el("td", {}, state), el("td", {}, about), changes && el("td", { class: "do" }, actions));

// Fills `holder`; `papers` are the dossier's records by id, `show(source, name)` shows a PDF.
export function showChecklist(holder, code, papers, show) {
  const path = `/api/dossiers/${encodeURIComponent(code)}`;
  const again = () => showChecklist(holder, code, papers, show);
  const change = (act, text) => async () => {
    try { await act(); } catch (error) { return complain(error); }
    say(text);
    return again();
  };
  const button = (text, name, onclick, kind = "") => el("button", { type: "button", class: kind, "aria-label": `${text}: ${name}`, onclick }, text);

  function paperOf(id, name, kinds, reused) {
    const source = reused ? `${path}/reused/${id}/pdf` : `/api/records/${id}/pdf`, record = papers.get(id);
    const label = record ? kinds.get(record.document_type) ?? record.document_type : t.reused_paper;
    return record || reused ? [label, " ", button(t.pdf, label, () => show(source, name))] : t.paper_elsewhere;
  }

  function exempt(one, name) {
    const reason = el("select", { id: "exempt-reason", required: true }, options(exemptReasons));
    ask(fill(t.exempt_title, { name }), [el("p", { class: "muted" }, t.exempt_hint), labelled(t.reason, reason)], async () => {
      await call("PUT", `${path}/components/${encodeURIComponent(one.component)}/exemption`, { body: { reason: reason.value } });
      again();
    }, t.exempt);
  }

  function actions(one, name) {
    const exemption = `${path}/components/${encodeURIComponent(one.component)}/exemption`;
    if (one.standing === "missing" || one.standing === "not_needed") {
      return [button(t.reuse, name, () => reuse(path, one, name, again)), " ", button(t.exempt, name, () => exempt(one, name))];
    }
    if (one.standing === "exempt") return [button(t.unexempt, name, change(() => call("DELETE", exemption), t.changed))];
    if (one.standing === "reused" && one.record) return [button(t.stop_reuse, name, change(() => call("DELETE", `${path}/reused/${one.record}`), t.changed))];
    return [];
  }

  function about(one, name, kinds) {
    const why = one.standing === "exempt" ? t[`exempt_${one.exempt_reason}`] : one.shared ? t.from_national : one.replaced_by ? fill(t.replaced_by, { code: one.replaced_by }) : one.standing === "reused" ? t.by_case_system : "";
    return one.record && one.standing !== "exempt" ? paperOf(one.record, name, kinds, one.standing === "reused") : why;
  }

  const component = (one, kinds) => {
    const name = one.name || one.component;
    return row([name, one.name && el("small", { class: "code" }, ` ${one.component}`)], tag(KINDS[one.standing], t[`standing_${one.standing}`]), about(one, name, kinds), actions(one, name));
  };

  return fillWith(holder, async () => {
    const [found, kinds] = await Promise.all([call("GET", `${path}/checklist`), typeNames()]);
    const [kind, state] = RESULTS[found.result];
    const result = row(t.role_result, tag(kind, t[`standing_${state}`]), found.results.map((id) => paperOf(id, t.role_result, kinds)).flatMap((one) => [one, el("br")].flat()).slice(0, -1), []);
    const unnamed = found.unnamed.map((id) => row(t.unnamed, tag("good", t.standing_digitised), paperOf(id, t.unnamed, kinds), []));
    const heads = [t.component, t.state, t.paper_or_reason];
    return [
      el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)), changes && el("td"))), el("tbody", {}, result, found.components.map((one) => component(one, kinds)), unnamed)),
      !found.components.length && el("p", { class: "muted" }, t.no_components)].filter(Boolean);
  });
}

// Find what is digitised already: by the owner's id number, which goes into no address, and the type of the paper.
async function reuse(path, one, name, done) {
  let kinds, units;
  try { [kinds, units] = await Promise.all([typeNames(), unitNames()]); } catch (error) { return complain(error); }
  const owner = el("input", { id: "owner-id", required: true, inputmode: "numeric", autocomplete: "off", maxlength: "40" });
  const type = el("select", { id: "paper-type", required: true }, el("option", { value: "" }), options(kinds));
  const found = el("div", { "aria-live": "polite" });
  const take = async (paper, dialog) => {
    try {
      await call("POST", `${path}/reused`, { body: { owner_id: owner.value, record: paper.record, component: one.component } });
      dialog.close();
      say(t.reused_now);
      done();
    } catch (error) { complain(error); }
  };
  const line = (paper, dialog) => el("tr", {}, el("td", {}, el("span", { class: "code" }, paper.dossier)), el("td", {}, units.get(paper.unit) ?? paper.unit), el("td", {}, day(paper.issued)),
    el("td", {}, paper.valid_to ? day(paper.valid_to) : t.no_end_named), el("td", {}, el("button", { type: "button", "aria-label": `${t.use}: ${paper.dossier}`, onclick: () => take(paper, dialog) }, t.use)));
  const dialog = ask(fill(t.reuse_title, { name }), [el("p", { class: "muted" }, t.reuse_hint), labelled(t.owner_id, owner), labelled(t.type, type), found], async () => {
    const { items } = await call("POST", "/api/reuse/search", { body: { owner_id: owner.value, document_type: type.value } });
    const heads = [t.code, t.unit_of, t.issued, t.valid_to];
    found.replaceChildren(items.length ? el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)), el("td"))), el("tbody", {}, items.map((paper) => line(paper, dialog))))
      : el("p", { class: "state empty" }, t.nothing_to_reuse));
    return false;
  }, t.find_papers);
  return dialog;
}
