/** `{{persona}}`, `{{catalog}}` and `{{date}}` in a prompt's text. What is put in is not read again: a persona that writes `{{catalog}}` gets those letters. */
import { fault } from "meta-machine";

export interface PromptParts {
  readonly persona: string;
  readonly catalog: string;
  /** ISO, such as 2026-03-14. */
  readonly date: string;
}

const PLACE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** Refuses a place of another name, so that a slip is not said to the model. */
export function fillTemplate(template: string, parts: PromptParts, file: string): string {
  return template.replaceAll(PLACE, (place, name: string) => {
    if (Object.hasOwn(parts, name)) return parts[name as keyof PromptParts];
    throw fault("invalid_argument", `prompts/${file} has the place ${place.slice(0, 80)}, which nothing fills`, {
      hint: `the places are ${Object.keys(parts).map((known) => `{{${known}}}`).join(", ")}`,
    });
  }).trim();
}

/** Whether the text has a place for the catalog. */
export function hasCatalog(template: string): boolean {
  return [...template.matchAll(PLACE)].some(([, name]) => name === "catalog");
}
