/** What was asked for, by whom; pure. An answer is the operator's, written by his command beside the book. */
import { fault } from "meta-machine";
import type { Wish } from "./parse_wish.ts";

export interface Recorded extends Wish {
  readonly id: string;
  readonly caller: string;
  /** ISO 8601. */
  readonly time: string;
}

export interface Answer {
  readonly state: "approved" | "denied";
  /** ISO 8601. */
  readonly time: string;
}
export type Answers = Readonly<Record<string, Answer>>;

/** A request as its caller sees it. */
export interface Listed extends Wish {
  readonly id: string;
  readonly time: string;
  readonly state: "waiting" | Answer["state"];
}

/** Of all callers: bounds what the operator's command reads. */
export const MOST_OF_ALL = 1_000;

/** The book with the request in it, and which one it is. The same caller, name and version are the same request: also one that was denied is not asked anew. */
export function record(
  book: readonly Recorded[],
  answers: Answers,
  asked: Recorded,
  most: number,
): { readonly book: readonly Recorded[]; readonly request: Recorded } {
  const { caller, name, version } = asked;
  const same = book.find((one) => one.caller === caller && one.name === name && one.version === version);
  if (same !== undefined) return { book, request: same };
  const mine = book.filter((one) => one.caller === caller);
  // An answered one makes place, the oldest first; those that wait stand until the operator has looked.
  const gone = mine.length < most ? undefined : mine.find(({ id }) => Object.hasOwn(answers, id));
  if (mine.length >= most && gone === undefined) {
    throw fault("quota", `'${caller}' has ${mine.length} requests that wait for the operator; ${most} are allowed`, {
      hint: "he answers with: packages approve ID, packages deny ID",
    });
  }
  if (gone === undefined && book.length >= MOST_OF_ALL) {
    throw fault("quota", `${book.length} requests are recorded; ${MOST_OF_ALL} are allowed`);
  }
  return { book: [...book.filter((one) => one !== gone), asked], request: asked };
}

export function listed({ id, name, version, reason, time }: Recorded, answers: Answers): Listed {
  const state = Object.hasOwn(answers, id) ? answers[id]!.state : "waiting";
  return { id, name, version, reason, time, state };
}
