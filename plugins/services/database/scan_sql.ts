/** What a text of SQL holds, as far as one must know before SQLite sees it. */
export interface SqlScan {
  /** Statements that are more than white space and comments. */
  readonly statements: number;
  /** `?` outside of quotes and comments. */
  readonly placeholders: number;
  /** The first placeholder of another kind: `:name`, `@name`, `$name`, `?1`. */
  readonly named?: string;
  /** The statements, each as it stands, without the `;` behind it. */
  readonly parts: string[];
}

// In SQLite's own words; a comment or a quote that nobody closes goes on to the end. A doubled quote reads as two texts side by side, which counts the same.
const TOKEN =
  /(?<space>[ \t\n\v\f\r\u{FEFF}]+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<semicolon>;)|(?<placeholder>\?(?!\d))|(?<named>\?\d+|[:@$][\w$\u{80}-\u{10FFFF}]+)|'[^']*'?|"[^"]*"?|`[^`]*`?|\[[^\]]*\]?|(?<word>[\w$\u{80}-\u{10FFFF}]+)|[^]/guy;

/**
 * Counts statements and placeholders. The semicolons inside CREATE TRIGGER … END are told apart as SQLite's own shell does: such a
 * statement ends at the `;` after an END that itself follows a `;`.
 */
export function scanSql(sql: string): SqlScan {
  let statements = 0;
  let placeholders = 0;
  let named: string | undefined;
  /** The words and `;` of the current statement: its head tells a trigger, its tail the end of one. */
  let head: string[] = [];
  let tail: [string, string] = ["", ""];
  const parts: string[] = [];
  let begun: number | undefined;
  for (const { 0: text, index, groups = {} } of sql.matchAll(TOKEN)) {
    if (groups["space"] !== undefined) continue;
    if (groups["semicolon"] !== undefined) {
      const inTrigger = isTrigger(head) && !(tail[0] === ";" && tail[1] === "END");
      tail = [tail[1], ";"];
      if (inTrigger) continue;
      head = [];
      if (begun !== undefined) parts.push(sql.slice(begun, index).trimEnd());
      begun = undefined;
      continue;
    }
    if (groups["placeholder"] !== undefined) placeholders++;
    named ??= groups["named"];
    if (head.length === 0) statements++;
    begun ??= index;
    const token = groups["word"] === undefined ? "," : text.toUpperCase();
    if (head.length < 6) head.push(token);
    tail = [tail[1], token];
  }
  if (begun !== undefined) parts.push(sql.slice(begun).trimEnd());
  return { statements, placeholders, parts, ...(named !== undefined && { named }) };
}

function isTrigger(head: readonly string[]): boolean {
  return /^(EXPLAIN (QUERY PLAN )?)?CREATE (TEMP |TEMPORARY )?TRIGGER( |$)/.test(head.join(" "));
}
