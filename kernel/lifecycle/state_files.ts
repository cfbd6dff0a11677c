/**
 * Kept states as files in one folder: `<api>.state` the last one, `<api>.aside` one that could not be imported (`/` in an api written as `.`). The first
 * line is JSON about the rest, which is the state.
 */
import type { ListedState } from "../contract/control.ts";
import { type ApiName, isApiName } from "../contract/names.ts";
import type { Clock, Files } from "../contract/powers.ts";
import type { Payload } from "../contract/wire.ts";
import { isRecord } from "../primitives/check_fields.ts";
import { sha256Hex } from "../primitives/sha256.ts";
import type { KeptState, KeptStates } from "./kept_states.ts";

/** More than any state may have, with its first line: only keeps a strange file out of memory. */
const FILE_BYTES = 134_217_728;
/** More than a first line has. */
const HEAD_BYTES = 65_536;
const NEWLINE = 10;
const STATE = ".state";
const ASIDE = ".aside";

interface FirstLine {
  readonly from: string;
  readonly sha256: string;
  /** Whether the rest is a payload of text or of bytes. */
  readonly form: "text" | "bytes";
  readonly time: string;
  /** Of one set aside. */
  readonly why?: string;
}

export class StateFiles implements KeptStates {
  readonly #files: Files;
  readonly #clock: Pick<Clock, "now">;
  readonly #folder: string;
  /** Name of a file without its end → why it lies aside. */
  #asides = new Map<string, string>();

  constructor(files: Files, clock: Pick<Clock, "now">, folder: string) {
    this.#files = files;
    this.#clock = clock;
    this.#folder = folder;
  }

  /** Looks which states former hosts set aside: before anybody asks. Never throws. */
  async look(): Promise<void> {
    const listed = await this.#files.list(this.#folder).catch(() => undefined) ?? [];
    const names = listed.map(({ name }) => name).filter((name) => name.endsWith(ASIDE) && !name.startsWith("."));
    this.#asides = new Map(
      await Promise.all(names.map(async (name): Promise<[string, string]> => {
        const bytes = await this.#files.read(`${this.#folder}/${name}`, FILE_BYTES).catch(() => undefined);
        const why = bytes && split(bytes)?.line.why;
        return [name.slice(0, -ASIDE.length), why ?? "an earlier host could not use it"];
      })),
    );
  }

  async read(api: ApiName): Promise<KeptState | undefined> {
    const file = this.#path(api, STATE);
    const bytes = await this.#files.read(file, FILE_BYTES).catch(() => new Uint8Array(0));
    if (bytes === undefined) return undefined;
    const parsed = split(bytes);
    const state = parsed && await restored(parsed);
    if (state !== undefined) return state;
    const moved = await this.#files.rename(file, this.#path(api, ASIDE)).then(() => true, () => false);
    if (moved) this.#asides.set(fileName(api), "the file that kept it is torn or altered");
    return undefined;
  }

  async keep(api: ApiName, state: KeptState): Promise<void> {
    await this.#write(this.#path(api, STATE), state);
  }

  async setAside(api: ApiName, state: KeptState, why: string, { forget }: { readonly forget: boolean }): Promise<void> {
    await this.#write(this.#path(api, ASIDE), state, why);
    this.#asides.set(fileName(api), why);
    if (forget) await this.#files.remove(this.#path(api, STATE));
  }

  whyAside(api: string): string | undefined {
    return this.#asides.get(fileName(api));
  }

  async list(): Promise<readonly ListedState[]> {
    const files = await this.#files.list(this.#folder) ?? [];
    const states = await Promise.all(files.map(({ name }) => this.#listed(name)));
    const sorted = states.filter((state) => state !== undefined);
    return sorted.sort((a, b) => a.api < b.api ? -1 : a.api > b.api ? 1 : Number(a.set_aside) - Number(b.set_aside));
  }

  async drop(api: ApiName): Promise<{ readonly kept: boolean; readonly set_aside: boolean }> {
    const kept = await this.#remove(this.#path(api, STATE));
    const set_aside = await this.#remove(this.#path(api, ASIDE));
    this.#asides.delete(fileName(api));
    return { kept, set_aside };
  }

  /** By its first line alone. Undefined for what is no state, and for one that is gone by now. */
  async #listed(name: string): Promise<ListedState | undefined> {
    const end = [STATE, ASIDE].find((one) => name.endsWith(one));
    const api = end === undefined ? "" : name.slice(0, -end.length).replaceAll(".", "/");
    if (!isApiName(api)) return undefined;
    const path = `${this.#folder}/${name}`;
    const [facts, head] = await Promise.all([
      this.#files.stat(path),
      this.#files.readPart(path, { first: HEAD_BYTES }),
    ]);
    if (facts === undefined || head === undefined) return undefined;
    const parts = split(head);
    const bytes = parts === undefined ? facts.size : facts.size - (head.length - parts.rest.length);
    const time = parts?.line.time ?? new Date(facts.mtime_ms).toISOString();
    const why = this.whyAside(api);
    return { api, bytes, time, set_aside: end === ASIDE, ...(end === ASIDE && why !== undefined && { why }) };
  }

  async #write(to: string, { from, payload }: KeptState, why?: string): Promise<void> {
    const time = new Date(this.#clock.now()).toISOString();
    const form = typeof payload === "string" ? "text" : "bytes";
    const rest = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const line: FirstLine = { from, sha256: await sha256Hex(rest), form, time, ...(why !== undefined && { why }) };
    await this.#files.makeFolder(this.#folder, 0o700);
    await this.#files.writeWhole(to, join(line, rest));
  }

  async #remove(file: string): Promise<boolean> {
    const there = await this.#files.stat(file) !== undefined;
    if (there) await this.#files.remove(file);
    return there;
  }

  #path(api: string, end: typeof STATE | typeof ASIDE): string {
    return `${this.#folder}/${fileName(api)}${end}`;
  }
}

/** No api has a dot, so no two share a file. */
function fileName(api: string): string {
  return api.replaceAll("/", ".");
}

function join(line: FirstLine, rest: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(`${JSON.stringify(line)}\n`);
  const bytes = new Uint8Array(head.length + rest.length);
  bytes.set(head);
  bytes.set(rest, head.length);
  return bytes;
}

interface Parts {
  readonly line: FirstLine;
  readonly rest: Uint8Array;
}

/** Undefined when what it holds is not what was written. */
async function restored({ line: { from, sha256, form }, rest }: Parts): Promise<KeptState | undefined> {
  if (await sha256Hex(rest) !== sha256) return undefined;
  const payload: Payload = form === "bytes" ? rest : new TextDecoder().decode(rest);
  return { from, payload };
}

function split(bytes: Uint8Array): Parts | undefined {
  const end = bytes.indexOf(NEWLINE);
  if (end === -1) return undefined;
  try {
    const line: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, end)));
    if (!isRecord(line) || typeof line["from"] !== "string" || typeof line["sha256"] !== "string") return undefined;
    return { line: line as unknown as FirstLine, rest: bytes.subarray(end + 1) };
  } catch {
    return undefined;
  }
}
