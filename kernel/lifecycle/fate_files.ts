/** Fates as files in one folder, one for each api that has failed (`/` in an api written as `.`). */
import { type ApiName, isApiName } from "../contract/names.ts";
import type { Files } from "../contract/powers.ts";
import { RunSerial } from "../primitives/run_serial.ts";
import type { Fate, Fates } from "./fates.ts";
import { parseFate } from "./parse_fate.ts";

/** More than a fate has: only keeps a strange file out of memory. */
const FILE_BYTES = 65_536;
const END = ".json";

export class FateFiles implements Fates {
  readonly #files: Files;
  readonly #folder: string;
  readonly #failed: (error: unknown) => void;
  readonly #fates = new Map<ApiName, Fate>();
  readonly #writes = new RunSerial();

  /** `failed` hears why a fate could not be kept. */
  constructor(files: Files, folder: string, failed: (error: unknown) => void) {
    this.#files = files;
    this.#folder = folder;
    this.#failed = failed;
  }

  /** Reads what former kernels kept. What is no fate is passed over. Never throws. */
  async look(): Promise<void> {
    const listed = await this.#files.list(this.#folder).catch(() => undefined) ?? [];
    for (const { name } of listed) {
      const api = name.endsWith(END) ? name.slice(0, -END.length).replaceAll(".", "/") : "";
      if (!isApiName(api)) continue;
      const text = await this.#files.readText(`${this.#folder}/${name}`, FILE_BYTES).catch(() => undefined);
      const fate = text === undefined ? undefined : parseFate(text);
      if (fate !== undefined) this.#fates.set(api, fate);
    }
  }

  of(api: ApiName): Fate | undefined {
    return this.#fates.get(api);
  }

  keep(api: ApiName, fate: Fate): void {
    this.#fates.set(api, fate);
    this.#save(api);
  }

  forget(api: ApiName): void {
    if (this.#fates.delete(api)) this.#save(api);
  }

  /** Resolves when all that is known has been written. */
  settled(): Promise<void> {
    return this.#writes.run(() => {});
  }

  /** As it is known when its turn has come: a module that fails again and again is written once for many. */
  #save(api: ApiName): void {
    const file = `${this.#folder}/${api.replaceAll("/", ".")}${END}`;
    void this.#writes.run(async () => {
      const fate = this.#fates.get(api);
      if (fate === undefined) return await this.#files.remove(file);
      await this.#files.makeFolder(this.#folder, 0o700);
      await this.#files.writeWhole(file, `${JSON.stringify(fate)}\n`);
    }).catch(this.#failed);
  }
}
