// The pages of a paper as a person looks at them: deep zoom, turning, page strip, a frame around a field, and a
// rectangle drawn by hand. Boxes come and go in pixels of the images as stored.
import { byId, el } from "./dom.js";
import { fill, t } from "./page.js";
import { placed, upright } from "./turned.js";

const WIDTHS = [200, 640, 800, 960, 1200, 1500, 1800, 2600, 4000]; // of previews; the server keeps them
const KEPT = 24; // images
const ZOOMS = [0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8, 4];
const DRAG = 6; // pixels that make a movement a drag
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const kept = new Map();

// The preview of a page at least this wide (device pixels), as an image element that loads once.
function preview(page, width, rotation) {
  const across = rotation % 180 ? page.height : page.width;
  const wide = Math.min(WIDTHS.find((one) => one >= width) ?? WIDTHS.at(-1), Math.max(16, across));
  const key = `${page.id}/${wide}/${rotation}/${page.image}`;
  const image = kept.get(key) ?? Object.assign(new Image(), { src: `/api/pages/${page.id}/image?width=${wide}&rotation=${rotation}&v=${page.image.slice(0, 8)}`, alt: "", draggable: false });
  kept.delete(key);
  kept.set(key, image);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return image;
}

const turned = (box, page, rotation) => placed(box, { width: page.width, height: page.height, rotation });

// The inverse: a box of the turned image in pixels of the image as stored.
const back = (box, page, rotation) => {
  const size = upright({ width: page.width, height: page.height, rotation });
  return turned(box, size, (360 - rotation) % 360);
};

// `root` holds #viewport, #strip and the buttons of the toolbar. `onregion(page, box, rotation)` hears of a rectangle.
export function makeSheets(root, { onregion }) {
  const viewport = byId("viewport"), sheet = byId("sheet"), strip = byId("strip"), marks = byId("marks"), zoomed = byId("zoomed");
  let pages = [], at = 0, turns = new Map(), fit = "width", scale = 1, shownBox = null, drawing = null, choosing = false;

  const page = () => pages[at];
  const rotation = (one = page()) => (one.rotation + (turns.get(one.id) ?? 0)) % 360;
  const first = (one) => preview(one, (viewport.clientWidth - 18) * devicePixelRatio, rotation(one)); // as a page is shown first
  const size = (one = page()) => (rotation(one) % 180 ? [one.height, one.width] : [one.width, one.height]);
  const shown = (one) => preview(one, size(one)[0] * (fit ? fitted(fit, one) : scale) * devicePixelRatio, rotation(one)); // as it is, or would be, looked at now

  // Resolves once the image that is looked at has come, or cannot: what is less urgent waits for it.
  const arrived = async () => { if (page()) await shown(page()).decode().catch(() => {}); };
  const showStrip = () => [...strip.querySelectorAll("img")].forEach((image, n) => { image.src = `/api/pages/${pages[n].id}/image?width=120&rotation=${pages[n].rotation}&v=${pages[n].image.slice(0, 8)}`; });

  function fitted(how, one) {
    const [wide, high] = size(one);
    const across = (viewport.clientWidth - 18) / wide;
    return how === "page" ? Math.min(across, (viewport.clientHeight - 6) / high) : across;
  }
  function draw() {
    if (!page()) return;
    if (fit) scale = fitted(fit);
    const [wide, high] = size();
    sheet.style.width = `${Math.round(wide * scale)}px`;
    sheet.style.height = `${Math.round(high * scale)}px`;
    const image = shown(page());
    const mine = `${page().id}/${rotation()}`;
    const show = () => {
      if (mine !== `${page()?.id}/${rotation()}`) return;
      sheet.replaceChildren(image, marks);
      performance.mark("sheet-shown", { detail: page().record });
    };
    if (image.complete) show();
    else {
      if (sheet.dataset.shown !== mine) sheet.replaceChildren(el("p", { class: "state loading late" }, t.loading), marks);
      image.decode().then(show, () => { if (image.complete && !image.naturalWidth) sheet.replaceChildren(el("p", { class: "state failed" }, t.no_image), marks); });
    }
    sheet.dataset.shown = mine;
    sheet.setAttribute("aria-label", fill(t.page_of, { n: at + 1, all: pages.length }));
    zoomed.textContent = `${Math.round((100 * scale * (page().quality.dpi || 200)) / 200)} %`;
    drawMark();
    [...strip.children].forEach((node, n) => node.firstChild.setAttribute("aria-current", n === at ? "page" : "false"));
  }
  function shares(box) {
    const [x0, y0, x1, y1] = turned(box, page(), rotation()), [wide, high] = size();
    return { left: `${(100 * x0) / wide}%`, top: `${(100 * y0) / high}%`, width: `${(100 * (x1 - x0)) / wide}%`, height: `${(100 * (y1 - y0)) / high}%` };
  }
  function drawMark() {
    const mark = el("div", { class: shownBox?.guessed ? "mark guessed" : "mark" });
    if (shownBox?.page === at) Object.assign(mark.style, shares(shownBox.box));
    marks.replaceChildren(...(shownBox?.page === at ? [mark] : []));
  }
  function scrollToBox(box) {
    const [x0, y0, x1, y1] = turned(box, page(), rotation()).map((one) => one * scale);
    const left = x1 - x0 > viewport.clientWidth ? x0 - 12 : (x0 + x1 - viewport.clientWidth) / 2;
    viewport.scrollTo({ left, top: (y0 + y1 - viewport.clientHeight) / 2, behavior: calm ? "auto" : "smooth" });
  }
  function go(n) {
    if (n < 0 || n >= pages.length || n === at) return;
    const next = pages[n + Math.sign(n - at)];
    at = n;
    draw();
    arrived().then(() => { if (next && page() === pages[n]) shown(next); }); // whoever leafs goes on
    viewport.scrollTo(0, 0);
    strip.children[n]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  // Where the framed field lies, while it is seen: what is read stays in view when the keyboard or a button zooms.
  function framed() {
    const mark = marks.querySelector(".mark")?.getBoundingClientRect(), pane = viewport.getBoundingClientRect();
    if (!mark || mark.bottom < pane.top || mark.top > pane.bottom) return null;
    return { clientX: (mark.left + mark.right) / 2, clientY: (mark.top + mark.bottom) / 2 };
  }
  function zoom(step, point = framed()) {
    const next = step > 0 ? ZOOMS.find((one) => one > scale * 1.02) : ZOOMS.findLast((one) => one < scale * 0.98);
    if (!next) return;
    const { left, top } = viewport.getBoundingClientRect();
    const x = (point?.clientX ?? left + viewport.clientWidth / 2) - left, y = (point?.clientY ?? top + viewport.clientHeight / 2) - top;
    const factor = next / scale, from = [viewport.scrollLeft, viewport.scrollTop];
    fit = null;
    scale = next;
    draw();
    viewport.scrollTo((from[0] + x) * factor - x, (from[1] + y) * factor - y);
  }
  function setFit(how) { fit = how; draw(); }
  function turn(by) { turns.set(page().id, ((turns.get(page().id) ?? 0) + by + 360) % 360); draw(); }

  // --- a rectangle drawn by hand: press and drag, or two presses while "read a region" is on ---
  function point(event) {
    const { left, top } = sheet.getBoundingClientRect(), [wide, high] = size();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value / scale)));
    return [within(event.clientX - left, wide), within(event.clientY - top, high)];
  }
  function setChoosing(on) {
    choosing = on;
    drawing = null;
    byId("region").setAttribute("aria-pressed", String(on));
    viewport.classList.toggle("choosing", on);
    drawMark();
  }
  const between = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  function drawBand(to) {
    const band = el("div", { class: "mark band" });
    Object.assign(band.style, shares(back(between(drawing.from, to), page(), rotation())));
    marks.replaceChildren(band);
  }
  function finish(to) {
    const box = between(drawing.from, to);
    drawing = null;
    setChoosing(false);
    if (box[2] - box[0] < 8 || box[3] - box[1] < 8) return drawMark();
    onregion(page(), back(box, page(), rotation()), rotation());
  }
  sheet.addEventListener("pointerdown", (event) => {
    if (event.button || (event.pointerType === "touch" && !choosing)) return;
    event.preventDefault(); // the field keeps the focus
    if (drawing?.clicked) return finish(point(event));
    drawing = { from: point(event), x: event.clientX, y: event.clientY, clicked: false, moved: false };
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    drawing.moved ||= Math.hypot(event.clientX - drawing.x, event.clientY - drawing.y) > DRAG;
    if (drawing.moved || drawing.clicked) drawBand(point(event));
  });
  sheet.addEventListener("pointerup", (event) => {
    if (!drawing || drawing.clicked) return;
    if (drawing.moved) finish(point(event));
    else if (choosing) drawing.clicked = true;
    else drawing = null;
  });
  sheet.addEventListener("pointercancel", () => { drawing = null; drawMark(); });

  viewport.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1 : -1, event);
  }, { passive: false });
  const keys = { "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => setFit("width"), 9: () => setFit("page"), r: () => turn(90), R: () => turn(270) };
  viewport.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const [id, act] of Object.entries({ "zoom-in": () => zoom(1), "zoom-out": () => zoom(-1), "fit-width": () => setFit("width"), "fit-page": () => setFit("page"), "turn-left": () => turn(270), "turn-right": () => turn(90), region: () => setChoosing(!choosing) })) byId(id).addEventListener("click", () => page() && act());
  new ResizeObserver(() => { if (fit) draw(); }).observe(viewport);

  return {
    show(found) {
      pages = found;
      at = 0;
      turns = new Map();
      shownBox = null;
      fit ??= "width";
      setChoosing(false);
      strip.replaceChildren(...(pages.length < 2 ? [] : pages.map((one, n) => el("li", {}, el("button", { type: "button", onclick: () => go(n), "aria-label": `${t.page} ${n + 1}` },
        el("img", { alt: "", loading: "lazy", width: 120, height: Math.round((120 * upright(one).height) / upright(one).width) }), el("span", {}, String(n + 1)))))));
      strip.hidden = pages.length < 2;
      draw();
      viewport.scrollTo(0, 0);
      arrived().then(() => { if (pages === found) showStrip(); });
    },
    // Draws a field's box and brings it into view, in dashes where it is a guess; without a box only the mark goes.
    focus(number, box, guessed = false) {
      shownBox = number && box && pages[number - 1] ? { page: number - 1, box, guessed } : null;
      if (shownBox && shownBox.page !== at) go(shownBox.page);
      drawMark();
      if (shownBox) scrollToBox(box);
    },
    next: (by) => go(at + by),
    key: (name) => keys[name], // what a key does on the image; 9 chooses a suggestion in a field
    choose: () => setChoosing(!choosing),
    current: () => page(),
    rotationOf: (one) => rotation(one),
    arrived,
    // Loads what will be seen first of a paper that comes next; resolves once it has come, or cannot.
    preload: (found) => Promise.allSettled(found.slice(0, 2).map((one) => first(one).decode())),
  };
}
