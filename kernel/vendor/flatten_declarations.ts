import { dirname, resolve } from "node:path";
import ts from "typescript";

/** Declarations by file, and where those that are somebody else's to declare come from: path of a door → the name it is imported by. A package's are its own. */
export interface FlattenOrder {
  readonly files: ReadonlyMap<string, string>;
  readonly entry: string;
  readonly doors: ReadonlyMap<string, string>;
}

type Found = { readonly kind: "own"; readonly path: string; readonly name: string } | {
  readonly kind: "door";
  readonly from: string;
  readonly name: string;
};

/**
 * One self-contained text: what the entry exports, and of everything else just what that mentions. Refuses two declarations of one name, and a
 * name that is imported under another: either would have to be renamed.
 */
export function flattenDeclarations({ files, entry, doors }: FlattenOrder): string {
  const parsed = new Map<string, ParsedFile>();
  const parse = (path: string): ParsedFile => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${entry} reaches ${path}, which was not declared`);
    const known = parsed.get(path) ?? parseFile(path, text);
    parsed.set(path, known);
    return known;
  };
  /** Where a name that stands in a file is declared; undefined for a global one. */
  const find = (path: string, name: string): Found | undefined => {
    const file = parse(path);
    if (file.declared.has(name)) return { kind: "own", path, name };
    const link = file.links.get(name);
    if (link === undefined) return undefined;
    const door = link.path.startsWith("/") ? doors.get(link.path) : link.path;
    if (door !== undefined) return { kind: "door", from: door, name: link.name };
    if (link.name !== name) throw new Error(`${path} imports '${link.name}' as '${name}': give it one name`);
    return find(link.path, name);
  };

  const owners = new Map<string, string>();
  const borrowed = new Map<string, Set<string>>();
  const texts: string[] = [];
  const include = (found: Found): void => {
    if (found.kind === "door") {
      borrowed.set(found.from, (borrowed.get(found.from) ?? new Set()).add(found.name));
      return;
    }
    const { path, name } = found;
    const owner = owners.get(name);
    if (owner === path) return;
    if (owner !== undefined) throw new Error(`'${name}' is declared by ${owner} and ${path}: rename one`);
    owners.set(name, path);
    for (const { text, mentions } of parse(path).declared.get(name)!) {
      for (const mentioned of mentions) {
        const target = find(path, mentioned);
        if (target !== undefined) include(target);
      }
      texts.push(text);
    }
  };

  const names = parse(entry).exported;
  for (const name of names) {
    const found = find(entry, name);
    if (found === undefined) throw new Error(`${entry} exports '${name}', which is declared nowhere`);
    include(found);
  }
  const imports = [...borrowed].map(([from, set]) => `import { ${[...set].sort().join(", ")} } from "${from}";\n`);
  return `${imports.join("")}${texts.join("\n")}\nexport { ${[...names].sort().join(", ")} };\n`;
}

interface ParsedFile {
  readonly declared: ReadonlyMap<string, readonly { readonly text: string; readonly mentions: readonly string[] }[]>;
  /** Names that come from elsewhere: a file, or a name that is imported. */
  readonly links: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
  readonly exported: readonly string[];
}

function parseFile(path: string, text: string): ParsedFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const declared = new Map<string, { text: string; mentions: readonly string[] }[]>();
  const links = new Map<string, { path: string; name: string }>();
  const exported: string[] = [];
  const link = (specifier: ts.Expression, { name, propertyName }: ts.ImportSpecifier | ts.ExportSpecifier) => {
    const { text } = specifier as ts.StringLiteral;
    links.set(name.text, {
      path: text.startsWith(".") ? resolve(dirname(path), text) : text,
      name: (propertyName ?? name).text,
    });
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (bindings && ts.isNamedImports(bindings)) {
        bindings.elements.forEach((one) => link(statement.moduleSpecifier, one));
      }
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) continue;
      for (const one of statement.exportClause.elements) {
        exported.push(one.name.text);
        if (statement.moduleSpecifier) link(statement.moduleSpecifier, one);
      }
    } else {
      const isExported = ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      for (const name of namesOf(statement)) {
        if (isExported && !exported.includes(name)) exported.push(name);
        const one = { text: plainText(statement, source), mentions: mentionsOf(statement) };
        declared.set(name, [...declared.get(name) ?? [], one]);
      }
    }
  }
  return { declared, links, exported };
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => (name as ts.Identifier).text);
  }
  const { name } = statement as ts.Statement & { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

/** Its comment stays; what is exported is said once, at the end. */
function plainText(statement: ts.Statement, source: ts.SourceFile): string {
  const comments = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
  const doc = comments.filter(({ pos }) => source.text.startsWith("/**", pos)).at(-1);
  const text = statement.getText(source).replace(/^export (?=declare |interface |type )/, "");
  return doc === undefined ? text : `${source.text.slice(doc.pos, doc.end)}\n${text}`;
}

/** Names of types and values that a declaration leans on. Names of its own members are none. */
function mentionsOf(statement: ts.Statement): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) found.add(leftmost(node.typeName));
    else if (ts.isTypeQueryNode(node)) found.add(leftmost(node.exprName));
    else if (ts.isExpressionWithTypeArguments(node) && ts.isIdentifier(node.expression)) {
      found.add(node.expression.text);
    } else if (ts.isComputedPropertyName(node) && ts.isIdentifier(node.expression)) found.add(node.expression.text);
    else if (ts.isImportTypeNode(node)) throw new Error(`an import(…) in a type can't be flattened: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return [...found];
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}
