import type { FolderGrant, Grants, SecretGrant, ServiceGrant } from "../contract/spec.ts";

/**
 * What is asked beyond what is allowed, one text for each entry (`services: database`), in the order of the config's
 * keys; empty when all is within.
 */
export function beyondGrants(asked: Grants, allowed: Grants): readonly string[] {
  const beyond: string[] = [];
  const compare = <K extends Exclude<keyof Grants, "wasm">>(
    key: K,
    tell: (entry: Grants[K][number]) => string,
    within: (entry: Grants[K][number], allowed: Grants[K][number]) => boolean,
  ) => {
    for (const entry of asked[key] as readonly Grants[K][number][]) {
      const others = allowed[key] as readonly Grants[K][number][];
      if (!others.some((other) => within(entry, other))) beyond.push(`${key}: ${tell(entry)}`);
    }
  };
  compare("services", tellService, isServiceWithin);
  compare("net", String, isEqual);
  compare("secrets", tellSecret, isSecretWithin);
  compare("image", ({ root, mode }) => `${root} (${mode})`, (a, b) => isFolderWithin(folderOf(a), folderOf(b)));
  compare("prompts", String, isEqual);
  compare("logs", String, isEqual);
  compare("packages", String, isEqual);
  compare("builtins", String, isEqual);
  compare("listen", String, isEqual);
  compare("folders", ({ path, mode }) => `${path} (${mode})`, isFolderWithin);
  compare("kernel", String, isEqual);
  if (asked.wasm && !allowed.wasm) beyond.push("wasm: true");
  return beyond;
}

function isEqual(asked: string, allowed: string): boolean {
  return asked === allowed;
}

function tellService({ api, methods, aspects }: ServiceGrant): string {
  const only = [methods && `methods ${methods.join(", ")}`, aspects && `aspects ${aspects.join(", ")}`].filter(Boolean);
  return only.length === 0 ? api : `${api} (${only.join("; ")})`;
}

function tellSecret(secret: SecretGrant): string {
  return "host" in secret ? `${secret.env} as ${secret.header} for ${secret.host}` : secret.env;
}

/** One allowed entry has to cover the whole asked one: two halves never make a whole that nobody wrote. */
function isServiceWithin(asked: ServiceGrant, allowed: ServiceGrant): boolean {
  const covers = allowed.api.endsWith("/*")
    ? asked.api.startsWith(allowed.api.slice(0, -1))
    : asked.api === allowed.api;
  return covers && areNamesWithin(asked.methods, allowed.methods) && areNamesWithin(asked.aspects, allowed.aspects);
}

function areNamesWithin(asked: readonly string[] | undefined, allowed: readonly string[] | undefined): boolean {
  if (allowed === undefined) return true;
  return asked !== undefined && asked.every((name) => allowed.includes(name));
}

function isSecretWithin(asked: SecretGrant, allowed: SecretGrant): boolean {
  const bound = (grant: SecretGrant) => "host" in grant ? `${grant.host} ${grant.header}` : "";
  return asked.env === allowed.env && bound(asked) === bound(allowed);
}

function isFolderWithin(asked: FolderGrant, allowed: FolderGrant): boolean {
  const inside = allowed.path === "." || asked.path === allowed.path || asked.path.startsWith(`${allowed.path}/`);
  return inside && (allowed.mode === "rw" || asked.mode === "r");
}

function folderOf({ root, mode }: Grants["image"][number]): FolderGrant {
  return { path: root, mode };
}
