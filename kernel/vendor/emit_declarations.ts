import { join, resolve } from "node:path";
import ts from "typescript";

/** The declarations of the program's own source files, by path: what the compiler makes of the entry and of all it imports. */
export function emitDeclarations(root: string, entry: string): ReadonlyMap<string, string> {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.esnext.d.ts", "lib.webworker.d.ts"],
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    paths: { "meta-machine": [join(root, "kernel/guest/sdk/mod.ts")] },
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: root,
  };
  const program = ts.createProgram([join(root, entry)], options);
  const emitted = new Map<string, string>();
  const { diagnostics } = program.emit(
    undefined,
    (path, text) => {
      emitted.set(resolve(path).replace(/\.d\.ts$/, ".ts"), text);
    },
    undefined,
    true,
  );
  if (diagnostics.length > 0) {
    throw new Error(`Declaring ${entry}: ${ts.flattenDiagnosticMessageText(diagnostics[0]!.messageText, " ")}`);
  }
  return emitted;
}
