/** What a module's config asks for, one line each, and what that means for who runs it. */
import type { Builtin, Grants, KernelGrant, ServiceGrant } from "../../contract/spec.ts";

export interface Ask {
  /** The key below `grants`. */
  readonly grant: keyof Grants;
  readonly what: string;
  /** What it can do with that, or why it is harmless. */
  readonly why: string;
}

/** In the order of what to look at first: ways out of the host, then powers of its own, then everything else. */
export function explainGrants(grants: Grants): readonly Ask[] {
  const ask = (grant: keyof Grants, what: string, why: string): Ask => ({ grant, what, why });
  const direct = grants.builtins.some((name) => name === "node:net" || name === "node:tls" || name === "node:dns");
  return [
    ...grants.net.map((to) =>
      ask("net", `${direct ? "sockets and fetch" : "fetch"} to ${to}`, "can send there whatever it knows")
    ),
    ...grants.listen.map((at) => ask("listen", `serves at ${at}`, "whoever reaches this address talks to the module")),
    ...grants.folders.map(({ path, mode }) =>
      ask(
        "folders",
        `${mode === "r" ? "reads" : "reads and writes"} ${path === "." ? "the whole home" : path}`,
        "by itself, past the filesystem service and its rules",
      )
    ),
    ...grants.secrets.map((secret) =>
      "host" in secret
        ? ask(
          "secrets",
          `${secret.env} as ${secret.header} for ${secret.host}`,
          "added outside the module, which never sees it",
        )
        : ask("secrets", `reads the variable ${secret.env}`, "can hand it to every service and address above and below")
    ),
    ...grants.services.map((service) => ask("services", wordsOf(service), serviceWhy(service))),
    ...grants.kernel.map((name) => ask("kernel", `kernel.${name}`, KERNEL_WHY[name])),
    ...grants.builtins.map((name) => ask("builtins", `imports ${name}`, BUILTIN_WHY[name])),
    ...grants.image.map(({ root, mode }) =>
      ask(
        "image",
        `${mode === "r" ? "reads" : "reads and changes"} '${root}' of the living image`,
        "state that other modules may share",
      )
    ),
    ...grants.logs.map((name) =>
      ask("logs", `reads and appends to the journal ${name}`, "what others wrote there, it sees")
    ),
    ...grants.prompts.map((name) => ask("prompts", `reads prompts/${name}`, "text only; it can't change it")),
    ...grants.packages.map((name) =>
      ask("packages", `imports ${name}`, "runs inside the module's own fence: no power is added")
    ),
    ...grants.wasm ? [ask("wasm", "compiles WebAssembly", "code that nobody can read; the fence is the same")] : [],
  ];
}

function wordsOf({ api, methods, aspects }: ServiceGrant): string {
  const which = methods === undefined ? "every method" : methods.join(", ");
  return `calls ${which} of ${api}${aspects === undefined ? "" : ` (aspects ${aspects.join(", ")})`}`;
}

function serviceWhy({ api }: ServiceGrant): string {
  const many = api.endsWith("/*") ? "also services that are added later; " : "";
  if (api === "filesystem") return `${many}its own folder, and what the service's config lends to it`;
  if (api === "database") return `${many}its own tables, and those that the service's config lends to it`;
  return `${many}what it passes, the service knows; what the service gives, it knows`;
}

const KERNEL_WHY: Readonly<Record<KernelGrant, string>> = {
  image: "reaches the living image",
  status: "sees all modules with their figures",
  events: "sees what happens to all modules",
  reload: "can reload any module, as often as it likes",
  propose: "can propose changes of configs and sources; nothing happens until somebody adopts them",
  shadow: "can run a proposal beside what runs",
  route_share: "can send a part of a module's calls to a proposal",
  adopt: "can put a proposal into effect: code and grants of others",
  rollback: "can undo what was adopted",
  order: "can order jobs of the host",
  tools: "lets models call tools in the name of whom it serves, as far as he may",
  bearer: "acts for whoever shows it a token, as far as that one may",
};

const BUILTIN_WHY: Readonly<Record<Builtin, string>> = {
  "node:sqlite": "databases in the folders above, nowhere else",
  "node:net": "TCP of its own to the addresses above",
  "node:tls": "TLS of its own to the addresses above",
  "node:dns": "asks for names: a name can carry a message",
  "node:crypto": "computes; no power is added",
  "node:events": "no power is added",
  "node:util": "no power is added",
  "node:stream": "no power is added",
  "node:buffer": "no power is added",
  "serve": "answers at the addresses above",
  "files": "files in the folders above, nowhere else",
};
