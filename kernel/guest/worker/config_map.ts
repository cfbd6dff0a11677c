import type { Config } from "../sdk/mod.ts";

/** A module's configuration: frozen data with `get`. A key named `get` is reached by `config.get("get")` only. */
export function configMap(own: Readonly<Record<string, unknown>>): Config {
  const data = freezeDeep(own) as Readonly<Record<string, unknown>>;
  const config = Object.create(Object.prototype, {
    get: {
      value: (key: string, fallback?: unknown) => (Object.hasOwn(data, key) ? data[key] : fallback),
    },
  });
  for (const key of Object.keys(data)) {
    if (key !== "get") Object.defineProperty(config, key, { value: data[key], enumerable: true });
  }
  return Object.freeze(config);
}

function freezeDeep(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  for (const key of Object.keys(value)) freezeDeep((value as Record<string, unknown>)[key]);
  return Object.freeze(value);
}
