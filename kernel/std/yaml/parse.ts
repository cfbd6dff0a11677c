import type { Document } from "yaml";
import { LineCounter, parseDocument } from "./library.ts";
import { checkNodes } from "./check_nodes.ts";
import { SCHEMA } from "./schema.ts";
import { YamlSyntaxError } from "./yaml_syntax_error.ts";

/** What a caller may set for {@linkcode parse}. */
export interface ParseOptions {
  /** How many aliases a text may hold. Default 100. Harm prevented: a few lines that unfold to gigabytes. */
  readonly maxAliasCount?: number;
}

/**
 * Reads one YAML document into plain data; an empty text is `null`.
 * Throws `YamlSyntaxError` for broken text, a key given twice, an unknown tag or anchor, a key that is a list or a
 * map, a value that holds itself, a second document, and too many aliases.
 */
export function parse(text: string, { maxAliasCount = 100 }: ParseOptions = {}): unknown {
  const lines = new LineCounter();
  const refuse = (reason: string, offset = 0): never => {
    const { line, col } = lines.linePos(offset);
    throw new YamlSyntaxError(reason, { line: Math.max(line, 1), column: Math.max(col, 1) });
  };
  try {
    // Errors must not quote the text (prettyErrors would): a config can hold what no log should.
    const doc = parseDocument(text, { ...SCHEMA, lineCounter: lines, prettyErrors: false, logLevel: "error" });
    const problem = doc.errors[0] ?? doc.warnings[0];
    if (problem) refuse(explain(problem), problem.pos[0]);
    checkNodes(doc, maxAliasCount, refuse);
    // The package counts the anchored node itself as one use; it also counts aliases inside aliases.
    return doc.toJS({ maxAliasCount: maxAliasCount + 1 });
  } catch (error) {
    if (error instanceof RangeError) return refuse(TOO_DEEP);
    if (error instanceof ReferenceError) return refuse(`More than ${maxAliasCount} aliases once they are unfolded`);
    throw error;
  }
}

const TOO_DEEP = "The text is nested too deeply";

function explain({ code, message }: Document.Parsed["errors"][number] | Document.Parsed["warnings"][number]): string {
  if (code === "MULTIPLE_DOCS") return "Found a second document, expected one";
  // The package catches its own full stack and hands it on as an error of the text.
  return /call stack/.test(message) ? TOO_DEEP : message;
}
