/**
 * The one form that a bundle may have: lines of static imports, a body, one line that exports `Module`, one comment with the source map.
 * In the body the words `import` and `export` do not occur at all, not even in texts and comments (hide_words.ts): so the claim "nothing
 * else is imported" needs no parser to check, and no parser's mistake about where a regular expression ends can hide an import.
 */

export interface BundleForm {
  /** What the lines at the top import. */
  readonly imports: readonly string[];
  /** Where the body begins and ends in the code. */
  readonly start: number;
  readonly end: number;
}

/** At the front of a bundle; sticky, so that nothing stands between two lines. */
const IMPORT_LINE = /import (?:[\p{L}\p{N}_$*{}, ]+ from )?'([^'"`\\\s]+)';\n/uy;
const EXPORT_LINE = /\nexport \{ (?:[\p{L}\p{N}_$]+ as )?Module \};\n$/u;
const MAP_COMMENT = /\/\/# sourceMappingURL=data:application\/json;base64,[A-Za-z0-9+/=]*\n?$/;

/**
 * The words that make an import or an export, wherever they stand. `#import` is a private name; no keyword can follow a letter or a digit,
 * and an escaped keyword is none.
 */
const WORD = /(?<![\w$#])(?:import|export)(?![\w$])/g;

/** Undefined when the code does not end as a bundle ends. */
export function readForm(code: string): BundleForm | undefined {
  const imports: string[] = [];
  let start = 0;
  for (;;) {
    IMPORT_LINE.lastIndex = start;
    const line = IMPORT_LINE.exec(code);
    if (line === null) break;
    imports.push(line[1]!);
    start = IMPORT_LINE.lastIndex;
  }
  const map = MAP_COMMENT.exec(code)?.index ?? code.length;
  const end = EXPORT_LINE.exec(code.slice(0, map))?.index;
  return end === undefined || end < start ? undefined : { imports, start, end };
}

/** Where the two words stand in a text. */
export function findWords(text: string): { readonly word: string; readonly at: number }[] {
  return Array.from(text.matchAll(WORD), (match) => ({ word: match[0], at: match.index }));
}
