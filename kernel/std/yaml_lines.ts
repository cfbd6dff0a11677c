import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "./yaml/library.ts";
import { SCHEMA } from "./yaml/schema.ts";

/** Where in a value: keys of maps and indexes of lists, from the outermost on. */
export type ValuePath = readonly (string | number)[];

/**
 * Tells for a path into a YAML text's value the line (from 1) on which its key or list entry stands, or `undefined`
 * where the text has no such place of its own, as for a value that came by an alias or a merge key. `@std/yaml` has
 * nothing of the kind, hence this file. It reads the text a second time, so ask only when there is a fault to report.
 * Never throws: for broken text every answer is `undefined`.
 */
export function linesOf(text: string): (path: ValuePath) => number | undefined {
  const lines = new LineCounter();
  let root: unknown;
  try {
    root = parseDocument(text, { ...SCHEMA, lineCounter: lines, prettyErrors: false, logLevel: "silent" }).contents;
  } catch {
    return () => undefined;
  }
  return (path) => {
    let node = root;
    let at = offsetOf(root);
    for (const step of path) {
      const next = enter(node, step);
      if (next === undefined) return undefined;
      [node, at] = next;
    }
    return at === undefined ? undefined : lines.linePos(at).line;
  };
}

function enter(node: unknown, step: string | number): [node: unknown, at: number | undefined] | undefined {
  if (isSeq(node) && typeof step === "number") {
    const item = node.items[step];
    return item === undefined ? undefined : [item, offsetOf(item)];
  }
  if (!isMap(node) || isAlias(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair === undefined ? undefined : [pair.value, offsetOf(pair.key)];
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null)?.range?.[0];
}
