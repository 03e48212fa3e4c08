// Calls to the API: problems as errors with words for people, and signing in again in place.
import { el } from "./dom.js";
import { t, viewer } from "./page.js";

let csrf = viewer?.csrf ?? null;

// A refusal of the API: `code` is stable, `message` is for people, `facts` are its further members.
export class Problem extends Error {
  constructor(status, facts) {
    super(t[`error_${facts.code}`] ?? [facts.detail, facts.advice].filter(Boolean).join(" ") ?? t.error_error);
    Object.assign(this, { status, code: facts.code ?? "error", facts });
  }
}

// JSON in, JSON out. Options: body, headers, signal. Throws a Problem.
export async function call(method, path, options = {}) {
  return (await request(method, path, options)).json;
}

// The same with the answer's ETag and headers: { json, etag, response }.
export async function request(method, path, { body, headers = {}, signal, raw } = {}) {
  const sent = { "Accept": "application/json", ...headers };
  if (csrf && method !== "GET") sent["X-CSRF-Token"] = csrf;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers: sent, signal, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw Object.assign(new Error(t.offline), { code: "offline" });
  }
  const json = response.status === 204 || response.status === 304 ? null : await response.json().catch(() => ({}));
  if (response.ok || response.status === 304) return { json, etag: response.headers.get("ETag"), response };
  if (response.status === 401 && viewer && path !== "/api/session") {
    await signInAgain();
    return request(method, path, { body, headers, signal, raw });
  }
  throw new Problem(response.status, json);
}

export async function signIn(name, password) {
  const session = await call("POST", "/api/session", { body: { name, password } });
  csrf = session.csrf;
  return session;
}

let asking = null;

// One dialog for all calls that were refused at once; they go on when the same person has signed in again.
function signInAgain() {
  asking ??= askPassword().finally(() => { asking = null; });
  return asking;
}

function askPassword() {
  return new Promise((resolve) => {
    const password = el("input", { type: "password", id: "again-password", required: true, autocomplete: "current-password" });
    const wrong = el("p", { class: "bad", role: "alert" });
    const dialog = el("dialog", { "aria-labelledby": "again-title" },
      el("form", { onsubmit: async (event) => {
        event.preventDefault();
        try {
          await signIn(viewer.name, password.value);
          dialog.close("done");
        } catch (error) { wrong.textContent = error.message; }
      } },
      el("h2", { id: "again-title" }, t.sign_in), el("p", {}, t.session_over), el("p", {}, t.account, ": ", el("strong", {}, viewer.name)),
      el("label", { for: "again-password" }, t.password), password, wrong,
      el("p", { class: "actions" }, el("button", { class: "main" }, t.sign_in), el("a", { class: "button", href: "/login" }, t.cancel))));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => { dialog.remove(); resolve(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
