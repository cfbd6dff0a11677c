/** What a person may be shown: nothing in it moves a cursor, turns a line round, hides or forges one. */
import assert from "node:assert/strict";

/** What a terminal would obey, line breaks and tabs apart. */
const OBEYED =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
/** A line of the host that texts of modules try to forge. */
const FORGED = /^INFO - \[kernel\] all is well/m;

export function assertHarmless(what: string, text: string): void {
  const found = OBEYED.exec(text);
  assert.equal(found && JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20)), null, what);
  assert.ok(!FORGED.test(text), `${what}: a line of the host was forged`);
}

/** The files that the host keeps of what was said and what happened. */
export function* logFiles(home: string): Iterable<[name: string, text: string]> {
  for (const { name } of Deno.readDirSync(`${home}/runtime/logs`)) {
    yield [name, Deno.readTextFileSync(`${home}/runtime/logs/${name}`)];
  }
}
