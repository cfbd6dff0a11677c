/** A process that checks types, as who asks sees it: one order at a time, a new process when one was lost. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isRecord } from "../../primitives/check_fields.ts";
import { RunSerial } from "../../primitives/run_serial.ts";
import { buildCommand, type Places, readSurroundings, startProcess } from "../../watchdog/mod.ts";
import type { TypeAnswer, TypeOrder, TypeProblem } from "./type_order.ts";

/** The compiler loads in half a second and checks a large module in two; a busy machine takes longer. */
const CHECK_MS = 30_000;
/** All problems that one answer may have, with their words. */
const ANSWER_BYTES = 1_048_576;

export class TypesCell implements Disposable {
  readonly #places: Places;
  readonly #check_ms: number;
  readonly #orders = new RunSerial();
  #process: ReturnType<typeof startProcess> | undefined;
  #reads = "";
  #settle: (answer: Result<TypeAnswer>) => void = () => {};

  constructor(places: Places, check_ms: number = CHECK_MS) {
    this.#places = places;
    this.#check_ms = check_ms;
  }

  /** `reads`: all folders that this order's types lie in. */
  check(order: TypeOrder, reads: readonly string[]): Promise<Result<TypeAnswer>> {
    return this.#orders.run(() => this.#check(order, reads));
  }

  [Symbol.dispose](): void {
    this.#process?.kill();
    this.#process = undefined;
  }

  async #check(order: TypeOrder, reads: readonly string[]): Promise<Result<TypeAnswer>> {
    if (this.#reads !== reads.join(",")) this[Symbol.dispose](); // it may not read what this order needs
    const started = this.#process === undefined ? this.#start(reads) : undefined;
    if (started !== undefined && !started.ok) return started;
    const { promise, resolve } = Promise.withResolvers<Result<TypeAnswer>>();
    this.#settle = resolve;
    const timer = setTimeout(() => {
      resolve(lost(`took longer than ${this.#check_ms} ms`));
      this[Symbol.dispose]();
    }, this.#check_ms);
    this.#process!.write(`${JSON.stringify(order)}\n`);
    const answer = await promise;
    clearTimeout(timer);
    return answer;
  }

  #start(reads: readonly string[]): Result<void> {
    const command = buildCommand(this.#places, { role: "types", reads });
    if (!command.ok) return command;
    const said: string[] = [];
    const started = startProcess(command.value, readSurroundings().cell_env, {
      stdout: { cap_bytes: ANSWER_BYTES, take: (line) => this.#settle(readAnswer(line)) },
      stderr: { cap_bytes: 1_024, take: (line) => said.length < 5 && said.push(line) },
    });
    this.#process = started;
    this.#reads = reads.join(",");
    void started.ended.then(({ code, signal }) => {
      if (this.#process !== started) return;
      this.#process = undefined;
      this.#settle(lost(`ended the process that does it (${signal ?? code}): ${said.join(" ")}`));
    });
    return ok(undefined);
  }
}

function lost(what: string): Result<never> {
  const hint = "no source that a person writes does this; look at what generated it";
  return refuse(fault("load_failed", `checking the types ${what}`, { hint }));
}

/** A process that parsed untrusted source is believed as little as the source. */
function readAnswer(line: string): Result<TypeAnswer> {
  try {
    const answer = JSON.parse(line);
    if (isRecord(answer) && Array.isArray(answer["problems"]) && answer["problems"].every(isProblem)) {
      const more = typeof answer["more"] === "number" ? answer["more"] : 0;
      return ok({ problems: answer["problems"], more });
    }
  } catch { /* the same as what it is no answer */ }
  return lost("gave an answer that is none");
}

function isProblem(value: unknown): value is TypeProblem {
  return isRecord(value) && typeof value["file"] === "string" && typeof value["message"] === "string" &&
    Number.isSafeInteger(value["line"]) && Number.isSafeInteger(value["column"]);
}
