// Ask, list, look. What is looked for stands in no address: it is kept in this tab's history only.
import { call } from "./api.js";
import { options, typeNames, unitNames, unitOptions } from "./catalogue.js";
import { byId, el, moment, number } from "./dom.js";
import { fill, t, word } from "./page.js";
import { placed, upright } from "./turned.js";
import { complain } from "./say.js";
import { fillWith, partByPart } from "./states.js";

const FIELDS = ["query", "unit", "type", "state", "from", "to"];
const PARTS = 10; // of a search that finds nothing at first
let kinds = new Map(), units = new Map();

const asked = () => {
  const body = { query: byId("query").value, limit: 20 };
  for (const [name, id] of [["unit", "unit"], ["document_type", "type"], ["state", "state"], ["from", "from"], ["to", "to"]]) {
    if (byId(id).value) body[name] = byId(id).value;
  }
  return body;
};

function hit(found, query) {
  const { record, page, position } = found;
  const where = page ? fill(t.on_page, { n: position }) : t.in_fields;
  const button = el("button", { type: "button", "aria-pressed": "false", onclick: () => show(found, query, button) },
    el("strong", {}, kinds.get(record.document_type) ?? record.document_type ?? t.unknown_type),
    el("span", {}, [record.dossier, units.get(record.unit) ?? record.unit, where].filter(Boolean).join(" · ")), " ",
    el("span", { class: "tag" }, word("record_", record.state)), " ",
    el("span", { class: "muted" }, moment(record.created_at)));
  return el("li", {}, button);
}

// A part may be empty and yet have a next one (the server bounds what one question may cost): then it goes on by itself, for a while.
async function part(body, after) {
  let found = await call("POST", "/api/search", { body: { ...body, after } });
  for (let left = PARTS - 1; left > 0 && !found.items.length && found.next; left--) {
    found = { ...(await call("POST", "/api/search", { body: { ...body, after: found.next } })), dossier: found.dossier };
  }
  return found;
}

function dossierLine(dossier) {
  return el("p", { class: "card" }, `${t.the_dossier}: `, el("a", { class: "code", href: `/dossiers/${encodeURIComponent(dossier.code)}` }, dossier.code));
}

async function search() {
  const body = asked();
  history.replaceState(Object.fromEntries(FIELDS.map((id) => [id, byId(id).value])), "");
  byId("preview").replaceChildren(el("p", { class: "state empty" }, t.choose));
  await fillWith(byId("results"), async () => {
    const list = el("ul", { class: "hits" });
    const found = await partByPart((after) => part(body, after), (one) => hit(one, body.query), list);
    const dossier = found.dossier && dossierLine(found.dossier);
    if (!found.items.length && found.next) return [dossier, el("p", { class: "state empty" }, t.not_yet), list, found.more];
    if (!found.items.length) return dossier ? [dossier, el("p", { class: "state empty" }, t.nothing)] : [];
    return [dossier, list, found.more];
  }, { empty: t.nothing });
}

async function show({ record, page }, query, button) {
  for (const other of document.querySelectorAll(".hits button")) other.setAttribute("aria-pressed", String(other === button));
  await fillWith(byId("preview"), async () => {
    const key = page ?? (await call("GET", `/api/records/${record.id}`)).pages[0];
    const [facts, { boxes }] = await Promise.all([call("GET", `/api/pages/${key}`), call("POST", `/api/pages/${key}/highlights`, { body: { query } })]);
    return [
      el("p", { class: "actions" }, el("a", { class: "button", href: `/verify/${record.id}` }, t.open_paper),
        record.dossier && el("a", { class: "button", href: `/dossiers/${encodeURIComponent(record.dossier)}` }, record.dossier),
        el("span", { class: "muted" }, fill(t.marked, { n: number(boxes.length) }))),
      sheet(key, facts, boxes),
    ];
  });
  byId("preview").querySelector("i")?.scrollIntoView({ block: "center" });
}

function sheet(key, facts, boxes) {
  const image = el("img", { src: `/api/pages/${key}/image?width=1100&rotation=${facts.rotation}`, alt: t.preview });
  const size = upright(facts);
  [image.width, image.height] = [size.width, size.height];
  return el("div", { class: "sheet" }, image, boxes.map((box) => mark(placed(box, facts), size)));
}

function mark(box, size) {
  const node = el("i");
  const [x0, y0, x1, y1] = box, share = (part, whole) => `${(100 * part) / whole}%`;
  Object.assign(node.style, { left: share(x0, size.width), top: share(y0, size.height), width: share(x1 - x0, size.width), height: share(y1 - y0, size.height) });
  return node;
}

byId("search").addEventListener("submit", (event) => { event.preventDefault(); search(); });

const earlier = history.state; // before anybody can search here: what was asked in this tab the last time
try {
  [kinds, units] = await Promise.all([typeNames(), unitNames()]);
  byId("type").append(...options(kinds));
  byId("unit").append(...await unitOptions());
} catch (error) { complain(error); }
if (earlier?.query) {
  for (const id of FIELDS) byId(id).value = earlier[id] ?? "";
  byId("filters").open = FIELDS.slice(1).some((id) => byId(id).value);
  search();
}
