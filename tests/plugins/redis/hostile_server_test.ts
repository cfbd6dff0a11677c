/** The other side is a rumour too: what a server says that hangs, breaks off or speaks something else. */
import assert from "node:assert/strict";
import { Link } from "../../../plugins/redis/link.ts";
import { faultOf } from "../scripted_kernel.ts";
import { served } from "./with_redis.ts";

/** A peer that does the same with each connection. */
async function withPeer(
  act: (connection: Deno.TcpConn, round: number) => Promise<void>,
  test: (port: number, rounds: () => number) => Promise<void>,
): Promise<void> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.TcpConn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      open.push(connection);
      void act(connection, open.length).catch(() => {});
    }
  })();
  try {
    await test((listener.addr as Deno.NetAddr).port, () => open.length);
  } finally {
    listener.close();
    for (const connection of open) {
      try {
        connection.close();
      } catch { /* closed already */ }
    }
    await serving.catch(() => {});
  }
}

const says = (text: string) => async (connection: Deno.TcpConn) => {
  await connection.read(new Uint8Array(1_000));
  await connection.write(new TextEncoder().encode(text));
};

const SPOKEN: readonly (readonly [what: string, said: string, found: RegExp])[] = [
  [
    "another protocol",
    "HTTP/1.1 400 Bad Request\r\n\r\n",
    /does not speak Redis's protocol: a reply that begins with "HTTP\/1\.1 400 /,
  ],
  ["a length beyond what is taken", "$999999999\r\n", /a length of 999999999, where at most 1000 is taken/],
  ["lists without end", "*1\r\n".repeat(1_000), /lists more than 8 deep/],
];

for (const [what, said, found] of SPOKEN) {
  Deno.test(`a server that says ${what} is given up`, () =>
    withPeer(says(said), async (port) => {
      await using module = served({ port, max_value_bytes: 1_000 });
      const notes = module.as("notes");
      const { code, message } = await faultOf(() => notes.get("k"));
      assert.equal(code, "conflict");
      assert.match(message, found);
    }));
}

Deno.test("a connection on which something was answered that nobody had asked is given up", () =>
  withPeer(says("+OK\r\n+OK\r\n"), async (port, rounds) => {
    await using module = served({ port });
    const notes = module.as("notes");
    assert.deepEqual([await notes.get("a"), await notes.get("b"), rounds()], ["OK", "OK", 2]);
  }));

Deno.test("a server that says nothing is given up after command_ms, with all that waits behind", () =>
  withPeer(() => Promise.resolve(), async (port) => {
    await using module = served({ port, command_ms: 100 });
    const notes = module.as("notes");
    const faults = await Promise.all([faultOf(() => notes.get("a")), faultOf(() => notes.get("b"))]);
    for (const { code, message, retriable } of faults) {
      assert.deepEqual([code, retriable], ["conflict", true]);
      assert.match(message, /was lost: no answer to GET within 100 ms/);
    }
  }));

Deno.test("a server that breaks off in the middle of an answer loses its caller the answer, not the module", () =>
  withPeer(async (connection, round) => {
    await connection.read(new Uint8Array(1_000));
    await connection.write(new TextEncoder().encode(round === 1 ? "$10\r\nabc" : "$3\r\nabc\r\n"));
    if (round === 1) connection.close();
  }, async (port, rounds) => {
    await using module = served({ port });
    const notes = module.as("notes");
    assert.match((await faultOf(() => notes.get("k"))).message, /was lost: it closed the connection/);
    assert.equal(await notes.get("k"), "abc");
    assert.equal(rounds(), 2);
  }));

Deno.test("max_waiting commands wait for an answer, and the next one is refused", () =>
  withPeer(() => Promise.resolve(), async (port) => {
    await using module = served({ port, max_waiting: 3, command_ms: 300 });
    const notes = module.as("notes");
    const codes = await Promise.all(
      Array.from({ length: 4 }, (_, n) => faultOf(() => notes.get(String(n))).then(({ code }) => code)),
    );
    assert.deepEqual(codes, ["conflict", "conflict", "conflict", "rate_limited"]);
  }));

Deno.test("after each failure to connect a link waits twice as long, 5 s at the most, and tells the last failure meanwhile", async () => {
  let now = 0;
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const settings = {
    host: "127.0.0.1",
    port,
    connect_ms: 1_000,
    command_ms: 1_000,
    max_value_bytes: 100,
    max_waiting: 10,
  };
  let tries = 0;
  const greeting = () => Promise.resolve([]);
  const link = new Link({
    ...settings,
    get host() {
      tries++;
      return "127.0.0.1";
    },
    greeting,
  }, () => now);
  const attempt = async (): Promise<boolean> => {
    const before = tries;
    assert.match((await faultOf(() => link.send(["PING"]))).message, /was not reached/);
    return tries > before;
  };
  for (const pause of [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]) {
    assert.equal(await attempt(), true);
    now += pause - 1;
    assert.equal(await attempt(), false, `before ${pause} ms were over`);
    now += 1;
  }
  await link.close();
  assert.match((await faultOf(() => link.send(["PING"]))).message, /is closing/);
});
