import assert from "node:assert/strict";
import { Leadership } from "../../kernel/lifecycle/leadership.ts";
import { FakeClock } from "../primitives/fake_clock.ts";

const HOLD_MS = 6_000;

/** Changes of one Leadership, and what has become of them. */
function changes() {
  const leadership = new Leadership();
  const clock = new FakeClock();
  const story: string[] = [];
  const change = (name: string, alters = false) => {
    const end = Promise.withResolvers<void>();
    const done = leadership.change(() => {
      story.push(`${name} begins`);
      return end.promise;
    }, { alters }).then(() => story.push(`${name} is over`), () => story.push(`${name} failed`));
    return { end: end.resolve, fail: () => end.reject(new Error("broken")), done };
  };
  return { leadership, clock, story, change };
}
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("Leadership lets changes begin at once, several at a time, while nothing is held", async () => {
  const { story, change } = changes();
  const [a, b] = [change("a"), change("b", true)];
  await turn();
  assert.deepEqual(story, ["a begins", "b begins"]);
  a.end();
  b.end();
  await Promise.all([a.done, b.done]);
});

Deno.test("Leadership holds new changes once those under way have come to an end, and lets them begin after resume", async () => {
  const { leadership, clock, story, change } = changes();
  const a = change("a");
  await turn();
  const held = leadership.hold(clock, HOLD_MS);
  const b = change("b");
  await turn();
  assert.deepEqual(story, ["a begins"]);
  a.end();
  assert.equal(await held, true);
  await turn();
  assert.deepEqual(story, ["a begins", "a is over"], "what waits does not begin while the state is told");
  leadership.resume();
  await turn();
  assert.deepEqual(story.at(-1), "b begins");
  b.end();
  await b.done;
});

Deno.test("Leadership holds at once when nothing is under way", async () => {
  const { leadership, clock } = changes();
  assert.equal(await leadership.hold(clock, HOLD_MS), true);
});

Deno.test("Leadership counts a change that failed as over", async () => {
  const { leadership, clock, story, change } = changes();
  const a = change("a");
  await turn();
  const held = leadership.hold(clock, HOLD_MS);
  a.fail();
  assert.equal(await held, true);
  await a.done;
  assert.deepEqual(story, ["a begins", "a failed"]);
});

Deno.test("Leadership gives up holding when a change takes too long, and lets the others begin", async () => {
  const { leadership, clock, story, change } = changes();
  const a = change("a");
  await turn();
  let outcome: boolean | undefined;
  const held = leadership.hold(clock, HOLD_MS).then((value) => outcome = value);
  change("b");
  clock.advance(HOLD_MS - 1);
  await turn();
  assert.deepEqual([outcome, story], [undefined, ["a begins"]]);
  clock.advance(1);
  await held;
  await turn();
  assert.deepEqual([outcome, story], [false, ["a begins", "b begins"]]);
  a.end();
});

Deno.test("Leadership tells an attempt that was given up meanwhile that it holds nothing, and leaves the next one's hold alone", async () => {
  const { leadership, clock, story, change } = changes();
  const a = change("a");
  await turn();
  const first = leadership.hold(clock, HOLD_MS);
  leadership.resume(); // its successor died
  clock.advance(1_000);
  const second = leadership.hold(clock, HOLD_MS);
  const b = change("b");
  clock.advance(HOLD_MS - 1_000);
  assert.equal(await first, false);
  await turn();
  assert.deepEqual(story, ["a begins"], "the second hold stands");
  a.end();
  assert.equal(await second, true);
  await turn();
  assert.deepEqual(story, ["a begins", "a is over"]);
  leadership.resume();
  b.end();
  await b.done;
});

Deno.test("Leadership begins no change any more once another kernel leads, whatever is resumed", async () => {
  const { leadership, clock, story, change } = changes();
  await leadership.hold(clock, HOLD_MS);
  change("a");
  assert.equal(leadership.leads, true);
  leadership.leave();
  leadership.resume();
  change("b");
  await turn();
  assert.deepEqual([leadership.leads, story], [false, []]);
});

Deno.test("Leadership begins no change after the lead was lost without a hold", async () => {
  const { leadership, story, change } = changes();
  leadership.leave();
  change("a");
  await turn();
  assert.deepEqual(story, []);
});

Deno.test("Leadership lets a change of what serves wait for the former kernel's end, and others not", async () => {
  const { leadership, story, change } = changes();
  leadership.besideFormer();
  leadership.besideFormer();
  const a = change("alters", true);
  const b = change("brings up");
  await turn();
  assert.deepEqual(story, ["brings up begins"]);
  leadership.formerGone();
  await turn();
  assert.deepEqual(story, ["brings up begins", "alters begins"]);
  a.end();
  b.end();
  await Promise.all([a.done, b.done]);
  await leadership.alone();
});
