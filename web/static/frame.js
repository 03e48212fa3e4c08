// What every page has: signing out.
import { call } from "./api.js";
import { byId } from "./dom.js";
import { complain } from "./say.js";

byId("sign-out")?.addEventListener("click", async () => {
  try {
    await call("DELETE", "/api/session");
    location.assign("/login");
  } catch (error) { complain(error); }
});
