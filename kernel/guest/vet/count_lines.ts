/** For tests of authors: code that counts which of its lines run. What it does stays the same, and so do its line breaks. */
import type { Node } from "./inspect_source.ts";

export interface CountedCode {
  /** The code with counters in it, as expressions on `counter`. */
  readonly code: string;
  /** The author's lines that hold something to count. */
  readonly lines: readonly number[];
}

/** `lineOf` gives the author's line of an offset in the code. */
export function countLines(
  code: string,
  program: Node,
  counter: string,
  lineOf: (offset: number) => number,
): CountedCode {
  const lines = new Set<number>();
  const opens: Insert[] = [];
  const closes: Insert[] = [];
  const count = (node: Node): string => {
    const line = lineOf(node.start);
    lines.add(line);
    return `${counter}[${line}]++`;
  };
  const wrap = (node: Node, open: string, close: string) => {
    opens.push({ at: node.start, text: open });
    closes.push({ at: node.end, text: close });
  };
  walk(program, (node) => {
    for (const statement of statementsOf(node)) {
      if (counts(statement)) opens.push({ at: statement.start, text: `${count(statement)};` });
    }
    for (const body of bareBodies(node)) wrap(body, `{${count(body)};`, "}");
    const value = arrowValue(node);
    if (value !== undefined) wrap(value, `(${count(value)},`, ")");
  });
  return { code: insert(code, opens, closes), lines: [...lines].sort((a, b) => a - b) };
}

interface Insert {
  readonly at: number;
  readonly text: string;
}

/** Statements that stand in a list, where another may stand before each. */
function statementsOf(node: Node): readonly Node[] {
  const list = node.type === "SwitchCase"
    ? node["consequent"]
    : ["Program", "BlockStatement", "StaticBlock"].includes(node.type)
    ? node["body"]
    : [];
  return list as readonly Node[];
}

/** Declarations of functions and classes run nothing by themselves; what stands before a directive would make it none. */
function counts({ type, ...rest }: Node): boolean {
  if (type === "ExportNamedDeclaration" || type === "ExportDefaultDeclaration") {
    const declared = (rest as { declaration?: Node | null }).declaration;
    return declared !== null && declared !== undefined && counts(declared);
  }
  return !["ImportDeclaration", "ExportAllDeclaration", "FunctionDeclaration", "ClassDeclaration", "EmptyStatement"]
    .includes(type) && !(rest as { directive?: unknown }).directive;
}

/** `if (a) b;`: what a statement does without braces. */
function bareBodies(node: Node): readonly Node[] {
  const keys = node.type === "IfStatement"
    ? ["consequent", "alternate"]
    : ["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"].includes(node.type)
    ? ["body"]
    : [];
  return keys.map((key) => node[key] as Node | null | undefined)
    .filter((body): body is Node => !!body && body.type !== "BlockStatement" && body.type !== "EmptyStatement");
}

function arrowValue(node: Node): Node | undefined {
  const body = node.type === "ArrowFunctionExpression" ? node["body"] as Node : undefined;
  return body === undefined || body.type === "BlockStatement" ? undefined : body;
}

/** Outer nodes first. Without recursion: a deep tree must not decide how deep this program's stack gets. */
function walk(program: Node, visit: (node: Node) => void): void {
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node);
    const children = Object.values(node).flat().filter((child): child is Node =>
      typeof child === "object" && child !== null && typeof (child as Node).type === "string"
    );
    open.push(...children.reverse());
  }
}

/** Where several meet: what ends there ends from the inside, then begins what begins there from the outside. */
function insert(code: string, opens: readonly Insert[], closes: readonly Insert[]): string {
  const all = [...closes.toReversed(), ...opens].map((one, order) => ({ ...one, order }));
  all.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = "";
  let from = 0;
  for (const { at, text } of all) {
    out += code.slice(from, at) + text;
    from = at;
  }
  return out + code.slice(from);
}
