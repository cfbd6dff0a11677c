import ts from "typescript";
import { findForeignGlobals } from "./find_foreign_globals.ts";
import { CONSTRUCTED, MODULE_FOLDER, moduleHost, OPTIONS } from "./module_host.ts";
import { MOST_PROBLEMS, type TypeAnswer, type TypeOrder, type TypeProblem } from "./type_order.ts";

/** What the compiler has against a module's files, in their order; and what is not there for a module although the compiler knows it. */
export function checkTypes(order: TypeOrder): TypeAnswer {
  const host = moduleHost(order);
  const program = ts.createProgram([`${MODULE_FOLDER}/${order.entry}`, CONSTRUCTED], OPTIONS, host);
  const problems: TypeProblem[] = [];
  for (const { path } of order.files) {
    const file = program.getSourceFile(`${MODULE_FOLDER}/${path}`);
    if (file === undefined) continue; // nothing imports it
    const torn = program.getSyntacticDiagnostics(file);
    // What a file means that could not be read is guesswork.
    const found = torn.length > 0 ? torn : program.getSemanticDiagnostics(file);
    const foreign = torn.length > 0 ? [] : findForeignGlobals(program, file, order.globals);
    const all = [...found.map((one) => problemOf(path, file, one)), ...foreign.map((one) => ({ file: path, ...one }))];
    problems.push(...all.sort((a, b) => a.line - b.line || a.column - b.column));
  }
  if (problems.length === 0) problems.push(...constructorProblems(program, order));
  return { problems: problems.slice(0, MOST_PROBLEMS), more: Math.max(0, problems.length - MOST_PROBLEMS) };
}

function problemOf(path: string, file: ts.SourceFile, { start = 0, messageText, code }: ts.Diagnostic): TypeProblem {
  return {
    file: path,
    ...placeOf(file, start),
    message: wordsOf(code, ts.flattenDiagnosticMessageText(messageText, "\n")),
  };
}

/** Names that nobody knows; the compiler then asks for types of Node or of a page, which would not help here. */
const UNKNOWN_NAMES = [2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593];

function wordsOf(code: number, text: string): string {
  const name = UNKNOWN_NAMES.includes(code) ? /^Cannot find name '([^']+)'/.exec(text)?.[1] : undefined;
  if (name === undefined) return text;
  const meant = /Did you mean '([^']+)'/.exec(text)?.[1];
  return `'${name}' is not there${meant === undefined ? "" : `; did you mean '${meant}'?`}`;
}

/** A constructor that takes something else than a host gives; told where the class stands. */
function constructorProblems(program: ts.Program, { entry }: TypeOrder): TypeProblem[] {
  const file = program.getSourceFile(`${MODULE_FOLDER}/${entry}`)!;
  const made = program.getSourceFile(CONSTRUCTED)!;
  const [first] = program.getSemanticDiagnostics(made);
  if (first === undefined) return [];
  const found = file.statements.find((one): one is ts.ClassDeclaration =>
    ts.isClassDeclaration(one) && one.name?.text === "Module"
  );
  const at = found?.members.find(ts.isConstructorDeclaration) ?? found;
  const why = ts.flattenDiagnosticMessageText(first.messageText, "\n").split("\n").slice(-2).map((line) => line.trim());
  const message = `a host makes it by new Module(kernel: Kernel, config: Config)\n${why.join("\n")}`;
  return [{ file: entry, ...placeOf(file, at?.getStart(file) ?? 0), message }];
}

export function placeOf(file: ts.SourceFile, offset: number): { line: number; column: number } {
  const { line, character } = file.getLineAndCharacterOfPosition(offset);
  return { line: line + 1, column: character + 1 };
}
