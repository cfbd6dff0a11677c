/** What is told of something that was thrown. */
export interface DescribedError {
  /** The class's name. */
  readonly name: string;
  readonly message: string;
  /** For the module's own log only. */
  readonly stack?: string;
}

const MESSAGE_UNITS = 8_192;
const STACK_UNITS = 16_384;
const HOST_FRAME = /^\s+at (?:.* \()?(?:file:|ext:)/;
const CLASS_NAME = /^[A-Za-z_$][A-Za-z0-9_$.-]{0,63}$/;

/** Describes anything that can be thrown. Reads each property once, bounds every text, survives getters that throw; never throws. */
export function describeError(thrown: unknown): DescribedError {
  if (typeof thrown !== "object" || thrown === null) {
    return { name: "Error", message: clip(words(thrown), MESSAGE_UNITS) };
  }
  const stack = text(withoutHostFrames(read(thrown, "stack")), STACK_UNITS);
  return {
    name: className(thrown),
    message: text(read(thrown, "message"), MESSAGE_UNITS) ?? "something was thrown that is no error",
    ...(stack !== undefined && { stack: stack + cause(thrown) }),
  };
}

/** Frames of this bootstrap and of the runtime say nothing to a module's author. */
function withoutHostFrames(stack: unknown): unknown {
  if (typeof stack !== "string") return stack;
  return stack.split("\n").filter((line) => !HOST_FRAME.test(line)).join("\n");
}

/** `name` where somebody set one; else the name of the class, which `class X extends Error {}` does not put into `name`. */
function className(thrown: object): string {
  const named = read(thrown, "name");
  if (isClassName(named) && named !== "Error") return named;
  const maker = read(thrown, "constructor");
  const made = typeof maker === "function" ? read(maker, "name") : undefined;
  return isClassName(made) && made !== "Object" ? made : "Error";
}

function cause(thrown: object): string {
  const from = read(thrown, "cause");
  if (from === undefined || from === null || from === thrown) return "";
  if (typeof from !== "object") return `\nCaused by: ${clip(words(from), MESSAGE_UNITS)}`;
  return `\nCaused by: ${
    text(withoutHostFrames(read(from, "stack")), STACK_UNITS) ?? text(read(from, "message"), MESSAGE_UNITS) ??
      "an object"
  }`;
}

function isClassName(value: unknown): value is string {
  return typeof value === "string" && CLASS_NAME.test(value);
}

function text(value: unknown, units: number): string | undefined {
  return typeof value === "string" ? clip(value, units) : undefined;
}

function clip(value: string, units: number): string {
  return value.length > units ? `${value.slice(0, units)}…` : value;
}

function words(value: unknown): string {
  return typeof value === "function" ? "a function" : String(value);
}

/** A property of something hostile: what it gives, or undefined when that throws. */
export function read(from: object, key: string): unknown {
  try {
    return (from as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
