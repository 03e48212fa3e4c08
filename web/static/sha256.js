// SHA-256 of a file. Browsers offer their own only over HTTPS; offices often serve plain HTTP in the house.
const K = new Uint32Array(64), START = new Uint32Array(8);
for (let n = 2, found = 0; found < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
  if (!prime) continue;
  const part = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  if (found < 8) START[found] = part(Math.sqrt(n));
  K[found] = part(Math.cbrt(n));
  found += 1;
}

// FIPS 180-4, 6.2; exported so that a test can compare it with the browser's own.
export function sha256(bytes) {
  const length = bytes.length, padded = new Uint8Array(((length + 8) >> 6 << 6) + 64), view = new DataView(padded.buffer);
  padded.set(bytes);
  padded[length] = 0x80;
  view.setUint32(padded.length - 8, Math.floor(length / 2 ** 29));
  view.setUint32(padded.length - 4, (length << 3) >>> 0);
  const state = START.slice(), w = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let n = 0; n < 16; n += 1) w[n] = view.getUint32(at + 4 * n);
    for (let n = 16; n < 64; n += 1) {
      const a = w[n - 15], b = w[n - 2];
      w[n] = w[n - 16] + ((a >>> 7 | a << 25) ^ (a >>> 18 | a << 14) ^ a >>> 3) + w[n - 7] + ((b >>> 17 | b << 15) ^ (b >>> 19 | b << 13) ^ b >>> 10);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 64; n += 1) {
      const one = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[n] + w[n]) | 0;
      const two = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((part, n) => { state[n] += part; });
  }
  return state;
}

const hex = (words) => [...words].map((word) => word.toString(16).padStart(8, "0")).join("");

// Hexadecimal digits of a file's SHA-256.
export async function digestOf(file) {
  const content = await file.arrayBuffer();
  if (!globalThis.crypto?.subtle) return hex(sha256(new Uint8Array(content)));
  const words = new DataView(await crypto.subtle.digest("SHA-256", content));
  return hex(Array.from({ length: 8 }, (_, n) => words.getUint32(4 * n)));
}

// A random UUID (version 4), which browsers too offer only over HTTPS.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}
