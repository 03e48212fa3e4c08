// What is typed on a screen for codes, by hand or by a reader that types like a keyboard: which sign a key means, and
// whether a machine typed it. Neither the keyboard's layout nor Telex or VNI may change a code: a key whose sign is not
// plain counts as the key itself on a keyboard of the usual layout.
const KEYS = { Minus: "-_", Equal: "=+", Period: ".>", Slash: "/?", Semicolon: ";:", Digit7: "7&", NumpadSubtract: "--", NumpadDecimal: "..", NumpadDivide: "//" };
const TOGETHER_MS = 80; // nobody types two keys so fast one after the other; readers take 1 to 50 ms

function bare(event) {
  const key = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1];
  return KEYS[event.code]?.[event.shiftKey ? 1 : 0] ?? key ?? event.key.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/i, "d");
}

// The capital sign of a key press; "" for a key that writes nothing.
export function signOf(event) {
  if ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph")) return "";
  if (event.metaKey || (event.key.length > 1 && !["Process", "Dead", "Unidentified"].includes(event.key))) return "";
  const sign = /^[ -~]$/.test(event.key) ? event.key : bare(event);
  return /^[ -~]$/.test(sign) ? sign.toUpperCase() : "";
}

export const isEnter = (event) => event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter";

// Tells a reader from fingers: `follows(event)` is true when it came too soon after the key before to be a person's.
export function rhythm() {
  let last = -Infinity;
  return { follows(event) {
    const soon = event.timeStamp - last < TOGETHER_MS;
    last = event.timeStamp;
    return soon;
  } };
}
