/** What one import of a module's source means: a file of its own, a name that its config grants, or a refusal that says what would work. */
import { CODE_DOORS, doorsOf } from "../../contract/doors.ts";
import { BUILTINS } from "../../contract/spec.ts";
import type { VetOrder } from "../../contract/wire.ts";

export interface ImportRequest {
  readonly specifier: string;
  /** The file that imports, relative to the module's folder. */
  readonly importer: string;
  readonly attributes: readonly (readonly [key: string, value: string | undefined])[];
}

export type ImportDecision =
  | { readonly kind: "own"; readonly path: string; readonly as: "code" | "json" | "text" }
  | { readonly kind: "outside"; readonly specifier: string }
  | { readonly kind: "refused"; readonly message: string };

type Module = Pick<VetOrder, "entry" | "files" | "packages" | "builtins" | "config">;

/** Libraries that the program brings along, for texts: what is granted is decided by the order alone. */
const SHIPPED = [
  "@cfworker/json-schema",
  "@modelcontextprotocol/client",
  "@modelcontextprotocol/server",
  "chromadb",
  "hono",
  "kysely",
  "openai",
  "pg",
  "yaml",
  "zod",
];
const CODE = /\.(?:ts|js|mjs)$/;

/** Decides by exact names only: nothing is guessed, completed or looked up. */
export function decideImport(module: Module, request: ImportRequest): ImportDecision {
  const { specifier, attributes } = request;
  if (/^\.\.?\//.test(specifier)) return decideOwn(module, request);
  if (!allowedImports(module).includes(specifier)) return refused(specifier, alternative(module, specifier));
  if (attributes.length > 0) return refused(specifier, "write it without import attributes", " with attributes");
  return { kind: "outside", specifier };
}

/** All that a module's bundle may import. */
export function allowedImports(granted: Pick<VetOrder, "packages" | "builtins">): string[] {
  return [
    "meta-machine",
    ...doorsOf(granted.packages).map(({ name }) => name),
    ...granted.packages,
    ...granted.builtins,
  ];
}

function decideOwn(module: Module, { specifier, importer, attributes }: ImportRequest): ImportDecision {
  if (module.entry !== "mod.ts") {
    return refused(specifier, "a module of one file has no files beside it: make it a folder with mod.ts");
  }
  const path = resolveRelative(importer, specifier);
  if (path === undefined) {
    return refused(specifier, "a module may import files of its own folder, not what lies outside of it");
  }
  if (!module.files.some((file) => file.path === path)) return refused(specifier, missing(module, path, specifier));
  if (attributes.length === 0) {
    if (CODE.test(path)) return { kind: "own", path, as: "code" };
    const type = path.endsWith(".json") ? "json" : "text";
    return refused(specifier, `say how to read it: with { type: "${type}" }`, " without attributes");
  }
  const [key, value] = attributes[0]!;
  if (attributes.length > 1 || key !== "type" || (value !== "json" && value !== "text")) {
    return refused(
      specifier,
      'the only attributes are { type: "json" } and { type: "text" }',
      " with these attributes",
    );
  }
  if (value === "json" && !path.endsWith(".json")) {
    return refused(specifier, 'only .json files are read with { type: "json" }', " as JSON");
  }
  return { kind: "own", path, as: value };
}

/** Relative to the folder of the importer, or undefined when it leads out of the module's folder. */
function resolveRelative(importer: string, specifier: string): string | undefined {
  const names = importer.split("/").slice(0, -1);
  for (const name of specifier.split("/")) {
    if (name === "..") { if (names.pop() === undefined) return undefined; }
    else if (name !== ".") names.push(name);
  }
  return names.join("/");
}

function missing(module: Module, path: string, specifier: string): string {
  const stem = path.replace(CODE, "");
  const like = module.files.find((file) => CODE.test(file.path) && file.path.replace(CODE, "") === stem);
  const index = module.files.find((file) => file.path === `${path.replace(/\/$/, "")}/mod.ts`);
  if (like !== undefined) {
    return `there is no such file; write '${specifier.replace(CODE, "")}${like.path.slice(stem.length)}'`;
  }
  if (index !== undefined) return `it is a folder; write '${specifier.replace(/\/$/, "")}/mod.ts'`;
  return "there is no such file in the module's folder";
}

function alternative(module: Module, specifier: string): string {
  const add = `add to ${module.config ?? "the module's config"}:`;
  const shipped = `shipped: ${SHIPPED.join(", ")}`;
  const library = SHIPPED.find((name) => specifier === name || specifier.startsWith(`${name}/`));
  if (specifier === "meta-machine/testing") return "it is for tests of a module: import it in NAME_test.ts";
  const door = CODE_DOORS.find(({ name }) => name === specifier);
  if (door?.with !== undefined) return `${add} grants: {packages: [${door.with}]}`;
  if (library !== undefined && module.packages.includes(library)) return `import it from '${library}'`;
  if (library !== undefined) {
    const entry = library.startsWith("@") ? `"${library}"` : library; // no YAML begins with @
    return `${add} grants: {packages: [${entry}]}, and import '${library}'`;
  }
  const named = /^npm:\/?((?:@[^@/]+\/)?[^@/]+)/.exec(specifier)?.[1];
  if (named !== undefined && SHIPPED.includes(named)) return alternative(module, named);
  if (/^(?:npm|jsr|https?):/.test(specifier)) return `granted packages only: grants: {packages: [...]}, ${shipped}`;
  if (/^(?:data|file|blob):|^\//.test(specifier)) {
    return "a module may import files of its own folder, by a relative path";
  }
  const node = specifier.startsWith("node:") ? specifier : `node:${specifier}`;
  if (/^node:(?:fs|fs\/promises|path)$/.test(node)) {
    return 'use the filesystem service: kernel.getApi("filesystem")';
  }
  if (/^node:(?:https?|http2|undici)$/.test(node)) return 'use fetch, which comes with grants: {net: ["host:port"]}';
  const builtin = BUILTINS.find((name) => name === specifier || name === node);
  if (builtin !== undefined) {
    return `${add} grants: {builtins: ["${builtin}"]}, which the operator has to allow`;
  }
  if (specifier.startsWith("node:")) return `the only builtins that can be granted: ${BUILTINS.join(", ")}`;
  return `a module may import its own files ('./…'), meta-machine and what its config grants: grants: {packages: [...]}, ${shipped}`;
}

function refused(specifier: string, instead: string, how = ""): ImportDecision {
  const shown = JSON.stringify(specifier.slice(0, 120)).slice(1, -1);
  return { kind: "refused", message: `import of '${shown}'${how} is not allowed; ${instead}` };
}
