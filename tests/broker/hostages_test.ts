/** A service that a call hung: who is blamed, which calls of others wait for the next instance, and which fail. */
import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import type { CellId } from "../../kernel/contract/names.ts";
import type { LastWords } from "../../kernel/contract/wire.ts";
import { BrokerKit, type Module, text } from "./scripted_broker.ts";

const WHY = fault("module_killed", "its process ended");

class Hung {
  readonly kit = new BrokerKit();
  readonly villain = this.kit.seat("villain", { services: ["notes"] });
  readonly honest = this.kit.seat("honest", { services: ["notes"] });
  notes = this.kit.seat("notes");
  #number = 100;

  /** Each asks for something; the villain first. Gives the kernel's numbers. */
  ask(honest = 2): { guilty: number; others: number[]; numbers: number[] } {
    this.villain.calls(++this.#number, "notes");
    const guilty = this.notes.asked().id;
    const [others, numbers]: [number[], number[]] = [[], []];
    for (let n = 0; n < honest; n++) {
      this.honest.calls(++this.#number, "notes", {}, `args ${n}`);
      others.push(this.notes.asked().id);
      numbers.push(this.#number);
    }
    return { guilty, others, numbers };
  }
  /** Its cell says its last words and ends; the api waits for the next one. */
  dies(last_words: LastWords | undefined): void {
    const { cell, seat } = this.notes;
    if (last_words !== undefined) this.kit.broker.dying(cell, seat.instance, last_words);
    this.kit.hold("notes");
    this.kit.broker.forgetCell(cell as CellId, WHY);
  }
  back(): Module {
    return this.notes = this.kit.seat("notes");
  }
  get opened(): string[] {
    return this.kit.events.filter(({ kind }) => kind === "circuit.open").map(({ detail }) =>
      String(detail?.["caller"])
    );
  }
}

Deno.test("calls that had not begun are asked for again and go to the next instance, under their old key", () => {
  const hung = new Hung();
  const { guilty, others, numbers } = hung.ask();
  const keys = hung.notes.port.all("call").slice(1).map(({ key }) => key);
  hung.dies({ running: guilty, spared: others });
  assert.deepEqual(hung.honest.port.all("resay").map(({ id }) => id), numbers);
  assert.equal(hung.honest.port.all("reply").length, 0);
  assert.equal(hung.villain.port.last("reply").code, "module_killed");
  const notes = hung.back();
  assert.equal(notes.port.all("call").length, 0, "their words have not come yet");
  hung.honest.calls(numbers[1]!, "notes", { resaid: true }, "args 1");
  hung.honest.calls(numbers[0]!, "notes", { resaid: true }, "args 0");
  assert.deepEqual(notes.port.all("call").map(({ key }) => key), keys.toReversed());
  assert.deepEqual(notes.port.sent.map(({ payload }) => text(payload)), ["args 1", "args 0"]);
  for (const { id } of notes.port.all("call")) notes.replies(id);
  assert.ok(numbers.every((number) => hung.honest.port.outcomesOf(number) === 1));
  assert.equal(hung.kit.broker.in_flight, 0);
});

Deno.test("words that come before the next instance wait for it; of a call that has ended meanwhile nobody wants them", () => {
  const hung = new Hung();
  const { others, numbers } = hung.ask();
  hung.dies({ spared: others });
  hung.honest.calls(numbers[0]!, "notes", { resaid: true });
  hung.kit.broker.onCancel(hung.honest.port, numbers[1]!);
  assert.deepEqual(hung.honest.port.faultOf(numbers[1]!).maybe_ran, false);
  hung.honest.calls(numbers[1]!, "notes", { resaid: true });
  const notes = hung.back();
  assert.equal(notes.port.all("call").length, 1);
  assert.equal(hung.honest.port.outcomesOf(numbers[1]!), 1);
});

Deno.test("what may have begun fails and says so, and everything does when the cell said nothing", () => {
  for (const said of [true, false]) {
    const hung = new Hung();
    const { guilty, others, numbers } = hung.ask();
    hung.dies(said ? { running: guilty, spared: [others[1]!] } : undefined);
    const first = hung.honest.port.faultOf(numbers[0]!);
    assert.deepEqual([first.code, first.maybe_ran], ["module_killed", true]);
    assert.equal(hung.honest.port.outcomesOf(numbers[1]!), said ? 0 : 1);
  }
});

Deno.test("a call whose words are still coming, or that goes to a lent function, is not asked for again", () => {
  const hung = new Hung();
  hung.honest.calls(1, "notes", { more: true });
  const { id } = hung.notes.asked();
  hung.dies({ spared: [id] });
  const why = hung.honest.port.faultOf(1);
  assert.deepEqual([why.code, why.maybe_ran, hung.honest.port.all("resay").length], ["module_killed", false, 0]);
});

Deno.test("who ended a service twice within a minute is cut off from it, and nobody else", () => {
  const hung = new Hung();
  for (let death = 1; death <= 2; death++) {
    const { guilty, others } = hung.ask(1);
    assert.deepEqual(hung.opened, []);
    hung.dies({ running: guilty, spared: others });
    hung.back();
  }
  assert.deepEqual(hung.opened, ["villain"]);
  hung.villain.calls(900, "notes");
  assert.equal(hung.villain.port.faultOf(900).code, "circuit_open");
  hung.honest.calls(901, "notes");
  assert.equal(hung.honest.port.outcomesOf(901), 0);
});

Deno.test("where nobody's code was seen to run, only a caller that was alone there is blamed", () => {
  for (const [alone, opened] of [[true, ["villain"]], [false, []]] as const) {
    const hung = new Hung();
    for (let death = 1; death <= 2; death++) {
      hung.ask(alone ? 0 : 1);
      hung.dies({ spared: [] });
      hung.back();
    }
    assert.deepEqual(hung.opened, opened);
  }
});

Deno.test("a cell that speaks of calls of others, of another instance, or of none, has blamed nobody and spared nothing", () => {
  const hung = new Hung();
  const other = hung.kit.seat("other", { services: ["notes"] });
  const { guilty, numbers } = hung.ask(1);
  hung.kit.broker.dying(other.cell, hung.notes.seat.instance, { running: guilty, spared: [guilty] });
  hung.kit.broker.dying(hung.notes.cell, other.seat.instance, { running: guilty, spared: [guilty] });
  hung.dies({ running: 9_999, spared: [9_999] });
  assert.equal(hung.honest.port.faultOf(numbers[0]!).maybe_ran, true);
  assert.deepEqual([hung.opened, hung.villain.port.all("resay").length], [[], 0]);
});
