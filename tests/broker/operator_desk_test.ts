import assert from "node:assert/strict";
import { fault } from "../../kernel/contract/fault.ts";
import { FAULT_PAYLOAD, MAX_ANSWER_BYTES, OperatorCalls } from "../../kernel/broker/operator_calls.ts";
import { ACK_MS } from "../../kernel/broker/late_acks.ts";
import { callKey } from "../../kernel/contract/names.ts";
import { BrokerKit, bytes, text } from "./scripted_broker.ts";

const ASK = { api: "notes", aspect: "default", name: "read", payload: bytes("[]") };

Deno.test("callAsOperator needs no grant and puts an answer in pieces together", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const { outcome } = kit.broker.callAsOperator(ASK);
  const call = notes.asked();
  assert.deepEqual([call.caller, call.depth], [{ api: "@operator", principal: "@operator" }, 1]);
  notes.replies(call.id, { more: true }, bytes("a"));
  notes.piece("reply", call.id, true, bytes("b"));
  notes.piece("reply", call.id, false, bytes("c"));
  const answer = await outcome;
  assert.ok(answer.ok);
  assert.equal(text(answer.payload), "abc");
  assert.equal(kit.broker.in_flight, 0);
  kit.clock.advance(ACK_MS);
  const ack = notes.port.last("ack");
  assert.deepEqual(ack.ids.map(([id]) => callKey(ack.of, id)), [call.key]);
});

Deno.test("callAsOperator is refused like any other where nobody is, and a private name", async () => {
  const kit = new BrokerKit();
  const codes = [];
  for (const request of [ASK, { ...ASK, name: "_x" }]) {
    const answer = await kit.broker.callAsOperator(request).outcome;
    codes.push(answer.ok || answer.fault.code);
  }
  assert.deepEqual(codes, ["service_down", "private_name"]);
});

Deno.test("callAsOperator waits for a held api, and expires", async () => {
  const kit = new BrokerKit();
  kit.hold("notes", { call_timeout_ms: 50 });
  const { outcome } = kit.broker.callAsOperator(ASK);
  kit.clock.advance(60);
  const answer = await outcome;
  assert.equal(answer.ok || answer.fault.code, "timeout");
});

Deno.test("an operator's call that breaks off half-way is the fault, not half an answer", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const { outcome } = kit.broker.callAsOperator(ASK);
  notes.replies(notes.asked().id, { more: true }, bytes("half of a"));
  kit.broker.unseat(notes.seat.instance, fault("module_killed", "it died"));
  const answer = await outcome;
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.message, answer.fault.maybe_ran], [
    "module_killed",
    "it died",
    true,
  ]);
});

Deno.test("cancel stops the callee once, also when called twice or after the end", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const { outcome, cancel } = kit.broker.callAsOperator(ASK);
  cancel();
  cancel();
  const answer = await outcome;
  assert.ok(!answer.ok);
  assert.deepEqual([answer.fault.code, answer.fault.maybe_ran], ["cancelled", true]);
  assert.equal(notes.port.all("cancel").length, 1);
});

Deno.test("a callee's words for the operator are read as far as they can be", async () => {
  const kit = new BrokerKit();
  const notes = kit.seat("notes");
  const said = { message: "no such note", hint: "list them", retriable: false, maybe_ran: false, name: "NotFound" };
  for (
    const [payload, message] of [[JSON.stringify(said), "no such note"], [
      "{",
      "the service failed and its words could not be read",
    ]] as const
  ) {
    const { outcome } = kit.broker.callAsOperator(ASK);
    notes.replies(notes.asked().id, { ok: false, code: "not_found" }, payload);
    const answer = await outcome;
    assert.ok(!answer.ok);
    assert.deepEqual([answer.fault.code, answer.fault.message], ["not_found", message]);
  }
});

Deno.test("OperatorCalls takes the last allowed byte of an answer and refuses the next", async () => {
  for (const [over, code] of [[0, true], [1, "too_large"]] as const) {
    const calls = new OperatorCalls();
    const { id, outcome } = calls.open();
    const half = new Uint8Array(MAX_ANSWER_BYTES / 2);
    calls.answer(id, { t: "reply", id, ok: true, live: true, more: true }, half);
    calls.answer(id, { t: "piece", of: "reply", id }, new Uint8Array(half.length + over));
    const answer = await outcome;
    assert.equal(answer.ok || answer.fault.code, code);
  }
});

Deno.test("a callee's words for the operator are not parsed when they are longer or deeper than a fault can be", async () => {
  const UNREAD = "the service failed and its words could not be read";
  const said = (units: number) => `{"message":"m","pad":"${"x".repeat(units - 24)}"}`;
  const deep = `{"message":"m","in":${"[".repeat(1_000)}${"]".repeat(1_000)}}`;
  for (
    const [words, message] of [[said(FAULT_PAYLOAD), "m"], [said(FAULT_PAYLOAD + 1), UNREAD], [deep, UNREAD]] as const
  ) {
    const calls = new OperatorCalls();
    const { id, outcome } = calls.open();
    calls.answer(id, { t: "reply", id, ok: false, live: true, code: "module_error" }, words);
    const answer = await outcome;
    assert.equal(answer.ok || answer.fault.message, message);
  }
});

Deno.test("a callee's words for the operator are clipped", async () => {
  const calls = new OperatorCalls();
  const { id, outcome } = calls.open();
  const words = { message: "x".repeat(50_000), hint: "y".repeat(50_000), name: "z".repeat(500) };
  calls.answer(id, { t: "reply", id, ok: false, live: true, code: "module_error" }, JSON.stringify(words));
  const answer = await outcome;
  assert.ok(!answer.ok);
  const { message, hint, name } = answer.fault;
  assert.ok(message.length < 9_000 && hint.length < 9_000 && name!.length < 200);
});
