/** Schemas of libraries as https://standardschema.dev describes them: zod is one. Recognised by their shape, so that nothing is imported for them. */

/** A schema that checks a value and may change it (defaults, transforms). */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardOutcome<Output> | Promise<StandardOutcome<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What `validate` gives: the value as it is to be used, or what is wrong with it. */
export type StandardOutcome<Output = unknown> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One complaint. Without a path it is about the whole. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema makes of a value it admits. */
export type OutputOf<Schema extends StandardSchema> = NonNullable<Schema["~standard"]["types"]>["output"];

/** How params of such a schema are parsed. */
export type ParseParams = (value: unknown) => StandardOutcome | Promise<StandardOutcome>;

/** A schema as a tool needs it. */
export interface ReadSchema {
  /** JSON Schema of what it takes, not of what it makes. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly parse: ParseParams;
}

/** `getAspect` makes its tools for each call: a schema is converted once. */
const known = new WeakMap<object, ReadSchema>();

/** What a tool needs of a schema; undefined for what is no such schema. Throws when it can't be shown to a model. */
export function readStandardSchema(value: object): ReadSchema | undefined {
  const read = known.get(value) ?? convert(value);
  if (read !== undefined) known.set(value, read);
  return read;
}

function convert(value: object): ReadSchema | undefined {
  const props = (value as Record<string, unknown>)["~standard"] as Partial<Convertible> | undefined;
  if (typeof props !== "object" || props === null || typeof props.validate !== "function") return undefined;
  const { validate, jsonSchema, vendor } = props;
  if (typeof jsonSchema?.input !== "function") {
    throw new TypeError(
      `tool(): params is a schema of ${vendor}, which doesn't give its JSON Schema; use one of zod: import { z } from "zod"`,
    );
  }
  try {
    const { $schema: _, ...json } = jsonSchema.input({ target: "draft-2020-12" });
    return { json, parse: (params) => validate(params) };
  } catch (error) {
    const why = error instanceof Error ? error.message : "it threw";
    throw new TypeError(
      `tool(): params has no JSON Schema, which a model needs: ${why}; take what JSON has, and .transform() it`,
    );
  }
}

interface Convertible {
  readonly vendor: unknown;
  readonly validate: (value: unknown) => StandardOutcome | Promise<StandardOutcome>;
  readonly jsonSchema: { readonly input: (options: { target: string }) => Record<string, unknown> };
}
