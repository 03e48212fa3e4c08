import { call } from "./api.js";
import { age, byId, el, number } from "./dom.js";
import { t } from "./page.js";
import { reason } from "./reasons.js";
import { fillWith } from "./states.js";

const row = (record, kinds) => el("tr", {},
  el("td", {}, kinds.get(record.document_type) ?? record.document_type ?? "?"), el("td", { class: "code" }, record.dossier ?? ""),
  el("td", {}, record.unit), el("td", { class: "n" }, number(record.page_count)), el("td", {}, age(record.created_at)),
  el("td", {}, record.review_reasons.map(reason).join("; ")));

fillWith(byId("list"), async () => {
  const [{ items }, types] = await Promise.all([call("GET", "/api/records?limit=100&state=classified"), call("GET", "/api/document-types")]);
  if (!items.length) return [];
  const kinds = new Map(types.items.map((kind) => [kind.code, kind.name_vi]));
  const heads = [t.type, t.dossier, t.unit, t.pages, t.waits, t.why];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, items.map((record) => row(record, kinds))));
});
