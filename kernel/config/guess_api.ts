import { type ApiName, isApiName } from "../contract/names.ts";
import { deriveNames } from "./derive_names.ts";

/**
 * Which api a file means that cannot be read as a whole: the `api:` line of its text, else its path. Only for telling
 * whose config is broken, so that what ran of it keeps running; a config that can be read says it itself.
 */
export function guessApi(file: string, text = ""): ApiName | undefined {
  const line = /^api[ \t]*:[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]+))/m.exec(text);
  const api = line?.[1] ?? line?.[2] ?? line?.[3] ?? deriveNames(file).path;
  return isApiName(api) ? api : undefined;
}
