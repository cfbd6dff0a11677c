import assert from "node:assert/strict";
import { fault, ok, refuse } from "../../kernel/contract/fault.ts";
import type { HostStatus } from "../../kernel/contract/status.ts";
import { runProgram, withHost } from "./scripted_host.ts";

const STATUS: HostStatus = {
  kernel: { version: "0.1.0", config: "meta-v1.yml", pid: 12, uptime: 192.5 },
  modules: [{
    api: "database",
    prog: "services/database",
    origin: "shipped",
    config: "configs/services/database.yml",
    version: "",
    state: "running",
    cell: "database~1",
    pid: 34,
    uptime: 190,
    active_tasks: 0,
    error_count: 1,
    last_error_time: 1_700_000_000,
    restarts: 2,
    memory_mb: 51.4,
    cpu_s: 0.3,
    calls: 1234,
    faults: 5,
    p50_ms: 0.5,
    p99_ms: null,
  }],
};

Deno.test("status prints the host's status as JSON, wherever the options stand", () =>
  withHost(
    { status: (params) => Promise.resolve(params.api ? refuse(fault("internal", "no")) : ok(STATUS)) },
    async (host) => {
      const after = await host.run("status", "--json");
      assert.equal(after.code, 0);
      assert.deepEqual(JSON.parse(after.stdout), STATUS);
      const before = await runProgram("--json", "--home", host.home, "status");
      assert.equal(before.stdout, after.stdout);
    },
  ));

Deno.test("status prints a table without colours into a pipe", () =>
  withHost({ status: () => Promise.resolve(ok(STATUS)) }, async (host) => {
    const ran = await host.run("status");
    assert.equal(ran.code, 0);
    const lines = ran.stdout.split("\n");
    assert.equal(lines[0], "meta-machine 0.1.0, kernel by meta-v1.yml, pid 12, up 3m12s");
    assert.match(lines[2]!, /^API +STATE +UP +CALLS/);
    assert.match(
      lines[3]!,
      /^database +running +3m10s +1234 +5 +1 +2 +0\.5 +- +51 +0\.3 +34 +configs\/services\/database\.yml$/,
    );
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(ran.stdout, /\x1b/);
  }));

Deno.test("status of one api asks for it and prints it in full", () => {
  let asked: unknown;
  return withHost({
    status: (params) => {
      asked = params;
      return Promise.resolve(ok(STATUS));
    },
  }, async (host) => {
    const ran = await host.run("status", "database");
    assert.deepEqual(asked, { api: "database" });
    assert.match(ran.stdout, /^api {7}database\nstate {5}running\n/);
    assert.match(ran.stdout, /errors {4}1, the last at 2023-11-14T22:13:20\.000Z/);
  });
});

Deno.test("call sends arguments as JSON where they are, else as text, and the aspect", () => {
  let asked: unknown;
  return withHost({
    call: (params) => {
      asked = params;
      return Promise.resolve(ok([{ n: 3, at: new Date(0), big: 7n, none: undefined, raw: new Uint8Array([1]) }]));
    },
  }, async (host) => {
    const ran = await host.run(
      "call",
      "database",
      "query",
      '"select 1"',
      "plain text",
      "-5",
      '{"a":[1]}',
      "--aspect",
      "tool",
      "--json",
    );
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(asked, {
      api: "database",
      method: "query",
      args: ["select 1", "plain text", -5, { a: [1] }],
      aspect: "tool",
    });
    const [row] = JSON.parse(ran.stdout);
    assert.deepEqual(row, { n: 3, at: "1970-01-01T00:00:00.000Z", big: "7", none: null, raw: { base64: "AQ==" } });
  });
});

Deno.test("call takes what follows -- as arguments, whatever it looks like", () => {
  let args: readonly unknown[] = [];
  return withHost({
    call: (params) => {
      args = params.args;
      return Promise.resolve(ok(undefined));
    },
  }, async (host) => {
    const ran = await runProgram("call", "--home", host.home, "notes", "add", "--", "--json", "-x");
    assert.deepEqual(args, ["--json", "-x"]);
    assert.equal(ran.stdout, "null\n");
  });
});

Deno.test("call prints a text as it is into a pipe, and everything else as JSON", () =>
  withHost({ call: ({ method }) => Promise.resolve(ok(method === "text" ? "two\nlines" : { a: 1 })) }, async (host) => {
    assert.equal((await host.run("call", "x", "text")).stdout, "two\nlines\n");
    assert.equal((await host.run("call", "x", "text", "--json")).stdout, '"two\\nlines"\n');
    assert.equal((await host.run("call", "x", "map")).stdout, '{\n  "a": 1\n}\n');
  }));

Deno.test("call prints the callee's fault and its hint on stderr and ends with 1", () =>
  withHost({
    call: () =>
      Promise.resolve(refuse(fault("module_error", "disk is \x1b[31mfull", { name: "DiskError", maybe_ran: true }))),
  }, async (host) => {
    const ran = await host.run("call", "notes", "add");
    assert.equal(ran.code, 1);
    assert.equal(ran.stdout, "");
    assert.match(ran.stderr, /^disk is .*full\nhint: the service threw this error; its log has the stack\n$/);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(ran.stderr, /\x1b/);
    const { error } = JSON.parse((await host.run("call", "notes", "add", "--json")).stdout);
    assert.equal(error.code, "module_error");
    assert.equal(error.maybe_ran, true);
  }));

Deno.test("call carries arguments and results that need many frames", () =>
  withHost({ call: ({ args }) => Promise.resolve(ok(args)) }, async (host) => {
    const text = "x".repeat(100_000);
    const ran = await host.run("call", "x", "y", text, "--json");
    assert.deepEqual(JSON.parse(ran.stdout), [text]);
  }));

Deno.test("call says that it may have run when the host dies meanwhile", () => {
  const called = Promise.withResolvers<void>();
  const call = () => {
    called.resolve();
    return new Promise<never>(() => {});
  };
  return withHost({ call }, async (host) => {
    const child = host.start("call", "x", "y", "--json");
    await called.promise;
    await host.end();
    const { code, stdout } = await child.output();
    assert.equal(code, 1);
    assert.equal(JSON.parse(new TextDecoder().decode(stdout)).error.maybe_ran, true);
  });
});

Deno.test("tools prints a table, and with --json the list itself", () => {
  const tools = [{
    name: "notes_add",
    api: "notes",
    description: "Adds\x07 a note",
    params: {},
    readOnly: false,
    destructive: true,
  }];
  return withHost({ tools: () => Promise.resolve(ok(tools)) }, async (host) => {
    assert.deepEqual(JSON.parse((await host.run("tools", "--json")).stdout), tools);
    const { stdout } = await host.run("tools");
    assert.match(stdout, /^TOOL +API +SAYS IT IS +DESCRIPTION\nnotes_add +notes +destructive +Adds.* a note\n$/);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(stdout, /\x07/);
  });
});

for (
  const [args, verb, params, answer, text] of [
    [["reload", "notes"], "reload", { api: "notes" }, { api: "notes", reloaded: true }, "reloaded notes\n"],
    [
      ["enable", "notes"],
      "enable",
      { api: "notes" },
      { api: "notes", files: ["configs/notes.yml"] },
      "enabled notes: configs/notes.yml\n",
    ],
    [["disable", "notes"], "disable", { api: "notes" }, { api: "notes", files: [] }, "notes was disabled already\n"],
    [
      ["quarantine", "lift", "notes"],
      "quarantine lift",
      { api: "notes" },
      { api: "notes", state: "starting" },
      "lifted the quarantine of notes: starting\n",
    ],
    [["state"], "state list", {}, [], "no states are kept\n"],
    [["state", "list"], "state list", {}, [], "no states are kept\n"],
    [
      ["state", "drop", "notes"],
      "state drop",
      { api: "notes" },
      { api: "notes", kept: true, set_aside: true, reloaded: true },
      "dropped the kept state and the state set aside of notes; its newest version runs now, and began empty\n",
    ],
    [
      ["state", "drop", "notes"],
      "state drop",
      { api: "notes" },
      { api: "notes", kept: false, set_aside: false, reloaded: false },
      "nothing was kept of notes\n",
    ],
  ] as const
) {
  Deno.test(`${verb} asks the host and says what it did: ${text.trim()}`, () => {
    let asked: unknown;
    const handler = (given: unknown) => {
      asked = given;
      // deno-lint-ignore no-explicit-any
      return Promise.resolve(ok(answer as any));
    };
    return withHost({ [verb]: handler }, async (host) => {
      const ran = await host.run(...args);
      assert.deepEqual(ran, { code: 0, stdout: text, stderr: "" });
      assert.deepEqual(asked, params);
      assert.deepEqual(JSON.parse((await host.run(...args, "--json")).stdout), answer);
    });
  });
}

Deno.test("a command shows what the host has against its params", () =>
  withHost({}, async (host) => {
    const ran = await host.run("reload", "9lives");
    assert.equal(ran.code, 1);
    assert.match(ran.stderr, /^reload: 'api' must be 1 to 4 segments/);
  }));
