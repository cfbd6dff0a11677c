const granted = new Map<string, unknown>();

/**
 * A package by name when the config grants it, else undefined: for what a module can do without. Where it can't, `import … from "name"` says so at once.
 */
// deno-lint-ignore no-explicit-any -- what a package exports is its own affair
export function getPackage<T = any>(name: string): T | undefined {
  return granted.get(name) as T | undefined;
}

/** For the Worker's bootstrap: what was granted has been evaluated. */
export function keepPackage(name: string, exports: unknown): void {
  granted.set(name, exports);
}
