/** Names that a text uses and nowhere declares: what it wants of the global object. */

export interface FreeNames {
  /** Read or written as they are: where they are missing, the text fails there. */
  readonly used: ReadonlySet<string>;
  /** Looked for first, by `typeof name`: a text that does so can live without. */
  readonly probed: ReadonlySet<string>;
}

type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * By name, and not by scope: a name that is declared anywhere counts as declared everywhere. So what is told is wanted, and what is not told may be wanted
 * all the same: a module that imports such a package fails when it is loaded, by that name. `program`: as a parser gives it (ESTree).
 */
export function freeNames(program: unknown): FreeNames {
  const declared = new Set<string>();
  const used = new Set<string>();
  const probed = new Set<string>();
  visit(program, (node) => {
    for (const pattern of declaredBy(node)) for (const name of namesIn(pattern)) declared.add(name);
    if (node.type === "UnaryExpression" && node.operator === "typeof" && isNode(node.argument, "Identifier")) {
      probed.add(node.argument.name as string);
    }
    for (const [key, child] of Object.entries(node)) {
      if (!isName(node, key)) {
        for (const one of [child].flat()) if (isNode(one, "Identifier")) used.add(one.name as string);
      }
    }
  });
  return { used: new Set([...used].filter((name) => !declared.has(name) && !probed.has(name))), probed };
}

/** Every node, parents before their children. */
export function visit(value: unknown, see: (node: Node) => void): void {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    else if (typeof next === "object" && next !== null) {
      if (isNode(next)) see(next);
      waiting.push(...Object.values(next));
    }
  }
}

export function isNode(value: unknown, type?: string): value is Node {
  const found = (value as { type?: unknown } | null | undefined)?.type;
  return typeof found === "string" && (type === undefined || found === type);
}

function declaredBy(node: Node): unknown[] {
  switch (node.type) {
    case "VariableDeclarator":
      return [node.id];
    case "FunctionDeclaration":
    case "FunctionExpression":
      return [node.id, { type: "Identifier", name: "arguments" }, ...node.params as unknown[]];
    case "ArrowFunctionExpression":
      return node.params as unknown[];
    case "ClassDeclaration":
    case "ClassExpression":
      return [node.id];
    case "CatchClause":
      return [node.param];
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
      return [node.local];
    default:
      return [];
  }
}

function* namesIn(pattern: unknown): Generator<string> {
  if (!isNode(pattern)) return;
  if (pattern.type === "Identifier") yield pattern.name as string;
  else if (pattern.type === "ObjectPattern") { for (const one of pattern.properties as unknown[]) yield* namesIn(one); }
  else if (pattern.type === "ArrayPattern") { for (const one of pattern.elements as unknown[]) yield* namesIn(one); }
  else if (pattern.type === "Property") yield* namesIn(pattern.value);
  else if (pattern.type === "AssignmentPattern") yield* namesIn(pattern.left);
  else if (pattern.type === "RestElement") yield* namesIn(pattern.argument);
}

/** A child that is the name of something, and no use of a variable. */
function isName(node: Node, key: string): boolean {
  switch (node.type) {
    case "MemberExpression":
      return key === "property" && node.computed !== true;
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      return key === "key" && node.computed !== true;
    case "LabeledStatement":
    case "BreakStatement":
    case "ContinueStatement":
      return key === "label";
    case "ExportSpecifier":
      return key === "exported";
    case "ImportSpecifier":
      return key === "imported" || key === "local";
    case "ImportAttribute":
    case "MetaProperty":
    case "ExportAllDeclaration":
      return true;
    default:
      return false;
  }
}
