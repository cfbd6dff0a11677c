import ts from "typescript";

/**
 * Values that the compiler's libraries declare and a module does not have: it knows of all that some Worker has, while a module's global object holds a
 * closed list.
 */
export function findForeignGlobals(
  program: ts.Program,
  file: ts.SourceFile,
  globals: readonly string[],
): { line: number; column: number; message: string }[] {
  const checker = program.getTypeChecker();
  const there = new Set(globals);
  const found: { line: number; column: number; message: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && !there.has(node.text) && isLibraryValue(program, checker.getSymbolAtLocation(node))) {
      const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ line: line + 1, column: character + 1, message: missing(node.text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function missing(name: string): string {
  if (name === "fetch") {
    return `'fetch' is not there without a grant; add to the config: grants: {net: ["example.com:443"]}`;
  }
  if (name === "WebAssembly") {
    return `'WebAssembly' is not there without a grant; add to the config: grants: {wasm: true}`;
  }
  return `'${name}' is not there: a module's globals are a closed list`;
}

/** A variable, function, class or namespace at the top of one of the compiler's own files. */
function isLibraryValue(program: ts.Program, symbol: ts.Symbol | undefined): boolean {
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined) return false;
  const file = declaration.getSourceFile();
  if (!program.isSourceFileDefaultLibrary(file)) return false;
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return statement.parent === file;
}
