/**
 * Tokens of principals: whoever shows one acts as its principal (web clients, MCP clients). A token is 32 random bytes, shown once and stored as its SHA-256; a
 * file for each, in a folder that no module can reach.
 */
import { type Fault, fault, ok, refuse, type Result } from "./contract/fault.ts";
import type { ListedToken } from "./contract/control.ts";
import type { Clock, Files, Randomness } from "./contract/powers.ts";
import { isRecord } from "./primitives/check_fields.ts";
import { toHex } from "./primitives/hex.ts";
import { sha256Hex } from "./primitives/sha256.ts";

/** More than anybody has clients; each is looked at whenever a kernel begins. */
export const MOST_TOKENS = 1_000;
/** So that a token is known for one where it was left lying, by people and by scanners. */
export const TOKEN_PREFIX = "mm_";
const TOKEN_BYTES = 32;
const ID_BYTES = 6;
const FILE_BYTES = 4_096;
const FILE = /^([0-9a-f]{12})\.json$/;

interface Stored extends ListedToken {
  readonly sha256: string;
}

export interface TokenPowers {
  readonly files: Files;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Randomness, "bytes">;
  /** Where the files lie. */
  readonly folder: string;
}

export class TokenTable {
  readonly #powers: TokenPowers;
  readonly #by_hash = new Map<string, Stored>();
  /** Those that were shown since this kernel began, by themselves: calls name them, and none of these waits for a hash. */
  readonly #shown = new Map<string, Stored>();

  constructor(powers: TokenPowers) {
    this.#powers = powers;
  }

  /** Reads them all. What cannot be read gives nobody authority. */
  async look(): Promise<void> {
    const { files, folder } = this.#powers;
    for (const { name } of await files.list(folder).catch(() => undefined) ?? []) {
      const id = FILE.exec(name)?.[1];
      const stored = id === undefined ? undefined : await this.#read(id);
      if (stored !== undefined) this.#by_hash.set(stored.sha256, stored);
    }
  }

  /** Whose it is, of those that were shown. */
  principalOf(token: string): string | undefined {
    return this.#shown.get(token)?.principal;
  }

  /** Checks a token that somebody shows; from then on `principalOf` knows it. */
  async show(token: string): Promise<Result<{ readonly principal: string }>> {
    const known = this.#shown.get(token) ?? this.#by_hash.get(await sha256Hex(token));
    if (known === undefined) return refuse(unknownToken());
    this.#shown.set(token, known);
    return ok({ principal: known.principal });
  }

  /** Rejects when it cannot be written: a token that the next kernel would not know is none. */
  async make(principal: string): Promise<Result<ListedToken & { readonly token: string }>> {
    const { clock, random } = this.#powers;
    if (this.#by_hash.size >= MOST_TOKENS) {
      return refuse(fault("quota", `there are ${MOST_TOKENS} tokens; no more may be`, { hint: "`token revoke ID`" }));
    }
    const token = `${TOKEN_PREFIX}${toHex(random.bytes(TOKEN_BYTES))}`;
    const listed = { id: toHex(random.bytes(ID_BYTES)), principal, created: new Date(clock.now()).toISOString() };
    const stored = { ...listed, sha256: await sha256Hex(token) };
    await this.#write(stored);
    this.#by_hash.set(stored.sha256, stored);
    return ok({ ...listed, token });
  }

  /** By their age. */
  list(): readonly ListedToken[] {
    return [...this.#by_hash.values()].map(({ id, principal, created }) => ({ id, principal, created }))
      .sort((a, b) => (a.created < b.created ? -1 : 1));
  }

  /** From now on it gives no authority; calls that were made with it go on. */
  async revoke(id: string): Promise<Result<ListedToken>> {
    const found = [...this.#by_hash.values()].find((stored) => stored.id === id);
    if (found === undefined) {
      return refuse(
        fault("not_found", `there is no token '${id}'`, { hint: "`token list` shows those that there are" }),
      );
    }
    await this.#powers.files.remove(this.#path(id));
    this.#by_hash.delete(found.sha256);
    for (const [token, stored] of this.#shown) if (stored === found) this.#shown.delete(token);
    const { principal, created } = found;
    return ok({ id, principal, created });
  }

  #path(id: string): string {
    return `${this.#powers.folder}/${id}.json`;
  }

  async #write(stored: Stored): Promise<void> {
    const { files, folder } = this.#powers;
    await files.makeFolder(folder, 0o700);
    await files.writeWhole(this.#path(stored.id), JSON.stringify(stored));
  }

  async #read(id: string): Promise<Stored | undefined> {
    try {
      const text = await this.#powers.files.readText(this.#path(id), FILE_BYTES);
      return text === undefined ? undefined : parseStored(id, JSON.parse(text));
    } catch {
      return undefined;
    }
  }
}

function parseStored(id: string, value: unknown): Stored | undefined {
  if (!isRecord(value)) return undefined;
  const { principal, created, sha256 } = value;
  if (typeof principal !== "string" || typeof created !== "string" || typeof sha256 !== "string") return undefined;
  return /^[0-9a-f]{64}$/.test(sha256) ? { id, principal, created, sha256 } : undefined;
}

function unknownToken(): Fault {
  return fault("denied", "the token is not known: there was none like it, or it was revoked", {
    hint: "`token new PRINCIPAL` makes one",
  });
}
