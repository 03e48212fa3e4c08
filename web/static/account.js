import { call } from "./api.js";
import { byId } from "./dom.js";

byId("change").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await call("PUT", "/api/session/password", { body: { old_password: byId("old").value, new_password: byId("new").value } });
    location.assign("/login");
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
  }
});
