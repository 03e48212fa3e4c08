// What a quick hand does before the modules of a page run is kept and done then, instead of being lost or sent by the
// browser itself. The only script that is no module: it has to be there first.
(() => {
  let ready = false, wanted = null;
  function keep(event) {
    if (ready) return;
    const control = event.type === "submit" ? event.target : event.target.closest?.("button");
    if (!control) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wanted = event.type === "submit" ? () => control.requestSubmit() : () => control.click();
  }
  for (const name of ["submit", "click"]) addEventListener(name, keep, true);
  addEventListener("DOMContentLoaded", () => { // the modules have run by then
    ready = true;
    wanted?.();
  });
})();
