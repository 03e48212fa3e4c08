// One plain screen over the API: batches with live progress, a paper beside its image, coverage.
const t = JSON.parse(document.getElementById("texts").textContent);
const main = document.getElementById("main");
const say = (text) => { document.getElementById("say").textContent = text; };
let session = null;
let timer = null;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

async function call(method, path, body, headers = {}) {
  if (session) headers["X-CSRF-Token"] = session.csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const content = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  if (answer.status === 401 && session) { session = null; route(); }
  throw new Error([content.detail, content.advice].filter(Boolean).join(" ") || answer.statusText);
}

const table = (head, rows, foot) => el("table", {},
  el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { class: h.n ? "n" : null, scope: "col" }, h.text ?? h)))),
  el("tbody", {}, ...rows), foot ? el("tfoot", {}, foot) : null);
const number = (value) => el("td", { class: "n" }, String(value));

function credentials(title, done, action) {
  const name = el("input", { id: "name", required: true, autocomplete: "username" });
  const password = el("input", { id: "password", type: "password", required: true, autocomplete: "current-password" });
  main.replaceChildren(el("form", { class: "small", onsubmit: async (event) => {
    event.preventDefault();
    try { await action(name.value.trim(), password.value); } catch (error) { say(error.message); }
  } }, el("h1", {}, title), el("label", { for: "name" }, t.account), name,
  el("label", { for: "password" }, t.password), password, el("p", {}, el("button", { class: "main" }, done))));
  name.focus();
}

function signIn() {
  const token = location.pathname.startsWith("/setup/") ? location.pathname.slice(7) : null;
  if (token) {
    credentials(t.setup_title, t.setup_do, async (name, password) => {
      await call("POST", `/api/setup/${token}`, { name, password });
      history.replaceState(null, "", "/");
      say(t.setup_done);
      signIn();
    });
    return;
  }
  credentials(t.sign_in, t.sign_in, async (name, password) => {
    session = await call("POST", "/api/session", { name, password });
    say("");
    route();
  });
}

async function batches() {
  const { items } = await call("GET", "/api/batches?limit=50");
  const rows = items.map((batch) => {
    const pages = batch.progress.pages;
    const all = Object.values(pages).reduce((a, b) => a + b, 0);
    const done = all - (pages.received ?? 0);
    const bar = el("div", { class: "bar", role: "progressbar", "aria-label": t.pages, "aria-valuenow": done, "aria-valuemax": all }, el("i"));
    bar.firstChild.style.width = `${all ? (100 * done) / all : 0}%`;
    return el("tr", {}, el("td", {}, el("a", { href: `#records?batch=${batch.id}` }, new Date(batch.opened_at).toLocaleString())),
      el("td", {}, batch.unit), el("td", {}, batch.operator), el("td", {}, t[`state_${batch.state}`] ?? batch.state),
      number(`${batch.progress.received_files}/${batch.progress.declared_files}`), el("td", {}, `${done}/${all} `, bar),
      number(Object.values(batch.progress.records).reduce((a, b) => a + b, 0)));
  });
  main.replaceChildren(el("h1", {}, t.batches), items.length ? table([t.opened, t.unit, t.operator, t.state, t.files, t.pages, t.papers], rows) : el("p", {}, t.empty));
  timer = setTimeout(route, 2000);
}

const reason = (word) => { const [key, field] = word.split(":"); return field ? `${t[key] ?? key}: ${t[field] ?? field}` : (t[key] ?? key); };

async function records(query) {
  const batch = query.get("batch");
  const { items } = await call("GET", `/api/records?limit=100&${batch ? `batch=${batch}` : "state=classified"}`);
  const rows = items.map((record) => el("tr", {},
    el("td", {}, el("a", { href: `#record?id=${record.id}` }, record.document_type ?? "?")),
    el("td", {}, record.dossier ?? ""), el("td", {}, record.unit), el("td", {}, record.state), number(record.page_count),
    el("td", {}, record.review_reasons.map(reason).join("; "))));
  main.replaceChildren(el("h1", {}, t.records), items.length ? table([t.type, t.dossier, t.unit, t.state, t.page, t.why], rows) : el("p", {}, t.empty));
}

async function record(query) {
  const id = query.get("id");
  const [paper, kinds] = await Promise.all([call("GET", `/api/records/${id}`), call("GET", "/api/document-types")]);
  const pages = await Promise.all(paper.pages.map((page) => call("GET", `/api/pages/${page}`)));
  const sheets = pages.map((page, index) => el("div", { class: "sheet" }, el("img", { src: `/api/pages/${page.id}/image?width=1000`, alt: `${t.page} ${index + 1}`, loading: index ? "lazy" : "eager" })));
  const show = (field) => {
    document.querySelectorAll(".mark").forEach((mark) => mark.remove());
    if (!field.box || !field.page) return;
    const page = pages[field.page - 1], [x0, y0, x1, y1] = field.box;
    const mark = el("div", { class: "mark" });
    Object.assign(mark.style, { left: `${(100 * x0) / page.width}%`, top: `${(100 * y0) / page.height}%`, width: `${(100 * (x1 - x0)) / page.width}%`, height: `${(100 * (y1 - y0)) / page.height}%` });
    sheets[field.page - 1].append(mark);
    mark.scrollIntoView({ block: "center" });
  };
  const doubtful = new Set(paper.review_reasons.filter((word) => word.startsWith("field_")).map((word) => word.split(":")[1]));
  const given = paper.confirmation?.fields ?? {};
  const inputs = paper.fields.map((field) => [field, el("input", { id: `f-${field.name}`, value: given[field.name] ?? field.value ?? "", onfocus: () => show(field) })]);
  const type = el("select", { id: "type" }, ...kinds.items.map((kind) => el("option", { value: kind.code, selected: kind.code === paper.document_type }, `${kind.code} · ${kind.name_vi}`)));
  const dossier = el("input", { id: "dossier", value: paper.dossier ?? "", list: "codes", required: true });
  const codes = el("datalist", { id: "codes" }, ...paper.proposals.map((proposal) => el("option", { value: proposal.code })));
  const kind = kinds.items.find((one) => one.code === paper.document_type);
  const role = el("select", { id: "role" }, el("option", { value: "component" }, t.component), el("option", { value: "result", selected: (paper.confirmation?.dossier.role ?? kind?.role) === "result" }, t.result));
  const form = el("form", { onsubmit: async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(inputs.map(([field, input]) => [field.name, input.value.trim() || null]));
    try {
      await call("PUT", `/api/records/${id}/confirmation`, { document_type: type.value, fields, dossier: { code: dossier.value.trim(), role: role.value } }, { "If-Match": `"${paper.version}"` });
      say(t.confirmed);
      location.hash = "#records";
    } catch (error) { say(error.message); }
  } }, el("p", { class: "note" }, paper.review_reasons.map(reason).join("; ")),
  el("label", { for: "type" }, t.type), type, el("label", { for: "dossier" }, t.dossier), dossier, codes, el("label", { for: "role" }, t.role), role,
  ...inputs.map(([field, input]) => el("div", { class: doubtful.has(field.name) ? "doubt" : null }, el("label", { for: input.id }, t[field.name] ?? field.name, " ", el("span", { class: "note" }, field.value == null ? "" : `${Math.round(100 * field.confidence)} %`)), input)),
  el("p", {}, paper.state === "classified" ? el("button", { class: "main" }, t.confirm) : null, paper.has_pdf ? el("a", { href: `/api/records/${id}/pdf` }, t.pdf) : null));
  main.replaceChildren(el("p", {}, el("a", { href: "#records" }, t.back)), el("div", { class: "desk" }, el("div", {}, ...sheets), form));
}

const percent = (rate) => `${rate.percent == null ? "N/A" : `${rate.percent.toFixed(2)} %`} (${rate.numerator}/${rate.denominator})`;

async function coverage(query) {
  const first = el("input", { id: "first", type: "date", value: query.get("from") ?? "2021-12-16" });
  const last = el("input", { id: "last", type: "date", value: query.get("to") ?? "2022-11-30" });
  const found = await call("GET", `/api/coverage?by=unit&from=${first.value}&to=${last.value}`);
  const line = (row, name) => el("tr", {}, el("td", {}, name), number(row.received), number(row.resolved), number(percent(row.rate_without_certification)), number(percent(row.rate)), number(row.gap));
  main.replaceChildren(el("h1", {}, t.coverage),
    el("form", { class: "row", onsubmit: (event) => { event.preventDefault(); location.hash = `#coverage?from=${first.value}&to=${last.value}`; } },
      el("div", {}, el("label", { for: "first" }, t.from), first), el("div", {}, el("label", { for: "last" }, t.to), last), el("button", {}, t.show)),
    table([t.unit, { text: t.received, n: 1 }, { text: t.resolved, n: 1 }, { text: t.without, n: 1 }, { text: t.with, n: 1 }, { text: t.gap, n: 1 }],
      found.rows.map((row) => line(row, row.name)), found.total ? line(found.total, t.total) : null));
}

const VIEWS = { batches, records, record, coverage };

async function route() {
  clearTimeout(timer);
  document.getElementById("nav").hidden = document.getElementById("out").hidden = !session;
  if (!session) return signIn();
  const [name, query] = location.hash.slice(1).split("?");
  try { await (VIEWS[name] ?? batches)(new URLSearchParams(query ?? "")); } catch (error) { main.replaceChildren(el("p", { role: "alert" }, error.message)); }
}

document.getElementById("out").addEventListener("click", async () => { await call("DELETE", "/api/session"); session = null; route(); });
addEventListener("hashchange", () => { say(""); route(); });
call("GET", "/api/session").then((found) => { session = found; }).catch(() => {}).finally(route);
