import { decodeMappings, originOf } from "../../primitives/source_map.ts";
import { read } from "./describe_error.ts";

const NativeSyntaxError = SyntaxError;
const MAP_COMMENT = "\n//# sourceMappingURL=data:application/json;base64,";

/**
 * V8 says of a syntax error where it stands in the bundle. Its author gets the place in the file that was written, by the bundle's own map; no place where
 * the map has none, since that of the bundle would only mislead. Gives anything else back as it is; never throws, whatever was thrown.
 */
export function atAuthorsPlace(thrown: unknown, url: string, code: string): unknown {
  try {
    if (!(thrown instanceof NativeSyntaxError)) return thrown;
    const told = /^(.*) at (plugin:.*):(\d+):(\d+)$/s.exec(String(read(thrown, "message")));
    if (told === null || told[2] !== url) return thrown;
    const place = authorsPlace(code, Number(told[3]) - 1, Number(told[4]) - 1);
    return new NativeSyntaxError(place === undefined ? told[1] : `${told[1]} at ${place}`);
  } catch {
    return thrown;
  }
}

function authorsPlace(code: string, line: number, column: number): string | undefined {
  const comment = code.lastIndexOf(MAP_COMMENT);
  if (comment === -1) return undefined;
  const bytes = Uint8Array.fromBase64(code.slice(comment + MAP_COMMENT.length).trim());
  const { sources, mappings } = JSON.parse(new TextDecoder().decode(bytes));
  const origin = originOf(decodeMappings(mappings), line, column);
  return origin && `${sources[origin.source]}:${origin.line + 1}:${origin.column + 1}`;
}
