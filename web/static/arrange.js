// Pages in the wrong paper, in the wrong order or on their head: part, join, sort and turn; and choosing a reason.
import { call } from "./api.js";
import { typeNames } from "./catalogue.js";
import { el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { complain } from "./say.js";

// A dialog that gives what `build(close)` closes it with; null when it is left.
export function ask(title, build) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { "aria-labelledby": "ask-title" });
    let answer = null;
    const close = (value) => { answer = value; dialog.close(); };
    dialog.append(el("h2", { id: "ask-title" }, title), ...build(close));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// One of a list of reasons, as large buttons; a number key chooses.
export function askReason(title, prefix, reasons) {
  return ask(title, (close) => {
    const buttons = reasons.map((one, n) => el("button", { type: "button", onclick: () => close(one) }, el("kbd", {}, String(n + 1)), " ", word(prefix, one)));
    const list = el("div", { class: "reasons", onkeydown: (event) => buttons[Number(event.key) - 1]?.click() }, buttons);
    return [list, el("p", { class: "actions" }, el("button", { type: "button", onclick: () => close(null) }, t.cancel))];
  });
}

// Gives the records that came out, or null. `match()` gives the header of the version that is changed.
export function arrange(desk, { match }) {
  const { record, pages } = desk;
  let order = pages.map((page) => page.id);
  const starts = new Set(), turns = new Map(), join = new Map();
  return ask(t.arrange, (close) => {
    const list = el("ol", { class: "arrange" }), others = el("div", { class: "join" }), wrong = el("p", { class: "bad", role: "alert" });
    const changed = () => order.some((id, n) => id !== pages[n].id);

    function draw() {
      list.replaceChildren(...order.map((id, n) => {
        const page = pages.find((one) => one.id === id), turn = ((turns.get(id) ?? page.rotation) + 360) % 360, name = `${t.page} ${pages.indexOf(page) + 1}`;
        const button = (text, label, act, disabled) => el("button", { type: "button", "aria-label": `${label}: ${name}`, title: label, disabled, onclick: () => { act(); draw(); list.querySelector(`[data-page="${id}"] button:not(:disabled)`)?.focus(); } }, text);
        return el("li", { "data-page": id, class: starts.has(id) ? "starts" : null },
          el("img", { src: `/api/pages/${id}/image?width=160&rotation=${turn}`, alt: name, loading: "lazy" }),
          el("span", {}, name),
          order.length > 2 && el("label", { class: "place" }, t.place, el("input", { type: "number", min: 1, max: order.length, value: n + 1, "aria-label": `${t.place}: ${name}`, onchange: (event) => { move(n, event.target.value); list.querySelector(`[data-page="${id}"] input`)?.focus(); } })),
          el("span", { class: "tools" },
            button("←", t.move_before, () => { [order[n - 1], order[n]] = [order[n], order[n - 1]]; }, n === 0),
            button("→", t.move_after, () => { [order[n + 1], order[n]] = [order[n], order[n + 1]]; }, n === order.length - 1),
            button("↻", t.turn_right, () => turns.set(id, (turn + 90) % 360))),
          n > 0 && el("label", { class: "choice" }, el("input", { type: "checkbox", checked: starts.has(id), onchange: (event) => { if (event.target.checked) starts.add(id); else starts.delete(id); draw(); list.querySelector(`[data-page="${id}"] input[type=checkbox]`)?.focus(); } }), t.starts_here));
      }));
    }
    // A page to any place of a long paper at once.
    function move(from, wanted) {
      const to = Math.min(order.length, Math.max(1, Number(wanted) || from + 1)) - 1;
      order.splice(to, 0, ...order.splice(from, 1));
      draw();
    }
    async function findOthers() {
      const [{ items }, kinds] = await Promise.all([call("GET", `/api/records?batch=${record.batch}&state=classified&limit=200`), typeNames()]);
      const found = items.filter((one) => one.id !== record.id);
      others.replaceChildren(...(found.length ? found.map((one) => el("label", { class: "choice" }, el("input", { type: "checkbox", onchange: (event) => { if (event.target.checked) join.set(one.id, one.version); else join.delete(one.id); } }),
        fill(t.join_with, { type: kinds.get(one.document_type) ?? one.document_type ?? "?", pages: one.page_count, dossier: one.dossier ?? "" }))) : [el("p", { class: "muted" }, t.join_none)]));
    }
    async function save() {
      let now = match(), done = null;
      const step = async (method, path, body) => {
        done = (await call(method, path, { body, headers: now })).items;
        const own = done.find((one) => one.id === record.id);
        now = { "If-Match": `"${own?.version}"` };
      };
      try {
        for (const [id, rotation] of turns) if (rotation !== pages.find((one) => one.id === id).rotation) await step("POST", `/api/records/${record.id}/rotate`, { page: id, rotation });
        if (changed()) await step("PUT", `/api/records/${record.id}/pages`, { pages: order });
        if (join.size) await step("POST", `/api/records/${record.id}/merge`, { others: [...join].map(([id, version]) => ({ record: id, version })) });
        const cuts = order.map((id, n) => (starts.has(id) && n > 0 ? n + 1 : 0)).filter(Boolean);
        if (cuts.length) await step("POST", `/api/records/${record.id}/split`, { starts: cuts });
        close(done);
      } catch (error) { wrong.textContent = error.message; }
    }
    draw();
    findOthers().catch(complain);
    return [el("p", { class: "muted" }, t.arrange_hint), list, el("h3", {}, t.join), others, wrong,
      el("p", { class: "actions" }, el("button", { type: "button", class: "main", onclick: save }, t.save), el("button", { type: "button", onclick: () => close(null) }, t.cancel))];
  });
}
