/** One word, sign or value of a text of SQL, as PostgreSQL reads it. */
export interface Token {
  readonly kind: "word" | "quoted" | "text" | "param" | "placeholder" | "semicolon" | "unicode" | "other";
  /** A word in lower case, a quoted name as it is meant, anything else as it stands. */
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

// In PostgreSQL's own words, standard_conforming_strings being on. A quote or comment that nobody closes goes on to the end, and the server refuses it.
const TOKEN = new RegExp(
  [
    String.raw`(?<space>[ \t\n\r\f\v]+|--[^\n\r]*)`,
    String.raw`(?<comment>\/\*)`,
    String.raw`(?<unicode>[uU]&")`,
    String.raw`(?<escaped>[eE]'(?:[^'\\]|\\[^]|'')*'?)`,
    String.raw`(?<text>'(?:[^']|'')*'?)`,
    String.raw`(?<quoted>"(?:[^"]|"")*"?)`,
    String.raw`(?<dollar>\$(?<tag>(?:[A-Za-z_\u0080-\u{10FFFF}][\w\u0080-\u{10FFFF}]*)?)\$)`,
    String.raw`(?<param>\$\d+)`,
    String.raw`(?<word>[A-Za-z_\u0080-\u{10FFFF}][\w$\u0080-\u{10FFFF}]*)`,
    String.raw`(?<number>\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?)`,
    String.raw`(?<semicolon>;)`,
    String.raw`(?<operator>@@?\?|\?[|&](?![|&])|\?)`,
    String.raw`(?<other>[^])`,
  ].join("|"),
  "uy",
);

/** Takes a text apart. White space and comments are left out. */
export function scanPostgres(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    TOKEN.lastIndex = at;
    const { 0: found, groups = {} } = TOKEN.exec(sql)!;
    const end = groups["comment"] !== undefined
      ? endOfComment(sql, at)
      : groups["dollar"] !== undefined
      ? endOfDollar(sql, at, groups["dollar"])
      : at + found.length;
    const token = meaning(sql.slice(at, end), groups);
    if (token !== undefined) tokens.push({ ...token, at, end });
    at = end;
  }
  return tokens;
}

type Groups = Readonly<Record<string, string | undefined>>;

function meaning(found: string, groups: Groups): Pick<Token, "kind" | "value"> | undefined {
  if (groups["space"] !== undefined || groups["comment"] !== undefined) return undefined;
  if (groups["word"] !== undefined) {
    return {
      kind: "word",
      value: found.replace(/[A-Z]+/g, (word) => word.toLowerCase()),
    };
  }
  if (groups["quoted"] !== undefined) {
    return { kind: "quoted", value: found.slice(1, -1).replaceAll('""', '"') };
  }
  const kind = groups["unicode"] !== undefined
    ? "unicode"
    : groups["escaped"] !== undefined || groups["text"] !== undefined || groups["dollar"] !== undefined
    ? "text"
    : groups["param"] !== undefined
    ? "param"
    : groups["semicolon"] !== undefined
    ? "semicolon"
    : groups["operator"] === "?"
    ? "placeholder"
    : "other";
  return { kind, value: found };
}

/** Comments stand in one another. */
function endOfComment(sql: string, at: number): number {
  let depth = 0;
  for (const { 0: mark, index } of sql.slice(at).matchAll(/\/\*|\*\//g)) {
    depth += mark === "/*" ? 1 : -1;
    if (depth === 0) return at + index + 2;
  }
  return sql.length;
}

function endOfDollar(sql: string, at: number, mark: string): number {
  const end = sql.indexOf(mark, at + mark.length);
  return end === -1 ? sql.length : end + mark.length;
}

/** The statements of a text, each as its tokens. Empty ones are left out. */
export function statementsOf(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "semicolon") statements.push([]);
    else statements.at(-1)!.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
