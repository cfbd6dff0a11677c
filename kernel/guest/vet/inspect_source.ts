/** What one file of a module imports, and what it says that no bundle can carry. Pure: syntax tree in, findings out. */
import { findWords } from "./bundle_form.ts";

/** A node of the bundler's syntax tree (ESTree with offsets). */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface FoundImport {
  readonly specifier: string;
  readonly attributes: readonly (readonly [key: string, value: string | undefined])[];
  readonly offset: number;
  /** What is imported of it, by its name there. */
  readonly names: readonly { readonly name: string; readonly offset: number }[];
  /** `export * from`: only possible where the names are known. */
  readonly star: boolean;
}

export interface Refusal {
  readonly offset: number;
  readonly message: string;
}

export interface Findings {
  readonly imports: readonly FoundImport[];
  readonly refusals: readonly Refusal[];
  /** Names that the file itself exports, for texts. */
  readonly exports: readonly string[];
}

/** In no particular order. Walks without recursion: a deep tree must not decide how deep this program's stack gets. */
export function inspectSource(program: Node): Findings {
  const imports: FoundImport[] = [];
  const refusals: Refusal[] = [];
  const exports: string[] = [];
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const message = refusal(node);
    if (message !== undefined) refusals.push({ offset: node.start, message });
    if (isNode(node.source) && node.type !== "ImportExpression") imports.push(readImport(node, node.source));
    if (node.type === "ExportNamedDeclaration") exports.push(...exportedNames(node));
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) { for (const entry of value) if (isNode(entry)) open.push(entry); }
      else if (isNode(value)) open.push(value);
    }
  }
  return { imports, refusals, exports };
}

function refusal(node: Node): string | undefined {
  switch (node.type) {
    case "ImportExpression":
      return "import() is not allowed; write a static import at the top of the file";
    case "MetaProperty":
      return (node.meta as { name?: string }).name === "import"
        ? "import.meta is not allowed; a module has no place of its own: take data from its config or from imports with attributes"
        : undefined;
    case "ImportDeclaration":
      return node.phase === undefined ? undefined : `import ${node.phase} is not allowed; write a plain static import`;
    case "Decorator":
      return "decorators are not allowed; the runtime does not know them";
    case "TaggedTemplateExpression": {
      const quasis = (node.quasi as { quasis: readonly { value: { raw: string } }[] }).quasis;
      const found = quasis.flatMap(({ value }) => findWords(value.raw))[0];
      return found &&
        `the word '${found.word}' in a template with a tag is not allowed; put it in as \${"${found.word}"}`;
    }
  }
}

function readImport(node: Node, source: Node): FoundImport {
  const attributes = (node.attributes as readonly { key: Record<string, unknown>; value: Record<string, unknown> }[])
    .map(
      ({ key, value }) =>
        [String(key.name ?? key.value), typeof value.value === "string" ? value.value : undefined] as const,
    );
  const star = node.type === "ExportAllDeclaration" && node.exported === null;
  return { specifier: String(source.value), attributes, offset: node.start, names: importedNames(node), star };
}

function importedNames({ specifiers = [] }: Node): FoundImport["names"] {
  return (specifiers as readonly Node[]).flatMap((one) => {
    const { name } = (one.imported ?? one.local) as { readonly name?: string };
    if (one.type === "ImportDefaultSpecifier") return [{ name: "default", offset: one.start }];
    const named = one.type === "ImportSpecifier" || one.type === "ExportSpecifier";
    return named && name !== undefined ? [{ name, offset: one.start }] : [];
  });
}

function exportedNames(node: Node): string[] {
  const declaration = node.declaration as { id?: { name?: string }; declarations?: { id: { name?: string } }[] } | null;
  const declared = declaration?.declarations?.map(({ id }) => id.name) ?? [declaration?.id?.name];
  const specified = (node.specifiers as readonly { exported: { name?: string } }[]).map(({ exported }) =>
    exported.name
  );
  return [...declared, ...specified].filter((name) => name !== undefined);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}
