/** Deno's runner says of a test the line that registered it, which would be one of ours. */
import { Script } from "node:vm";

const REGISTER = "((register, test) => register(test))";
const CALL_AT = REGISTER.indexOf("register(test)");

/**
 * Calls `register(test)` so that its caller seems to stand where the author wrote `test(…)`: in a script of that file's name and place. Call it in the function
 * that the author calls; where no such place can be found, the place is the runner's to guess.
 */
export function registerForAuthor<Test>(register: (test: Test) => void, test: Test): void {
  const place = authorPlace(new Error().stack ?? "");
  if (place === undefined) return register(test);
  const { url, line, column } = place;
  const script = new Script(REGISTER, {
    filename: withoutMap(url),
    lineOffset: line - 1,
    columnOffset: column - 1 - CALL_AT,
  });
  script.runInThisContext()(register, test);
}

/** Below the error's message come this file's frame, that of `test`, and the author's. */
function authorPlace(stack: string) {
  const frame = stack.split("\n").filter((line) => /^\s+at /.test(line))[2] ?? "";
  const [, url, line, column] = /(file:\/\/.+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return url === undefined ? undefined : { url, line: Number(line), column: Number(column) };
}

/** The same file under a name for which the runtime has no source map: the place is the author's already. */
function withoutMap(url: string): string {
  return url.replace(/\.([^.]*)$/, "%2E$1");
}
