/**
 * Looks at a bundle again, in the cell that will run it: what the vet cell answered is a rumour too, and a static `node:` import would pass
 * every hook. Needs no permission.
 */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { SOURCES } from "../../contract/limits.ts";
import { findWords, readForm } from "./bundle_form.ts";

/** An import that a lexer finds in a text. `import.meta` counts as dynamic: it reaches what surrounds the module. */
export interface LeftoverImport {
  readonly specifier: string;
  readonly line: number;
  readonly dynamic: boolean;
}

/**
 * All imports that the lexer sees. It misses some: `...import(x)`, and all that follows where a `/` divides the value of a function expression,
 * which it takes for a regular expression. So this tells what to report, never that a text is clean: {@linkcode checkBundle} rests on
 * the bundle's form.
 */
export async function leftoverImports(code: string): Promise<LeftoverImport[]> {
  // Not at the top: every cell takes the second look, and few ever find something.
  const { init, parse } = await import("es-module-lexer");
  await init();
  return parse(code)[0].map((found) => ({
    specifier: found.type === "import-meta" ? "import.meta" : found.specifier ?? code.slice(found.start, found.end),
    line: lineAt(code, found.importStart),
    dynamic: found.type === "dynamic" || found.type === "import-meta",
  }));
}

/** Refuses a bundle that could import anything but `allowed`, at its start or later, or reach `import.meta`. */
export async function checkBundle(code: string, allowed: readonly string[]): Promise<Result<void>> {
  const bytes = new TextEncoder().encode(code).length;
  if (bytes > SOURCES.bundle_bytes) return no(`it has ${bytes} bytes; ${SOURCES.bundle_bytes} are allowed`);
  const form = readForm(code);
  if (form === undefined) return no("it does not end with the export of Module");
  const foreign = form.imports.find((specifier) => !allowed.includes(specifier));
  if (foreign !== undefined) return no(`it imports '${foreign.slice(0, 120)}'; allowed are ${allowed.join(", ")}`);
  const [word] = findWords(code.slice(form.start, form.end));
  return word === undefined ? ok(undefined) : no(await describe(code, form.start + word.at, word.word));
}

/** Says what the word is there for, where the lexer knows it. */
async function describe(code: string, offset: number, word: string): Promise<string> {
  const line = lineAt(code, offset);
  const found = (await leftoverImports(code).catch(() => [])).find((left) => left.line === line);
  const use = found === undefined ? `has the word '${word}'` : `imports '${found.specifier.slice(0, 120)}'`;
  return `line ${line} ${use}, which only the lines at its top may`;
}

function no(found: string): Result<never> {
  return refuse(fault("load_failed", `The module's bundle was refused: ${found}.`));
}

function lineAt(code: string, offset: number): number {
  let line = 1;
  for (let at = code.indexOf("\n"); at !== -1 && at < offset; at = code.indexOf("\n", at + 1)) line++;
  return line;
}
