/** TypeScript in, JavaScript out, with the way back. */

export interface Stripped {
  readonly code: string;
  /** From the code to the author's text, as a source map writes it. */
  readonly mappings: string;
}

/** An author's mistake, as the stripper tells it; line and column count from 1. */
export class TypeScriptError extends Error {
  constructor(message: string, readonly line?: number, readonly column?: number) {
    super(message);
  }
}

/** Enums, namespaces and parameter properties are turned into code; types and imports that only name types vanish. */
export async function stripTypes(text: string): Promise<Stripped> {
  // Not at the top: it takes longer to load than all the rest of this folder, which cells that only take the second look import too.
  const { stripTypeScriptTypes } = await import("node:module");
  let answer: string;
  try {
    answer = stripTypeScriptTypes(text, { mode: "transform", sourceMap: true });
  } catch (error) {
    throw readError(error instanceof Error ? error.message : String(error));
  }
  const comment = answer.lastIndexOf("\n//# sourceMappingURL=");
  const map = answer.slice(answer.indexOf("base64,", comment) + "base64,".length);
  const { mappings } = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(map)));
  return { code: answer.slice(0, comment + 1), mappings };
}

/** The stripper puts a frame of the source and a made-up URL with the position below its message. */
function readError(text: string): TypeScriptError {
  const [first = ""] = text.split("\n");
  const place = /stripTypeScriptTypes\.ts:(\d+):(\d+)/.exec(text);
  return new TypeScriptError(first.replace(/^SyntaxError: /, ""), ...(place?.slice(1).map(Number) ?? []));
}
