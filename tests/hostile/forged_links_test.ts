import assert from "node:assert/strict";
import { type HostUnderAttack, underAttack } from "./neighbour.ts";
import { WIRE } from "../../kernel/contract/limits.ts";
import { FrameReader, FrameWriter } from "../../kernel/primitives/frame_codec.ts";

const encoder = new TextEncoder();

/** A process of somebody else at the kernel's socket. */
class Stranger {
  readonly #connection: Deno.UnixConn;
  readonly #reader = new FrameReader({ proven: true });
  readonly said: unknown[] = [];
  closed = false;
  readonly #ended: Promise<void>;

  private constructor(connection: Deno.UnixConn) {
    this.#connection = connection;
    this.#ended = this.#read();
  }
  static async connect(attacked: HostUnderAttack, socket = "k.sock"): Promise<Stranger> {
    const address = (await Deno.readTextFile(`${attacked.home}/runtime/run/address`)).trim();
    return new Stranger(await Deno.connect({ transport: "unix", path: address.replace(/[^/]*$/, socket) }));
  }
  async #read(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const count = await this.#connection.read(buffer).catch(() => null);
      if (count === null) break;
      this.said.push(...this.#reader.feed(buffer.slice(0, count)).messages.map(({ header }) => header));
    }
    this.closed = true;
  }
  /** What can't be written is what was meant to be refused. */
  async write(bytes: Uint8Array): Promise<void> {
    try {
      let rest = bytes;
      while (rest.length > 0) rest = rest.subarray(await this.#connection.write(rest));
    } catch { /* closed */ }
  }
  async say(...headers: object[]): Promise<void> {
    const writer = new FrameWriter<object>();
    for (const header of headers) writer.push(header);
    await this.write(writer.take()!);
  }
  async closedWithin(ms: number): Promise<boolean> {
    let timer;
    await Promise.race([this.#ended, new Promise((resolve) => timer = setTimeout(resolve, ms))]);
    clearTimeout(timer);
    return this.closed;
  }
  end(): void {
    try {
      this.#connection.close();
    } catch { /* closed */ }
  }
}

const ATTACH = { t: "attach", incarnation: "0".repeat(16), proof: "0".repeat(64), pid: 1 };
const length = (bytes: number) => new Uint8Array(new Uint32Array([bytes]).buffer).toReversed();
const FORGED: Record<string, (stranger: Stranger) => Promise<void>> = {
  "an attach with a proof of nothing": (stranger) => stranger.say({ ...ATTACH, cell: "neighbour~1000001" }),
  "an attach for a cell nobody knows": (stranger) => stranger.say({ ...ATTACH, cell: "ghost~1" }),
  "an attach for the prototype": (stranger) => stranger.say({ ...ATTACH, cell: "__proto__" }),
  "a call before any proof": (stranger) =>
    stranger.say({ t: "call", id: 1, from: "1.1", api: "neighbour", aspect: "default", name: "ping", kind: "call" }),
  "two messages in its one frame": (stranger) => stranger.say({ ...ATTACH, cell: "ghost~1" }, { t: "fence" }),
  "a frame of 4 GB": (stranger) => stranger.write(length(0xffff_ffff)),
  "a frame just above what an unproven link may send": (stranger) => stranger.write(length(WIRE.unproven_bytes + 6)),
  "a frame of nothing": (stranger) => stranger.write(length(0)),
  "a frame of an unknown type": (stranger) => stranger.write(new Uint8Array([0, 0, 0, 7, 99, 0, 0, 0, 2, 91, 93])),
  "headers longer than the frame": (stranger) =>
    stranger.write(new Uint8Array([0, 0, 0, 7, 1, 0xff, 0xff, 0xff, 0xff, 91, 93])),
  "text": (stranger) => stranger.write(encoder.encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
  "random bytes": (stranger) => stranger.write(crypto.getRandomValues(new Uint8Array(900))),
  "headers that are nested deeply": (stranger) => {
    const text = encoder.encode("[".repeat(400) + "]".repeat(400));
    return stranger.write(new Uint8Array([...length(5 + text.length), 1, ...length(text.length), ...text]));
  },
};

Deno.test("a link without the token is closed, whatever it says; nobody notices", async (t) => {
  await underAttack({}, async (attacked) => {
    for (const [what, forge] of Object.entries(FORGED)) {
      await t.step(what, async () => {
        const stranger = await Stranger.connect(attacked);
        await forge(stranger);
        assert.ok(await stranger.closedWithin(WIRE.unproven_ms + 800), "it is still open");
        assert.deepEqual(stranger.said.filter((header) => (header as { t: string }).t !== "nonce"), []);
      });
    }
    await t.step("a byte now and then", async () => {
      const stranger = await Stranger.connect(attacked);
      const since = performance.now();
      for (let i = 0; i < 40 && !stranger.closed; i++) {
        await stranger.write(new Uint8Array([0]));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.ok(stranger.closed && performance.now() - since < WIRE.unproven_ms + 800);
    });
    await t.step(
      "more links than the bound: the ninth is closed at once, and real cells attach afterwards",
      async () => {
        const strangers = [];
        for (let i = 0; i <= WIRE.unproven_links; i++) strangers.push(await Stranger.connect(attacked));
        assert.ok(await strangers.at(-1)!.closedWithin(400));
        assert.equal(strangers.filter(({ closed }) => closed).length, 1);
        await attacked.write({
          "plugins/late.js": "export class Module { hi() { return 1; } }",
          "configs/late.yml": "",
        });
        await attacked.reaches("late", ["running"], 6_000);
        for (const stranger of strangers) stranger.end();
      },
    );
    await t.step("the token is in no argument and in no environment of a cell", async () => {
      if (Deno.build.os !== "linux") return;
      const { pid } = await attacked.module("neighbour");
      const told = await Deno.readTextFile(`/proc/${pid}/cmdline`) + await Deno.readTextFile(`/proc/${pid}/environ`);
      assert.doesNotMatch(told, /[0-9a-f]{64}/i);
      assert.doesNotMatch(told, /(?<![\w/.-])[A-Za-z0-9+_-]{43}/);
    });
  });
});

const CONTROL: Record<string, (stranger: Stranger) => Promise<void>> = {
  "text": (stranger) => stranger.write(encoder.encode("stop\n")),
  "random bytes": (stranger) => stranger.write(crypto.getRandomValues(new Uint8Array(5_000))),
  "a frame of 4 GB": (stranger) => stranger.write(length(0xffff_ffff)),
  "an unknown verb": (stranger) => stranger.say({ t: "request", id: 1, verb: "grant everything" }),
  "a verb of the prototype": (stranger) => stranger.say({ t: "request", id: 1, verb: "constructor" }),
  "params that are none": (stranger) => stranger.say({ t: "request", id: 1, verb: "call" }),
  "pieces of nothing": (stranger) => stranger.say({ t: "piece", id: 7, more: true }, { t: "piece", id: 7 }),
  "a thousand requests at once": (stranger) =>
    stranger.say(...Array.from({ length: 200 }, (_, id) => ({ t: "request", id: id + 1, verb: "status" }))),
  "a cell's words": (stranger) => stranger.say({ t: "attach", cell: "x~1" }),
  "half a frame": (stranger) => stranger.write(length(1_000)),
};

Deno.test("an operator's client that speaks nonsense harms nobody", async (t) => {
  await underAttack({}, async (attacked) => {
    for (const [what, say] of Object.entries(CONTROL)) {
      await t.step(what, async () => {
        const stranger = await Stranger.connect(attacked, "control.sock");
        await say(stranger);
        await stranger.closedWithin(150);
        const answers = stranger.said as { t: string; ok?: boolean }[];
        if (!what.includes("thousand")) {
          assert.ok(answers.every((answer) => answer.ok !== true), JSON.stringify(answers));
        }
        stranger.end();
        await attacked.call("neighbour", "ping", 1);
      });
    }
    await t.step("a reader who takes nothing", async () => {
      const address = (await Deno.readTextFile(`${attacked.home}/runtime/run/address`)).trim();
      const silent = await Deno.connect({ transport: "unix", path: address });
      const writer = new FrameWriter<object>();
      for (let id = 1; id < 250; id++) writer.push({ t: "request", id, verb: "status" });
      await silent.write(writer.take()!);
      await attacked.call("neighbour", "ping", 1);
      silent.close();
    });
  });
});
