import { call } from "./api.js";
import { byId } from "./dom.js";
import { params } from "./page.js";

byId("set-up").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = { name: byId("name").value.trim(), password: byId("password").value };
  try {
    await call("POST", `/api/setup/${encodeURIComponent(params.token)}`, { body });
    location.assign("/login?made");
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
  }
});
