import { type Fault, fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isPrivateName } from "../../contract/names.ts";
import { getPrototypeOf, hasOwn } from "./primordials.ts";

/** Only the kernel calls these, by other messages. */
const LIFECYCLE = ["run", "shutdown", "getAspect", "get_aspect", "exportState", "importState"];

export function privateName(name: string): Fault | undefined {
  if (!isPrivateName(name) && name !== "__proto__") return undefined;
  return fault("private_name", `Access to private attribute '${name}' is not allowed`);
}

/** The face of a module that a name stands for; at once unless the module takes its time. Without getAspect, `default` is the module itself. */
export function findAspect(instance: object, api: string, aspect: string): Result<object> | Promise<Result<object>> {
  const { getAspect, get_aspect } = instance as Record<string, unknown>;
  const resolve = getAspect ?? get_aspect;
  if (typeof resolve !== "function") return aspect === "default" ? ok(instance) : refuse(noAspect(api, aspect));
  try {
    const face: unknown = resolve.call(instance, aspect);
    if (!(face instanceof NativePromise)) return resolved(face, api, aspect); // a face may have a method `then`
    return face.then((late) => resolved(late, api, aspect), () => refuse(noAspect(api, aspect)));
  } catch {
    return refuse(noAspect(api, aspect));
  }
}

function resolved(face: unknown, api: string, aspect: string): Result<object> {
  if ((typeof face === "object" && face !== null) || typeof face === "function") return ok(face);
  return refuse(fault("no_aspect", `Could not resolve aspect '${aspect}' for service '${api}'.`));
}

const { Promise: NativePromise } = globalThis;

function noAspect(api: string, aspect: string): Fault {
  return fault("no_aspect", `Service '${api}' does not have aspect '${aspect}'.`);
}

/** Whether a face has an attribute of its own or of its classes: what every object has is nobody's attribute, nor is the module's lifecycle. */
export function hasAttribute(face: object, name: string): boolean {
  if (isLifecycleName(name)) return false;
  for (let from: object | null = face; from !== null && !isRoot(from); from = getPrototypeOf(from)) {
    if (hasOwn(from, name)) return true;
  }
  return false;
}

export function isLifecycleName(name: string): boolean {
  return LIFECYCLE.includes(name);
}

export function isRoot(object: object): boolean {
  return ROOTS.includes(object);
}

/** Where every object's, list's or function's own methods begin. */
const ROOTS: readonly object[] = [
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Map.prototype,
  Set.prototype,
  Promise.prototype,
];
