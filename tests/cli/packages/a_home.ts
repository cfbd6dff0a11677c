/** A home without a host, in which modules have asked for packages, and the operator's command against a registry. */
import { programCommand } from "../../flows/program_command.ts";
import type { NpmRegistry } from "./npm_registry.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export const FOLDER = "runtime/files/package_service";

export class PackagesHome implements AsyncDisposable {
  readonly folder: string;
  readonly registry: NpmRegistry;
  #requests: Record<string, unknown>[] = [];

  constructor(folder: string, registry: NpmRegistry) {
    this.folder = folder;
    this.registry = registry;
  }

  static async make(registry: NpmRegistry): Promise<PackagesHome> {
    const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "h" }));
    await Deno.mkdir(`${folder}/${FOLDER}`, { recursive: true });
    await Deno.mkdir(`${folder}/configs`);
    return new PackagesHome(folder, registry);
  }

  /** As the service would record it; gives the id. */
  async asks(name: string, version: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = (this.#requests.length + 1).toString(16).padStart(8, "0");
    const time = "2026-03-14T09:00:00.000Z";
    this.#requests.push({ id, caller: "notes", name, version, reason: "for a test", time, ...more });
    await Deno.writeTextFile(`${this.folder}/${FOLDER}/requests.json`, JSON.stringify(this.#requests));
    return id;
  }

  packages(...args: string[]): Promise<Said> {
    return packagesCommand(this.folder, this.registry, args);
  }
  async json<T>(...args: string[]): Promise<T> {
    return JSON.parse((await this.packages(...args, "--json")).out);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

export async function packagesCommand(home: string, registry: NpmRegistry, args: readonly string[]): Promise<Said> {
  const { executable, args: before } = programCommand();
  const { code, stdout, stderr } = await new Deno.Command(executable, {
    args: [...before, "packages", ...args, "--home", home],
    env: { NO_COLOR: "1", NPM_CONFIG_REGISTRY: registry.url, DENO_DIR: registry.cache },
    stdin: "null",
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}
