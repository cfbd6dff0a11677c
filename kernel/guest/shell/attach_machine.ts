/**
 * How a cell finds its kernel and keeps it: pure, told what happened and when, answering what to do.
 *
 * Connected is not attached: a dying kernel's backlog still accepts, so only `welcome` attaches, and a link that closes or stays silent before it is
 * tried again. For ever while the parent lives: the link's end is the first sign of a dead parent, its changed id the tie-break.
 * At most one link is sought at a time; each welcome makes its link the newest and fences the older ones, which stay open both ways
 * until their kernel leaves.
 */
import type { CellId } from "../../contract/names.ts";
import type { CellMessage } from "../../contract/wire.ts";

/** What a cell says of itself. */
export interface CellIdentity {
  readonly cell: CellId;
  /** Different in each life of the cell, so that a restarted one never repeats a key. */
  readonly incarnation: string;
  readonly pid: number;
  /** The parent's process id as it was at the start. */
  readonly parent: number;
}

export type AttachEffect =
  | { readonly do: "connect"; readonly link: number }
  | { readonly do: "close"; readonly link: number }
  | { readonly do: "send"; readonly link: number; readonly message: CellMessage }
  /** Prove over this nonce that the cell has its token, then tell `proved`. */
  | { readonly do: "prove"; readonly link: number; readonly nonce: string }
  | { readonly do: "attached"; readonly link: number }
  /** An attached link is closed. */
  | { readonly do: "lost"; readonly link: number }
  | { readonly do: "end"; readonly code: number; readonly reason: string };

type Seeking =
  | { readonly at: "pause"; readonly until: number }
  | { readonly at: "connecting"; readonly link: number }
  | { readonly at: "nonce" | "welcome"; readonly link: number; readonly until: number };

/** Milliseconds before each next try; the last one repeats. */
export const RETRY_MS: readonly number[] = Object.freeze([1, 2, 5, 10, 20, 50, 100, 250]);
/** A link that says nothing for so long before its welcome is given up; doubled for a kernel that is slow, at most eightfold. */
export const SILENCE_MS = 250;
/** A cell that never attached was started in vain. */
export const FIRST_ATTACH_MS = 10_000;

export class AttachMachine {
  readonly #me: CellIdentity;
  readonly #born: number;
  #seeking: Seeking | undefined;
  /** Attached links, the newest last. */
  #attached: { readonly link: number; fenced: boolean }[] = [];
  #ever_attached = false;
  #last_link = 0;
  #tries = 0;
  #silences = 0;
  #ended = false;

  constructor(me: CellIdentity, now: number) {
    this.#me = me;
    this.#born = now;
    this.#seeking = { at: "pause", until: now };
  }

  isAttached(link: number): boolean {
    return this.#attached.some((a) => a.link === link);
  }

  others(link: number): readonly number[] {
    return this.#attached.length < 2 ? [] : this.#attached.flatMap((a) => a.link === link ? [] : [a.link]);
  }

  /** The newest attached link, fenced or not. */
  get newest(): number | undefined {
    return this.#attached.at(-1)?.link;
  }

  /** Where new root calls go; undefined while they have to wait. */
  get root(): number | undefined {
    const newest = this.#attached.at(-1);
    return newest === undefined || newest.fenced ? undefined : newest.link;
  }

  /** When `time` wants to be called at the latest. */
  wakeAt(): number | undefined {
    if (this.#ended || this.#seeking === undefined) return undefined;
    const first = this.#ever_attached ? Infinity : this.#born + FIRST_ATTACH_MS;
    const at = Math.min(first, this.#seeking.at === "connecting" ? Infinity : this.#seeking.until);
    return at === Infinity ? undefined : at;
  }

  connected(link: number, now: number): AttachEffect[] {
    if (!this.#isSought(link, "connecting")) return [{ do: "close", link }];
    this.#seeking = { at: "nonce", link, until: now + this.#patience() };
    return [];
  }

  /** The link could not be made, or is closed by whoever. */
  closed(link: number, now: number): AttachEffect[] {
    if (this.#seeking !== undefined && this.#seeking.at !== "pause" && this.#seeking.link === link) {
      this.#seekAgain(now);
      return [];
    }
    if (!this.isAttached(link)) return [];
    const was_newest = this.newest === link;
    this.#attached = this.#attached.filter((a) => a.link !== link);
    if (was_newest && this.#seeking === undefined) this.#seekAgain(now);
    return [{ do: "lost", link }];
  }

  nonce(link: number, nonce: string, now: number): AttachEffect[] {
    if (!this.#isSought(link, "nonce")) return [];
    this.#seeking = { at: "welcome", link, until: now + this.#patience() };
    return [{ do: "prove", link, nonce }];
  }

  proved(link: number, proof: string): AttachEffect[] {
    if (!this.#isSought(link, "welcome")) return [];
    const { cell, incarnation, pid } = this.#me;
    return [{ do: "send", link, message: { t: "attach", cell, incarnation, proof, pid } }];
  }

  welcome(link: number): AttachEffect[] {
    if (!this.#isSought(link, "welcome")) return [];
    this.#seeking = undefined;
    this.#tries = 0;
    this.#silences = 0;
    this.#ever_attached = true;
    const fences: AttachEffect[] = this.#attached.filter((a) => !a.fenced)
      .map((a) => ({ do: "send", link: a.link, message: { t: "fence" } }));
    this.#attached = [...this.#attached.map(({ link }) => ({ link, fenced: true })), { link, fenced: false }];
    return [...fences, { do: "attached", link }];
  }

  /** A successor listens under the same name: attach to it too. */
  newer(link: number): AttachEffect[] {
    if (!this.isAttached(link) || this.#seeking !== undefined) return [];
    return this.#tryNow();
  }

  /** Time has passed, and the parent's process id reads so. */
  time(now: number, parent: number): AttachEffect[] {
    if (this.#ended) return [];
    // While a link lives its kernel says `bye` when the parent is gone; the caller of `time` looks once a second all the same.
    if (parent !== this.#me.parent) return this.#end("the parent is gone");
    if (this.#seeking === undefined) return [];
    if (!this.#ever_attached && now >= this.#born + FIRST_ATTACH_MS) return this.#end("no kernel let it attach");
    if (this.#seeking.at === "connecting" || now < this.#seeking.until) return [];
    if (this.#seeking.at === "pause") return this.#tryNow();
    const { link } = this.#seeking;
    this.#silences++;
    this.#seekAgain(now);
    return [{ do: "close", link }];
  }

  #tryNow(): AttachEffect[] {
    const link = ++this.#last_link;
    this.#seeking = { at: "connecting", link };
    return [{ do: "connect", link }];
  }

  #seekAgain(now: number): void {
    const pause = RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]!;
    this.#seeking = { at: "pause", until: now + pause };
  }

  #patience(): number {
    return SILENCE_MS * 2 ** Math.min(this.#silences, 3);
  }

  #isSought(link: number, at: "connecting" | "nonce" | "welcome"): boolean {
    return this.#seeking !== undefined && this.#seeking.at === at && this.#seeking.link === link;
  }

  #end(reason: string): AttachEffect[] {
    this.#ended = true;
    this.#seeking = undefined;
    return [{ do: "end", code: 1, reason }];
  }
}
