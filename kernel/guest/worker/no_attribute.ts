/** The refusal of a name that a module does not have, with the names that it has: for who asked, they are the next try. */
import { type Fault, fault } from "../../contract/fault.ts";
import { isPrivateName } from "../../contract/names.ts";
import type { CallKind } from "../../contract/wire.ts";
import { closestFirst } from "../../primitives/closest_names.ts";
import { isLifecycleName, isRoot } from "./find_attribute.ts";
import { getOwnPropertyDescriptor, getPrototypeOf, isArray, ownKeys } from "./primordials.ts";

export interface Asked {
  readonly api: string;
  readonly aspect: string;
  readonly name: string;
  readonly kind: CallKind;
}

/** So many names of a face are told, and so many looked at. */
const TOLD = 10;
const LOOKED_AT = 128;
const CLASSES = 32;
const PLAIN_NAME = /^[\p{L}$][\p{L}\p{N}_$]{0,63}$/u;

/** `tools` are the entries that the module declared as tools. */
export function noAttribute(asked: Asked, face: object, tools: readonly string[]): Fault {
  const { api, aspect, name } = asked;
  const message = `Service '${api}' (aspect '${aspect}') does not have attribute '${name}'`;
  try {
    const hint = hintFor(asked, face, tools);
    if (typeof hint === "string") return fault("no_attribute", message, { hint });
  } catch {
    // The face may be a Proxy, and what this rests on may have been patched: then the names stay untold.
  }
  return fault("no_attribute", message);
}

function hintFor({ api, aspect, name, kind }: Asked, face: object, tools: readonly string[]): string | undefined {
  if (aspect === "tool") return listed("its tools are", name, tools);
  const { methods, others } = namesOf(face);
  if (kind === "get") return listed("its attributes are", name, others) ?? listed("its methods are", name, methods);
  if (others.includes(name)) return `${name} is no method; a handle reads it by get("${name}")`;
  if (tools.includes(name)) {
    return `${name} is a tool: add --aspect tool on the command line, or call it by getApi("${api}").asAspect("tool")`;
  }
  return listed("its methods are", name, methods);
}

function listed(words: string, name: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const told = closestFirst(name, names).slice(0, TOLD);
  const more = names.length - told.length;
  return `${words} ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What a handle could give of it, its own first. No getter is called. */
function namesOf(face: object): { readonly methods: string[]; readonly others: string[] } {
  const methods: string[] = [];
  const others: string[] = [];
  if (isArray(face) || ArrayBuffer.isView(face)) return { methods, others };
  const seen = new Set<string>();
  let from: object | null = face;
  for (let depth = 0; from !== null && depth < CLASSES && !isRoot(from); depth++, from = getPrototypeOf(from)) {
    for (const key of ownKeys(from)) {
      if (seen.size === LOOKED_AT) return { methods, others };
      if (typeof key !== "string" || !PLAIN_NAME.test(key) || isPrivateName(key) || isLifecycleName(key)) continue;
      if (seen.has(key)) continue;
      seen.add(key);
      const isMethod = typeof getOwnPropertyDescriptor(from, key)?.value === "function";
      (isMethod ? methods : others).push(key);
    }
  }
  return { methods, others };
}
