/** Throws for a bundled library that would import more than the builtins it may, as `lib:` names, or that makes code from strings. */
export function vetLibrary(
  name: string,
  code: string,
  imports: readonly string[],
  builtins: readonly string[] = [],
): void {
  const allowed = builtins.map((builtin) => `lib:${builtin}`);
  const foreign = imports.filter((specifier) => !allowed.includes(specifier));
  if (foreign.length) throw new Error(`Bundled ${name} imports ${foreign.join(", ")}: only lib: names are allowed`);
  for (const { text, why } of FORBIDDEN) {
    if (code.includes(text)) throw new Error(`Bundled ${name} contains '${text}': ${why}`);
  }
}

const FORBIDDEN = [
  { text: "new Function(", why: "code from strings is switched off where libraries run" },
  { text: "ajv", why: "it generates code; take @cfworker/json-schema" },
];
