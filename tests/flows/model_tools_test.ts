/** A whole conversation in a real host: a person asks, a scripted model reads a file, looks into the database, writes a note and answers, by text and by functions alike. */
import assert from "node:assert/strict";
import type { ListedApproval } from "../../kernel/contract/control.ts";
import { playWay } from "../demo/play_way.ts";
import { checkOutcome, NOTES, type Outcome, STEPS, storyFiles } from "../demo/story.ts";
import { inferenceConfig, WAYS } from "../demo/ways.ts";
import { ModelServer, says } from "../model_server/mod.ts";
import { RunningHost, until } from "./running_host.ts";

Deno.test("a model reads a file, asks the database, writes a note in the console's name, and answers, with the same outcome by each way", async () => {
  await using server = new ModelServer();
  await using host = await RunningHost.start(storyFiles(server));
  assert.deepEqual(WAYS.map(({ name }) => name), ["bracket", "native", "mcp"]);
  const outcomes: Outcome[] = [];
  for (const way of WAYS) {
    const told: string[] = [];
    outcomes.push(await playWay(way, { server, host, tell: ({ kind }) => told.push(kind) }));
    checkOutcome(outcomes.at(-1)!);
    assert.equal(server.left, 0);
    assert.deepEqual(told, ["asks", "waits", "approved", "answered", "left"], way.name);
  }
  const [text, functions] = [server.chats()[0]!.body, server.chats()[STEPS.length + 1]!.body];
  assert.ok(text.tools === undefined && /```tool/.test(text.messages[0].content), "by text: told in the prompt");
  assert.equal(functions.tools.length, 3, "by functions: told beside the messages");
});

Deno.test("a model gets what its principal may, never what the module that leads it may; a person is asked where that is due", async () => {
  await using server = new ModelServer();
  await using host = await RunningHost.start({
    ...storyFiles(server),
    "plugins/vault.js": NOTES,
    "configs/vault.yml": "approve: never\n",
    "configs/inference/bracket.yml": inferenceConfig(server, "bracket", ["vault"]),
  });
  const asks = WAYS[0]!.asks;
  const chat = () =>
    host.json<{ text: string }>(
      "call",
      "inference/bracket",
      "chat",
      '{"messages": [{"role": "user", "content": "Go on."}]}',
    );
  server.will(asks("Now.", { name: "vault_add", arguments: { text: "mine" } }), says("No."));
  assert.equal((await chat()).text, "No.");
  assert.match(
    JSON.stringify(server.asked.at(-1)!.body.messages.at(-1)),
    /denied.*'console' may not call the tool 'vault_add'/,
  );
  assert.deepEqual(await host.json("call", "vault", "all"), []);
  const [{ content: prompt }] = server.asked[0]!.body.messages;
  assert.ok(prompt.includes("notes_add") && !prompt.includes("vault_add"), "it is not even shown");

  server.will(asks("Now.", { name: "notes_add", arguments: { text: "gold" } }), says("Done."));
  const asking = chat();
  asking.catch(() => {}); // where the test has failed before
  const waiting = () => host.json<ListedApproval[]>("approvals");
  await until(async () => (await waiting()).length === 1, 10_000, () => "nobody asks");
  assert.deepEqual(await host.json("call", "notes", "all"), []);
  assert.equal((await host.cli("approve", (await waiting())[0]!.id)).code, 0);
  assert.equal((await asking).text, "Done.");
  assert.deepEqual(await host.json("call", "notes", "all"), ["@console: gold"]);
});
