/** Wishes for npm packages: recorded here, answered by the operator's command `packages`. Nothing is fetched by this module, or by the host at all. */
import type { Config, Kernel } from "meta-machine";
import * as builtin from "files";
import type { Files } from "files";
import { callerName } from "./caller_name.ts";
import { parseWish } from "./parse_wish.ts";
import { type Answers, type Listed, listed, record, type Recorded } from "./request_book.ts";
import { readMost } from "./settings.ts";
import { readAnswers, readBook, writeBook } from "./stored.ts";

export class Module {
  readonly #kernel: Kernel;
  readonly #files: Files;
  readonly #most: number;
  /** One request after the other: each reads the book and writes it whole. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(kernel: Kernel, config: Config, files: Files = builtin) {
    this.#kernel = kernel;
    this.#files = files;
    this.#most = readMost(config);
  }

  /** `request({name, version, reason})` → `{id, name, version, reason, time, state}`, also when it was recorded before. */
  async request(wish: unknown): Promise<Listed> {
    const caller = callerName(this.#kernel.caller());
    const asked = { ...parseWish(wish), id: newId(), caller, time: new Date().toISOString() };
    return await this.#inTurn(async (book, answers) => {
      const { book: after, request } = record(book, answers, asked, this.#most);
      if (after !== book) await writeBook(this.#files, after);
      return listed(request, answers);
    });
  }

  /** `list()` → the caller's own requests, the latest last. */
  async list(): Promise<Listed[]> {
    const caller = callerName(this.#kernel.caller());
    return await this.#inTurn((book, answers) =>
      Promise.resolve(book.filter((one) => one.caller === caller).map((one) => listed(one, answers)))
    );
  }

  #inTurn<T>(act: (book: readonly Recorded[], answers: Answers) => Promise<T>): Promise<T> {
    const mine = this.#turn.then(async () => act(await readBook(this.#files), await readAnswers(this.#files)));
    this.#turn = mine.catch(() => {});
    return mine;
  }
}

function newId(): string {
  return crypto.randomUUID().slice(0, 8);
}
