import type { Document, Pair } from "yaml";
import { isAlias, isMap, isScalar, isSeq, visit } from "./library.ts";

/** Ends the reading with a reason and the place in the text it speaks of. */
export type Refuse = (reason: string, offset?: number) => never;

/** Refuses what the package accepts in a text and only fails at, or reads otherwise, when it builds the value. */
export function checkNodes(doc: Document.Parsed, maxAliasCount: number, refuse: Refuse): void {
  let aliases = 0;
  visit(doc, {
    Alias(_, alias, ancestors) {
      const at = alias.range?.[0];
      if (++aliases > maxAliasCount) refuse(`More than ${maxAliasCount} aliases`, at);
      const anchored = alias.resolve(doc);
      if (!anchored) refuse(`Unknown anchor "${alias.source}"`, at);
      if (ancestors.includes(anchored!)) refuse(`The value of anchor "${alias.source}" holds itself`, at);
    },
    Pair(_, pair) {
      checkKey(pair, doc, refuse);
      if (isMergeKey(pair) && !isMergeable(pair.value, doc)) {
        refuse("A merge key << takes a map or a list of maps", startOf(pair.key));
      }
    },
  });
}

function checkKey(pair: Pair, doc: Document.Parsed, refuse: Refuse) {
  const key = follow(pair.key, doc);
  if (isScalar(key)) {
    if (key.value === null) key.value = "null"; // as @std/yaml; the package would make it ""
  } else if (key) {
    refuse("A key must be a single value, not a list or a map", startOf(pair.key));
  }
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol") && (!key.type || key.type === "PLAIN");
}

function isMergeable(value: unknown, doc: Document.Parsed): boolean {
  const source = follow(value, doc);
  return isMap(source) || isSeq(source) && source.items.every((item) => isMap(follow(item, doc)));
}

function follow(node: unknown, doc: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(doc) : node;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}
