// A paper that is filed already and may be the very one on the desk: offered instead of its scan, by one key.
import { call } from "./api.js";
import { unitNames } from "./catalogue.js";
import { day, el } from "./dom.js";
import { fill, t, word } from "./page.js";

const SHOWN = 3;

// The digits of the owner's id number, which one of these fields holds; null where none does.
function ownerIn(values, fields) {
  const digits = (fields.map((name) => values[name]).find(Boolean) ?? "").replace(/[\s.]/g, "");
  return /^\d{9}(\d{3})?$/.test(digits) ? digits : null;
}

// `holder` is filled; `onuse(paper, owner)` and `onduplicate(paper)` hear of a choice.
export function makeKnownBefore(holder, { onuse, onduplicate }) {
  let paper = null, papers = [], fields = [], asked = "", units = new Map();
  const ownerOf = (values) => ownerIn(values, fields);

  const key = ({ document_type, values }) => `${document_type} ${ownerOf(values)}`;
  const here = (one) => one.dossier === paper.said().dossier;
  const take = (one) => (here(one) ? onduplicate(one) : onuse(one, ownerOf(paper.said().values)));

  function draw() {
    holder.hidden = !papers.length;
    holder.replaceChildren(...(papers.length ? [el("strong", {}, t.known_before), ...papers.slice(0, SHOWN).map((one, n) => el("div", {},
      el("p", {}, fill(t.known_in, { code: one.dossier, unit: units.get(one.unit) ?? one.unit, role: word("role_", one.role) }), one.issued && ` · ${fill(t.known_issued, { day: day(one.issued) })}`, one.valid_to && ` · ${fill(t.known_until, { day: day(one.valid_to) })}`),
      el("button", { type: "button", onclick: () => take(one) }, here(one) ? t.known_duplicate : t.known_use, n === 0 && " ", n === 0 && el("kbd", {}, "Alt U"))))] : []));
  }
  async function search({ document_type, values }) {
    const owner = ownerOf(values);
    if (!owner || !document_type) return [];
    const { items } = await call("POST", "/api/reuse/search", { body: { owner_id: owner, document_type, issued: values.issue_date || null } });
    return items;
  }

  return {
    // Shows what was found for a paper as it was read; `laid` is what layPaper gave, null takes the offer away;
    // `ownerFields` name where an owner's id number stands.
    async show(found, laid = null, ownerFields = []) {
      paper = laid;
      fields = ownerFields;
      papers = laid ? found : [];
      asked = laid ? key(laid.said()) : "";
      draw();
      if (papers.length && !units.size) { units = await unitNames().catch(() => units); draw(); }
    },
    // Looks again when another type or owner was typed; where another dossier was, the offer changes.
    async look() {
      if (!paper) return;
      const said = paper.said(), now = key(said);
      if (now !== asked) {
        asked = now;
        const found = await search(said).catch(() => []); // an offer only: the paper is confirmed all the same
        if (asked !== now) return;
        papers = found;
        if (papers.length) units = await unitNames().catch(() => units);
      }
      draw();
    },
    take: () => papers.length && take(papers[0]),
  };
}
