/** An answer that has to fit a JSON Schema: what the server is told, and what is checked here all the same. */
import { fault } from "meta-machine";
import { misfit } from "./parse_chat.ts";

type Schema = Readonly<Record<string, unknown>>;

/** The part of the package `@cfworker/json-schema` that is used here. */
export interface SchemaLibrary {
  readonly Validator: new (schema: Schema, draft: string, short_circuit: boolean) => {
    validate(
      value: unknown,
    ): {
      readonly valid: boolean;
      readonly errors: readonly { readonly instanceLocation: string; readonly error: string }[];
    };
  };
}

/** The value, or what is wrong with it, in words for a model and a person. */
export type Checked = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly wrong: string };

/** Refuses a schema that can't be used. */
export function answerChecker(schema: Schema, library: SchemaLibrary | undefined): (text: string) => Checked {
  if (library === undefined) {
    throw fault("denied", "this module may not check answers against a schema", {
      hint: 'add to its config: grants: {packages: [openai, "@cfworker/json-schema"]}',
    });
  }
  const validator = new library.Validator(schema, "2020-12", false);
  try {
    validator.validate(null);
  } catch (error) {
    throw misfit(
      `schema can't be used: ${(error as Error).message.slice(0, 200)}`,
      "pass a JSON Schema whose $refs are within it",
    );
  }
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(bare(text));
    } catch {
      return { ok: false, wrong: `it is no JSON: ${JSON.stringify(text.slice(0, 80))}` };
    }
    const { valid, errors } = validator.validate(value);
    return valid ? { ok: true, value } : { ok: false, wrong: describe(errors) };
  };
}

/** Keys of a request that asks for such an answer. */
export function schemaRequest(schema: Schema): Record<string, unknown> {
  return { response_format: { type: "json_schema", json_schema: { name: "answer", schema } } };
}

/** What a model is told whose answer did not fit. */
export function repairMessage(wrong: string): { readonly role: "user"; readonly content: string } {
  return { role: "user", content: `This does not fit the schema: ${wrong}. Answer again, with the JSON alone.` };
}

export function misfitFault(wrong: string): Error {
  return fault("conflict", `the model's answer does not fit the schema, also not at the second try: ${wrong}`, {
    retriable: true,
    hint: "ask again, describe the fields in the schema, or take a larger model",
  });
}

const MOST_PATHS = 5;

/** The innermost of each path: those above only say that something below them is wrong. */
function describe(errors: readonly { readonly instanceLocation: string; readonly error: string }[]): string {
  const inner = errors.filter(({ instanceLocation: at }, i) =>
    !errors.some((other, j) => j !== i && other.instanceLocation.startsWith(`${at}/`))
  );
  const told = new Map(
    (inner.length > 0 ? inner : errors).toReversed().map(({ instanceLocation, error }) => [instanceLocation, error]),
  );
  const paths = [...told].slice(0, MOST_PATHS).map(([at, error]) =>
    `"${pathOf(at)}": ${error.slice(0, 200).replace(/\.$/, "")}`
  );
  return [...paths, ...told.size > MOST_PATHS ? [`and ${told.size - MOST_PATHS} more`] : []].join("; ");
}

function pathOf(location: string): string {
  return location.replace(/^#\/?/, "").replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~") || "the answer";
}

/** Some models put a fence around what should stand alone. */
function bare(text: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text)?.[1] ?? text;
}
