/** The bundler's only plugin: it strips types, decides every import and hands out texts. Nothing outside of the order is ever looked at. */
import type { AstNode, Plugin } from "@rollup/browser";
import type { VetOrder } from "../../contract/wire.ts";
import { decodeMappings } from "../../primitives/source_map.ts";
import { complaint, markedComplaint, placeIn, placeOf } from "./author_text.ts";
import { countLines } from "./count_lines.ts";
import { decideImport } from "./decide_import.ts";
import type { ImportedName } from "./import_places.ts";
import { type FoundImport, inspectSource, type Node, type Refusal } from "./inspect_source.ts";
import { stripTypes, TypeScriptError } from "./strip_types.ts";

/** The bundler starts here, so that nothing but the class is exported. */
export const START = "\0module";

/** Where counters of lines stand, in bundles for tests. */
const COUNTS = "\0counts";

/** More would only repeat what the author has seen by then. */
const SHOWN_REFUSALS = 5;

export interface VetPlugin extends Plugin {
  /** Why the bundler was stopped, in words for the author; undefined while it was not. */
  readonly refused: () => string | undefined;
  /** What the entry exports by itself. */
  readonly entryExports: () => readonly string[];
  /** What is imported from outside, by the files that were looked at. */
  readonly imported: () => readonly ImportedName[];
}

/** No author writes such a name. */
const COUNTER = "metaMachineLines";

/** For one order and one run of the bundler. */
export function vetPlugin(order: VetOrder): VetPlugin {
  const { api } = order;
  let refused: string | undefined;
  let entryExports: readonly string[] = [];
  const imported: ImportedName[] = [];

  const stop = (message: string): never => {
    refused ??= message;
    throw new Error(message);
  };
  const textOf = (path: string): string => order.files.find((file) => file.path === path)!.text;

  return {
    name: "vet",
    refused: () => refused,
    entryExports: () => entryExports,
    imported: () => imported,
    resolveId(specifier, importer, { attributes }) {
      if (specifier === START || specifier === COUNTS) return specifier;
      if (importer === START) return order.entry;
      const decision = decideImport(order, { specifier, importer: importer!, attributes: Object.entries(attributes) });
      if (decision.kind === "refused") return stop(complaint(api, importer!, undefined, decision.message));
      if (decision.kind === "outside") return { id: decision.specifier, external: true };
      return decision.as === "code" ? decision.path : `${decision.path}?${decision.as}`;
    },
    load(id) {
      if (id === COUNTS) return "export const counts = {};";
      if (id === START) {
        return order.counts === undefined ? `export { Module } from "./entry";` : countedStart(order.counts);
      }
      if (id.endsWith("?text")) return asModule(JSON.stringify(textOf(id.slice(0, -"?text".length))));
      if (id.endsWith("?json")) return jsonModule(id.slice(0, -"?json".length));
      return textOf(id);
    },
    async transform(text, id) {
      if (id === START || id === COUNTS || id.endsWith("?text") || id.endsWith("?json")) return null;
      const stripped = id.endsWith(".ts") ? await strip(id, text) : undefined;
      const code = stripped?.code ?? text;
      const mark = (offset: number, what: string) =>
        markedComplaint(api, id, text, placeOf(code, offset, stripped?.mappings), what);

      let program: AstNode;
      try {
        program = this.parse(code);
      } catch (error) {
        const { message, pos = placeOfPattern(code, error) } = error as { message: string; pos?: number };
        if (pos !== undefined) return stop(mark(pos, message));
        // Without a place it is seldom a syntax error: the parser itself gave up.
        const what = error instanceof SyntaxError
          ? message
          : `can't be parsed; it may be nested too deeply (${message})`;
        return stop(complaint(api, id, undefined, what));
      }
      const { imports, refusals, exports } = inspectSource(program as unknown as Node);
      if (id === order.entry) entryExports = exports;
      const problems = [...refusals, ...imports.flatMap((found) => refuseImport(id, found))];
      problems.sort((a, b) => a.offset - b.offset);
      if (problems.length > 0) {
        const lines = problems.slice(0, SHOWN_REFUSALS).map(({ offset, message }) =>
          complaint(api, id, placeOf(code, offset, stripped?.mappings).line, message)
        );
        return stop(lines.join("\n"));
      }
      imported.push(...placesOf(id, code, imports, stripped?.mappings));
      if (order.counts !== undefined) return counted(id, code, program as unknown as Node, stripped?.mappings);
      if (stripped === undefined) return null;
      return { code, map: { version: 3, sources: [id], names: [], mappings: stripped.mappings } };
    },
  };

  /** Lines stay where they are, columns do not. */
  function counted(id: string, code: string, program: Node, mappings: string | undefined) {
    const place = placeIn(code, mappings === undefined ? undefined : decodeMappings(mappings));
    const made = countLines(code, program, COUNTER, (offset) => place(offset).line);
    const none = JSON.stringify(Object.fromEntries(made.lines.map((line) => [line, 0])));
    const head = `import { counts as ${COUNTER}All } from ${JSON.stringify(COUNTS)}; const ${COUNTER} = ${COUNTER}All[${
      JSON.stringify(id)
    }] = ${none}; `;
    return mappings === undefined
      ? { code: head + made.code, map: null }
      : { code: head + made.code, map: { version: 3, sources: [id], names: [], mappings } };
  }

  function refuseImport(importer: string, { specifier, attributes, offset, star }: FoundImport): Refusal[] {
    const decision = decideImport(order, { specifier, importer, attributes });
    if (decision.kind === "refused") return [{ offset, message: decision.message }];
    if (decision.kind === "own" || !star) return [];
    return [{ offset, message: `export * from '${specifier}' is not allowed; name what is exported` }];
  }

  async function strip(id: string, text: string) {
    try {
      return await stripTypes(text);
    } catch (error) {
      if (!(error instanceof TypeScriptError)) throw error;
      const { message, line, column } = error;
      if (line === undefined || column === undefined) return stop(complaint(api, id, undefined, message));
      return stop(markedComplaint(api, id, text, { line, column }, message));
    }
  }

  function countedStart(method: string): string {
    return `import { counts } from ${JSON.stringify(COUNTS)}; import { Module } from "./entry"; Module.prototype[${
      JSON.stringify(method)
    }] = () => counts; export { Module };`;
  }

  function asModule(expression: string): string {
    return `export default ${expression};`;
  }

  function jsonModule(path: string): string {
    try {
      // Parsed where it runs: as an expression `__proto__` would be no key, and large data would be slow.
      return asModule(`JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(textOf(path))))})`);
    } catch (error) {
      return stop(complaint(api, path, undefined, `is no JSON: ${(error as Error).message}`));
    }
  }
}

/** What a file imports from outside, with its places in the author's text. */
function placesOf(file: string, code: string, imports: readonly FoundImport[], mappings: string | undefined) {
  const outside = imports.filter(({ specifier }) => !specifier.startsWith("."));
  if (outside.length === 0) return [];
  const place = placeIn(code, mappings === undefined ? undefined : decodeMappings(mappings));
  return outside.flatMap(({ specifier, names }) =>
    names.map(({ name, offset }) => ({ specifier, name, file, place: place(offset) }))
  );
}

/** Of a regular expression that is none only its text is told: the first one that reads so is meant. */
function placeOfPattern(code: string, error: unknown): number | undefined {
  const [, pattern] = /^Invalid regular expression: (\/.*\/)\w*: /s.exec((error as Error).message) ?? [];
  const at = pattern === undefined ? -1 : code.indexOf(pattern);
  return at === -1 ? undefined : at;
}
