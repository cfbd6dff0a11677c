/** Plain data as JSON text that is safe to show. */
import type { Plain } from "../contract/plain.ts";
import { plainToJson } from "../primitives/plain_to_json.ts";
import { visibleJson } from "../primitives/visible_json.ts";

/** Takes plain data; anything else is a defect. Indented for a document, on one line for JSON Lines. */
export function jsonText(value: unknown, form: "document" | "line"): string {
  return visibleJson(JSON.stringify(plainToJson(value as Plain), null, form === "document" ? 2 : 0));
}
