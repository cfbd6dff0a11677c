import type { LoadOrder } from "../../contract/wire.ts";

/** Permissions of a module's Worker, exactly what was granted; `none` for nearly all modules. */
export type WorkerPermissions = "none" | {
  readonly read: string[];
  readonly write: string[];
  /** `true`: any address. */
  readonly net: string[] | true;
};

/** Builtins with which a module opens its own connections; without them `grants.net` means fetch, which is another module's. */
const NET_BUILTINS: ReadonlySet<string> = new Set(["node:net", "node:tls", "node:dns"]);

/** What the order grants as the Worker's own permissions. Folders lie below the home; a path that leaves it is refused. */
export function workerPermissions(order: LoadOrder): WorkerPermissions {
  const read = order.folders.map(({ path }) => belowHome(order.home, path));
  const write = order.folders.filter(({ mode }) => mode === "rw").map(({ path }) => belowHome(order.home, path));
  const net = [...order.builtins.some((name) => NET_BUILTINS.has(name)) ? order.net : [], ...order.listen];
  if (order.any_net) return { read, write, net: true };
  return read.length + net.length === 0 ? "none" : { read, write, net };
}

function belowHome(home: string, path: string): string {
  if (path === ".") return home;
  if (path.startsWith("/") || path.split("/").some((part) => part === "..")) {
    throw new Error(`the folder '${path}' is not below the home`);
  }
  return `${home}/${path}`;
}
