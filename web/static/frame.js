// What every page has: signing out.
import { call } from "./api.js";
import { byId, el, moment } from "./dom.js";
import { fill, t } from "./page.js";
import { complain } from "./say.js";

byId("sign-out")?.addEventListener("click", async () => {
  try {
    await call("DELETE", "/api/session");
    location.assign("/login");
  } catch (error) { complain(error); }
});

// A sheet of paper has no form: it says in words what was asked, and when it was printed.
function asked() {
  const controls = [...document.querySelectorAll("form.row")].flatMap((form) => [...form.elements]).filter((one) => one.labels?.length && !one.closest("[hidden]"));
  const said = controls.filter((one) => (one.type === "checkbox" ? one.checked : one.value))
    .map((one) => [one.labels[0].textContent, one.type === "checkbox" ? "" : one.selectedOptions?.[0].textContent ?? (one.type === "date" ? one.value.split("-").reverse().join("/") : one.value)]);
  return said.map((pair) => pair.filter(Boolean).join(": "));
}

addEventListener("beforeprint", () => {
  document.querySelector(".on-paper")?.remove();
  const line = [...asked(), fill(t.printed_at, { at: moment(new Date().toISOString()) })].join("; ");
  document.querySelector("h1")?.after(el("p", { class: "on-paper" }, line));
});
