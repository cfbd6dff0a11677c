import { fault } from "meta-machine";

/** Refusals that both stores know; `name` is the collection's full name. */
export function wrongDimensions(name: string, wanted: number, found: number) {
  return fault("conflict", `collection '${name}' has vectors of ${wanted} dimensions, and these have ${found}`, {
    hint: "all vectors of a collection come from one embedder; another one needs another collection",
    retriable: false,
  });
}

export function idsTaken(name: string, ids: readonly string[]) {
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
  return fault("conflict", `collection '${name}' has '${ids.slice(0, 3).join("', '")}'${more} already`, {
    hint: "nothing was added; delete() them first, or choose other ids",
    retriable: false,
  });
}

export function goneCollection(name: string) {
  return fault("not_found", `there is no collection '${name}'`, {
    hint: "get_or_create_collection(name) makes one; list_collections() names those that you may use",
  });
}
