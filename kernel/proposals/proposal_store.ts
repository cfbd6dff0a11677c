/** Proposals on disk, one file each, in a folder that no module can reach; every one that was made is kept, adopted or not. */
import type { Files } from "../contract/powers.ts";
import { type Proposal, PROPOSALS } from "../contract/proposal.ts";
import { parseStored } from "./parse_stored.ts";

/** All texts twice (before and after), escaped. */
const FILE_BYTES = 16 * PROPOSALS.total_bytes;
const FILE = /^(p[0-9a-f]{12})\.json$/;

export class ProposalStore {
  readonly #files: Files;
  readonly #folder: string;
  readonly #known = new Map<string, Proposal>();

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** Reads them all; what cannot be read is passed over. */
  async look(): Promise<void> {
    for (const { name } of await this.#files.list(this.#folder).catch(() => undefined) ?? []) {
      const id = FILE.exec(name)?.[1];
      const found = id === undefined ? undefined : await this.#read(id);
      if (found !== undefined) this.#known.set(found.id, found);
    }
  }

  get(id: string): Proposal | undefined {
    return this.#known.get(id);
  }
  /** The newest first. */
  all(): readonly Proposal[] {
    return [...this.#known.values()].sort((a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0));
  }

  /** Rejects when it can't be written: what is not on disk did not happen. */
  async put(proposal: Proposal): Promise<void> {
    await this.#files.makeFolder(this.#folder, 0o700);
    await this.#files.writeWhole(this.#path(proposal.id), JSON.stringify(proposal));
    this.#known.set(proposal.id, proposal);
    const done = this.all().filter(({ state }) => state !== "open");
    for (const { id } of done.slice(PROPOSALS.kept)) await this.#forget(id);
  }

  async #forget(id: string): Promise<void> {
    await this.#files.remove(this.#path(id));
    this.#known.delete(id);
  }

  async #read(id: string): Promise<Proposal | undefined> {
    try {
      const text = await this.#files.readText(this.#path(id), FILE_BYTES);
      return text === undefined ? undefined : parseStored(id, JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  #path(id: string): string {
    return `${this.#folder}/${id}.json`;
  }
}
