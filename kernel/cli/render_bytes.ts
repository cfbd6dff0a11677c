/** A count of bytes as people say it. */
const UNITS = ["KiB", "MiB", "GiB", "TiB"];

export function renderBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  let size = bytes;
  let unit = "";
  for (const next of UNITS) {
    if (size < 1_024) break;
    size /= 1_024;
    unit = next;
  }
  return `${size < 10 ? size.toFixed(1) : size.toFixed(0)} ${unit}`;
}
