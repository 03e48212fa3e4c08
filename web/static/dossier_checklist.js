// What a dossier has and lacks: its result and components, exempt with a reason, or a filed paper used again.
import { call } from "./api.js";
import { ask, labelled } from "./ask.js";
import { exemptReasons, options, typeNames } from "./catalogue.js";
import { el } from "./dom.js";
import { findReusable, offerReuse } from "./dossier_reuse.js";
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
  let lacking = []; // components that are missing
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
      return [button(t.reuse, name, () => findReusable(path, lacking, one, again)), " ", button(t.exempt, name, () => exempt(one, name))];
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
    const offered = el("div", { hidden: true });
    lacking = found.components.filter((one) => ["missing", "not_needed"].includes(one.standing));
    if (changes) offerReuse(offered, path, lacking, again).catch(complain);
    const result = row(t.role_result, tag(kind, t[`standing_${state}`]), found.results.map((id) => paperOf(id, t.role_result, kinds)).flatMap((one) => [one, el("br")].flat()).slice(0, -1), []);
    const unnamed = found.unnamed.map((id) => row(t.unnamed, tag("good", t.standing_digitised), paperOf(id, t.unnamed, kinds), []));
    const heads = [t.component, t.state, t.paper_or_reason];
    return [
      el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)), changes && el("td"))), el("tbody", {}, result, found.components.map((one) => component(one, kinds)), unnamed)),
      !found.components.length && el("p", { class: "muted" }, t.no_components),
      changes && el("p", {}, el("button", { type: "button", onclick: () => findReusable(path, lacking, null, again) }, t.reuse_any_button)),
      offered].filter(Boolean);
  });
}
