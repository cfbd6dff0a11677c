import { registerHooks } from "node:module";
import { defineProperty, deleteProperty, ownKeys, SafeMap, startsWith } from "./primordials.ts";

/** The only door for imports in this Worker: what was handed in, and nothing once it is closed. */
export interface ImportGate {
  /** Makes a text importable under a name, and under `lib:` before it. */
  offer(name: string, text: string): void;
  /** Evaluates an offered text. */
  take(name: string): Promise<Record<string, unknown>>;
  /** Offers and evaluates a module whose exports are `values`: the one way in for functions of the host. */
  takeValues(name: string, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** From now on every import is refused. */
  close(): void;
  /** Evaluates one more text after `close`; nothing else gets through meanwhile. */
  takeLate(name: string, text: string): Promise<Record<string, unknown>>;
}

const LIBRARY = "lib:";
/** Where exports of a synthetic module wait for the moment of its evaluation; gone before module code runs. */
const HANDOVER = "\0take";

/**
 * Static imports of `node:` names do not pass here: the loader has refused them. Nothing may get past this hook to the runtime's own loader, which in a
 * compiled binary asks for no permission whatever it reads.
 */
export function openImportGate(): ImportGate {
  const offered = new SafeMap<string, string>();
  let open = true;

  registerHooks(
    {
      resolve(specifier: string) {
        const url = urlOf(specifier);
        if (!offered.has(url) || (!open && url !== late)) {
          throw new TypeError(`import of '${specifier}' is not allowed`);
        }
        return { url, format: "module", shortCircuit: true };
      },
      load(url: string) {
        const source = offered.get(url);
        if (source === undefined) throw new TypeError(`import of '${url}' is not allowed`);
        return { format: "module", source, shortCircuit: true };
      },
    } as Parameters<typeof registerHooks>[0],
  );

  let late: string | undefined;
  const take = (name: string) => import(urlOf(name));
  return {
    offer: (name, text) => void offered.set(urlOf(name), text),
    take,
    async takeValues(name, values) {
      offered.set(urlOf(name), handoverText(values));
      defineProperty(globalThis, HANDOVER, { value: values, configurable: true });
      try {
        await take(name);
      } finally {
        deleteProperty(globalThis, HANDOVER);
      }
    },
    close() {
      open = false;
    },
    async takeLate(name, text) {
      late = urlOf(name);
      offered.set(late, text);
      try {
        return await take(name);
      } finally {
        late = undefined;
      }
    },
  };
}

/** A name with a scheme of its own (`plugin:`, `lib:`) stands for itself. */
function urlOf(name: string): string {
  return startsWith(name, LIBRARY) || startsWith(name, "plugin:") ? name : LIBRARY + name;
}

/** Quoted export names admit every word, `catch` and `function` too. */
function handoverText(values: Readonly<Record<string, unknown>>): string {
  let text = `const values = globalThis[${JSON.stringify(HANDOVER)}];\n`;
  const names = ownKeys(values).filter((key) => typeof key === "string");
  for (let i = 0; i < names.length; i++) {
    const name = JSON.stringify(names[i]);
    text += `const _${i} = values[${name}]; export { _${i} as ${name} };\n`;
  }
  return text;
}
