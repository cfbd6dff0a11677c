import type { Space } from "./records.ts";

/** How far two vectors of one length are apart, in the measures of a Chroma server: `l2` is squared, `cosine` and `ip` are 1 less the product. */
export function distance(space: Space, a: Float32Array, b: Float32Array): number {
  let [dot, square, squareA, squareB] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (space === "l2") square += (x - y) * (x - y);
    else dot += x * y;
    if (space === "cosine") {
      squareA += x * x;
      squareB += y * y;
    }
  }
  if (space === "l2") return square;
  if (space === "ip") return 1 - dot;
  // A vector without a length points nowhere: it is as far from all others as one at a right angle.
  return squareA === 0 || squareB === 0 ? 1 : 1 - dot / Math.sqrt(squareA * squareB);
}
