// A page's image is stored as it was scanned and shown upright: boxes turn with it (records/page.py `turn`).
export const upright = ({ width, height, rotation }) => (rotation % 180 ? { width: height, height: width } : { width, height });

// A box of the stored image as it lies on the upright one.
export function placed([x0, y0, x1, y1], { width, height, rotation }) {
  if (rotation === 90) return [height - y1, x0, height - y0, x1];
  if (rotation === 180) return [width - x1, height - y1, width - x0, height - y0];
  if (rotation === 270) return [y0, width - x1, y1, width - x0];
  return [x0, y0, x1, y1];
}
