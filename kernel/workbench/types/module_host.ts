import { dirname, resolve } from "node:path";
import ts from "typescript";
import type { TypeOrder } from "./type_order.ts";

/** Where a module's own files stand for the compiler. */
export const MODULE_FOLDER = "/plugins/x/x/x/module"; // so deep that a way up stays inside
/** Written by us beside them: it constructs the module as a host does. */
export const CONSTRUCTED = `${MODULE_FOLDER}/\0constructed.ts`;
/** A file that is imported as text. */
const TEXT = "/text.d.ts";

export const OPTIONS: ts.CompilerOptions = Object.freeze({
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.esnext.d.ts", "lib.webworker.d.ts"],
  types: [],
  strict: true,
  noImplicitOverride: true,
  allowImportingTsExtensions: true,
  allowJs: true,
  resolveJsonModule: true,
  skipLibCheck: true,
});

/** Texts of the compiler's libraries and of packages: the same for every order, so parsed once. */
const parsed = new Map<string, ts.SourceFile>();

/** All that the compiler sees of the world: the module's files, ours, and declarations of what it may import. */
export function moduleHost(order: TypeOrder): ts.CompilerHost {
  const own = new Map(order.files.map(({ path, text }) => [`${MODULE_FOLDER}/${path}`, text]));
  for (const { path, text } of order.beside ?? []) own.set(resolve(MODULE_FOLDER, path), text);
  const doors = new Set(Object.values(order.modules));
  own.set(CONSTRUCTED, constructed(order.entry));
  own.set(TEXT, "declare const text: string;\nexport default text;\n");
  for (const [name, path] of Object.entries(order.modules)) {
    if (path === "any") own.set(untypedFile(name), untypedText(name, order));
  }
  const readFile = (path: string) => own.get(path) ?? readText(path);
  const fileExists = (path: string) => own.has(path) || isFile(path);
  const host: ts.CompilerHost = {
    fileExists,
    readFile,
    getSourceFile(path, options) {
      const text = own.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, options, true);
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const found = readText(path);
      if (found === undefined) return undefined;
      const file = ts.createSourceFile(path, found, options);
      parsed.set(path, file);
      return file;
    },
    getDefaultLibFileName: () => `${LIB_FOLDER}/lib.esnext.d.ts`,
    getDefaultLibLocation: () => LIB_FOLDER,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
    resolveModuleNameLiterals: (literals, importer, _redirected, options) =>
      literals.map(({ text }) => ({ resolvedModule: resolveName(text, importer, options) })),
  };
  return host;

  function resolveName(name: string, importer: string, options: ts.CompilerOptions): ts.ResolvedModuleFull | undefined {
    // A door's declarations lean on other doors, and on the package that it goes with.
    if (!own.has(importer) && !doors.has(importer)) return inPackages(name, importer, options);
    const declared = order.modules[name];
    if (declared !== undefined) {
      return { resolvedFileName: declared === "any" ? untypedFile(name) : declared, extension: ts.Extension.Dts };
    }
    const [, from] = Object.entries(order.packages).find(([one]) => name === one || name.startsWith(`${one}/`)) ?? [];
    return from === undefined ? ownFile(name, importer) : inPackages(name, `${from}/importer.ts`, options);
  }

  function ownFile(name: string, importer: string): ts.ResolvedModuleFull | undefined {
    const path = resolve(dirname(importer), name);
    if (!/^\.\.?\//.test(name) || !own.has(path)) return undefined;
    const extension = [ts.Extension.Ts, ts.Extension.Js, ts.Extension.Mjs, ts.Extension.Json].find((end) =>
      path.endsWith(end)
    );
    return extension === undefined
      ? { resolvedFileName: TEXT, extension: ts.Extension.Dts }
      : { resolvedFileName: path, extension };
  }

  function inPackages(name: string, importer: string, options: ts.CompilerOptions): ts.ResolvedModuleFull | undefined {
    return ts.resolveModuleName(name, importer, options, { fileExists, readFile, directoryExists: isFolder })
      .resolvedModule;
  }
}

/** `new Module(kernel, config)` with the types that a host hands over; a constructor may take fewer. */
function constructed(entry: string): string {
  return `import type { Config, Kernel } from "meta-machine";
import { Module } from "./${entry}";
const made: new (kernel: Kernel, config: Config) => object = Module;
`;
}

/** Where a module stands of which nobody has types. */
function untypedFile(name: string): string {
  return `/untyped/${encodeURIComponent(name)}.d.ts`;
}

/** Whatever is imported from it by name is there, as a value and as a type, and may be anything. */
function untypedText(module: string, { files }: TypeOrder): string {
  const names = new Set<string>();
  for (const { path, text } of files) {
    for (const statement of ts.createSourceFile(path, text, ts.ScriptTarget.ESNext).statements) {
      if (!ts.isImportDeclaration(statement) || (statement.moduleSpecifier as ts.StringLiteral).text !== module) {
        continue;
      }
      const bindings = statement.importClause?.namedBindings;
      if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const { name, propertyName } of bindings.elements) names.add((propertyName ?? name).text);
    }
  }
  const lines = [...names].map((name) => `export const ${name}: any;\nexport type ${name} = any;\n`);
  return `declare const all: any;\nexport default all;\n${lines.join("")}`;
}

const LIB_FOLDER = dirname(ts.sys.getExecutingFilePath());

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined; // not there, or not to be read: for the compiler it is the same
  }
}
function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
