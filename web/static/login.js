import { signIn } from "./api.js";
import { byId } from "./dom.js";

const query = new URLSearchParams(location.search);
byId("done").hidden = !query.has("made");

// Only an address of our own: "//elsewhere" and "https:" lead out.
function wanted() {
  const next = query.get("next") ?? "/";
  return /^\/(?![/\\])/.test(next) ? next : "/";
}

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  byId("wrong").hidden = true;
  try {
    await signIn(byId("name").value.trim(), byId("password").value);
    location.assign(wanted());
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
    byId("password").select();
  }
});
