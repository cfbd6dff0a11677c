const MOST_NAMES = 12;

/** The params of a tool in a line: `title: string, count?: integer`. */
export function describeParams(schema: Readonly<Record<string, unknown>>): string {
  const properties = isMap(schema["properties"]) ? Object.entries(schema["properties"]) : [];
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const shown = properties.slice(0, MOST_NAMES).map(([name, one]) =>
    `${name}${required.includes(name) ? "" : "?"}: ${typeWord(one)}`
  );
  if (properties.length > MOST_NAMES) shown.push("…");
  if (properties.length === 0 && schema["additionalProperties"] !== false) shown.push("any map");
  return shown.join(", ");
}

function typeWord(schema: unknown): string {
  if (!isMap(schema)) return "anything";
  if (Array.isArray(schema["enum"])) return schema["enum"].map((one) => JSON.stringify(one)).join(" | ");
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const choices = ["anyOf", "oneOf"].flatMap((key) => Array.isArray(schema[key]) ? schema[key] as unknown[] : []);
  if (choices.length > 0) return choices.map(typeWord).join(" | ");
  const { type, items } = schema;
  if (Array.isArray(type)) return type.join(" | ");
  if (type === "array") return items === undefined ? "list" : `list of ${typeWord(items)}`;
  return typeof type === "string" ? type : "anything";
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
