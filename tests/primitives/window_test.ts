import assert from "node:assert/strict";
import fc from "fast-check";
import { WIRE } from "../../kernel/contract/limits.ts";
import { creditCost, FREE_OF_CREDIT, ReceiveWindow, SendWindow } from "../../kernel/primitives/window.ts";

const call = (bytes: number) => creditCost("call", bytes)!;

Deno.test("creditCost counts the payload and 64 bytes for a call, and nothing for a credit", () => {
  assert.deepEqual(creditCost("call", 100), { bytes: 164, messages: 1 });
  assert.equal(creditCost("credit", 0), undefined);
  assert.ok(!FREE_OF_CREDIT.has("piece"));
});

Deno.test("SendWindow has room for the message that fills it and refuses the next byte", () => {
  const window = new SendWindow({ bytes: 1_000, messages: 10 });
  window.take(call(400));
  assert.ok(window.hasRoom(call(1_000 - 464 - 64)));
  assert.ok(!window.hasRoom(call(1_000 - 464 - 64 + 1)));
});

Deno.test("SendWindow refuses one message more than its count, and opens again with credit", () => {
  const window = new SendWindow({ bytes: 1_000_000, messages: 2 });
  window.take(call(1));
  assert.ok(window.hasRoom(call(1)));
  window.take(call(1));
  assert.ok(!window.hasRoom(call(1)));
  window.credit(call(1));
  assert.ok(window.hasRoom(call(1)));
});

Deno.test("SendWindow lets a message through that is larger than the whole window when nothing is under way", () => {
  const window = new SendWindow({ bytes: 100, messages: 2 });
  assert.ok(window.hasRoom(call(5_000)));
  window.take(call(5_000));
  assert.ok(!window.hasRoom(call(0)));
});

Deno.test("SendWindow is not widened by a credit for more than was sent", () => {
  const window = new SendWindow({ bytes: 1_000, messages: 2 });
  window.take(call(1));
  window.credit({ bytes: 1_000_000, messages: 50 });
  window.take(call(1));
  window.take(call(1));
  assert.ok(!window.hasRoom(call(1)));
  window.credit({ bytes: -500, messages: -5 });
  assert.ok(!window.hasRoom(call(1)));
});

Deno.test("ReceiveWindow credits what was processed, once", () => {
  const window = new ReceiveWindow({ bytes: 1_000, messages: 4 });
  assert.ok(window.receive(call(10)));
  assert.equal(window.takeCredit(), undefined);
  window.processed(call(10));
  assert.deepEqual(window.takeCredit(), { bytes: 74, messages: 1 });
  assert.equal(window.takeCredit(), undefined);
});

Deno.test("ReceiveWindow credits from a quarter of its bytes or of its messages on, and not before", () => {
  const processed = (size: { bytes: number; messages: number }, each: number, count: number) => {
    const window = new ReceiveWindow(size);
    for (let i = 0; i < count; i++) window.receive(call(each));
    for (let i = 0; i < count; i++) window.processed(call(each));
    return window.takeCredit();
  };
  assert.equal(processed({ bytes: 1_000_000, messages: 40 }, 0, 9), undefined);
  assert.deepEqual(processed({ bytes: 1_000_000, messages: 40 }, 0, 10), { bytes: 640, messages: 10 });
  assert.equal(processed({ bytes: 4_000, messages: 40 }, 935, 1), undefined);
  assert.deepEqual(processed({ bytes: 4_000, messages: 40 }, 936, 1), { bytes: 1_000, messages: 1 });
});

Deno.test("two ends whose window is used up in any portions go on as soon as all is processed", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(WIRE.chunk_bytes), { minLength: 1, maxLength: 200 }), fc.nat(7), (payloads, lag) => {
      const size = { bytes: 300_000, messages: 16 };
      const sender = new SendWindow(size);
      const receiver = new ReceiveWindow(size);
      const under_way: { bytes: number; messages: number }[] = [];
      const endTurn = (left: number) => {
        while (under_way.length > left) receiver.processed(under_way.shift()!);
        const credit = receiver.takeCredit();
        if (credit !== undefined) sender.credit(credit);
      };
      for (const bytes of payloads) {
        const cost = call(bytes);
        if (!sender.hasRoom(cost)) endTurn(0);
        assert.ok(sender.hasRoom(cost), "all is processed and too little was credited: the sender would wait for ever");
        sender.take(cost);
        assert.ok(receiver.receive(cost), "the sender kept to its window and was called a liar");
        under_way.push(cost);
        endTurn(lag);
      }
    }),
  );
});

Deno.test("ReceiveWindow notices a sender that ignores the window", () => {
  const window = new ReceiveWindow({ bytes: 1_000, messages: 2 });
  assert.ok(window.receive(call(10)));
  assert.ok(window.receive(call(10)));
  assert.ok(!window.receive(call(10)));
  const large = new ReceiveWindow({ bytes: 1_000, messages: 9 });
  assert.ok(large.receive(call(936)));
  assert.ok(!large.receive(call(0)));
});
