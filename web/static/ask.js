// A dialog that asks for something: its form's content, what to do on sending, and what the server refuses said inside.
import { el } from "./dom.js";
import { t } from "./page.js";

let count = 0;

// ask("Miễn số hóa", [label, select], send): `send()` may throw; the dialog closes when it has gone well. Gives the dialog.
export function ask(title, content, send, label = t.save) {
  const id = `ask-${count += 1}`, wrong = el("p", { class: "bad", role: "alert", hidden: true });
  const dialog = el("dialog", { "aria-labelledby": id, onclose: () => dialog.remove() }, el("form", { onsubmit: async (event) => {
    event.preventDefault();
    wrong.hidden = true;
    try {
      if ((await send()) !== false) dialog.close();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  } },
  el("h2", { id }, title), content.flat(), wrong,
  el("p", { class: "actions" }, el("button", { class: "main" }, label), el("button", { type: "button", onclick: () => dialog.close() }, t.cancel))));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// A labelled control for such a form.
export const labelled = (text, control) => [el("label", { for: control.id }, text), control];
