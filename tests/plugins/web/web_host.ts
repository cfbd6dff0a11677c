/** The web module in a real host: a home with services that stand in for others, principals, and what a client needs to speak to it. */
import assert from "node:assert/strict";
import { RunningHost, until } from "../../flows/running_host.ts";

/** An inference module that says what it is asked, at the pace of its own settings; the text `fail` breaks it off. */
const INFERENCE = `
export class Module {
  constructor(kernel) { this.kernel = kernel; this.ended = []; }
  #said(asked) { return String(asked.messages.at(-1).content); }
  async chat(asked) {
    const text = this.#said(asked);
    if (text === "slow") await this.#wait();
    if (text === "asked") return { text: JSON.stringify(asked), finish: "stop" };
    if (Array.isArray(asked.tools)) return { text: "", finish: "calls", calls: [{ id: "c1", name: asked.tools[0].function.name, arguments: "{}" }] };
    return { text: text + " for " + this.kernel.caller().api, finish: "stop", usage: { input_tokens: 3, output_tokens: 2, cost: 0 } };
  }
  stream(asked) {
    const items = this.#items(asked);
    // As the shipped inference does: who leaves ends what is under way at once, also while an item is waited for.
    return { [Symbol.asyncIterator]() { return this; }, next: () => items.next(), return: async () => {
      if (this.#said(asked) === "slow") this.ended.push("stream given up"); else await items.return();
      return { done: true, value: undefined };
    } };
  }
  async *#items(asked) {
    const text = this.#said(asked);
    try {
      yield { kind: "text", text: "you " };
      yield { kind: "call", tool: "notes_add", params: {}, id: "1" };
      yield { kind: "result", id: "1", outcome: { result: "notes_add", status: "success", data: 1 } };
      if (text === "fail") throw new Error("the model is gone");
      if (text === "cut") return;
      if (text === "slow") await new Promise(() => {});
      if (text === "long") for (let i = 0; ; i++) yield { kind: "text", text: "x".repeat(10000) };
      yield { kind: "text", text: "said " + text };
      yield { kind: "usage", input_tokens: 5, output_tokens: 4 };
      if (Array.isArray(asked.tools)) yield { kind: "done", finish: "calls", calls: [{ id: "c1", name: "look", arguments: "{}" }] };
      else yield { kind: "done", finish: "stop", usage: { input_tokens: 5, output_tokens: 4, cost: 0 } };
    } finally { this.ended.push(text); }
  }
  async #wait() {
    const { signal } = this.kernel.caller();
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    this.ended.push("chat given up");
    throw signal.reason;
  }
  howEnded() { return this.ended; }
}`;
const NOTES = `
import { tool } from "meta-machine";
export class Module {
  #all = [];
  constructor(kernel) { this.kernel = kernel; this.aborted = 0; }
  whoami() { const { api, principal } = this.kernel.caller(); return api + " for " + principal; }
  add(text) { this.#all.push(text); return this.#all.length; }
  plain() { return { big: 2n ** 60n, day: new Date(0), bytes: new Uint8Array([1, 2]), no: undefined, ["__proto__"]: 1 }; }
  fail() { throw new TypeError("it can't be"); }
  async *many() { yield 1; }
  large(size) { return "x".repeat(size); }
  async wait(ms) { this.kernel.caller().signal.addEventListener("abort", () => this.aborted++); await this.kernel.sleep(ms); return ms; }
  gaveUp() { return this.aborted; }
  getAspect(name) {
    if (name === "default") return this;
    if (name === "other") return { hello: () => "other" };
    if (name !== "tool") throw new Error("Aspect '" + name + "' not found.");
    const params = { type: "object", properties: { text: { type: "string" } }, required: ["text"], additionalProperties: false };
    return { add: tool({ description: "Adds a note.", params, run: ({ text }) => this.add(text) }) };
  }
}`;
const CONFIG = Deno.readTextFileSync(new URL("../../../configs/.web.yml", import.meta.url));

/** The shipped config with other values, at a port that the system chooses. */
export function webConfig(own: Readonly<Record<string, unknown>> = {}): string {
  const text = CONFIG.replace("127.0.0.1:7777", "127.0.0.1:0");
  const kept = text.split("\n").filter((line) => !Object.keys(own).some((key) => line.startsWith(`${key}:`)));
  return kept.join("\n") + Object.entries(own).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join("");
}

const PRINCIPALS = `
kitchen: {grants: {services: [notes, "inference/*"]}}
cellar: {grants: {services: [{api: inference/local, methods: [chat]}]}}
watcher: {grants: {services: [{api: web, aspects: [operations]}]}}
`;

export interface WebHost extends AsyncDisposable {
  readonly host: RunningHost;
  readonly base: string;
  readonly port: number;
  token(principal: string): Promise<string>;
  /** A request with a principal's token. */
  as(principal: string, path: string, init?: RequestInit): Promise<Response>;
  post(principal: string, path: string, body: unknown, init?: RequestInit): Promise<Response>;
}

export async function startWeb(own: Readonly<Record<string, unknown>> = {}): Promise<WebHost> {
  const host = await RunningHost.start({
    "configs/web.yml": webConfig(own),
    "configs/principals.yml": PRINCIPALS,
    "plugins/standin.js": INFERENCE,
    "configs/inference/local.yml": "prog: standin\n",
    "configs/inference/other.yml": "prog: standin\n",
    "plugins/notes.js": NOTES,
    "configs/notes.yml": "approve: never\n",
  });
  try {
    const port = await portOf(host);
    const tokens = new Map<string, Promise<string>>();
    const token = (principal: string) => {
      const made = tokens.get(principal) ??
        host.json<{ token: string }>("token", "new", principal).then(({ token }) => token);
      tokens.set(principal, made);
      return made;
    };
    const base = `http://127.0.0.1:${port}`;
    const as: WebHost["as"] = async (principal, path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${await token(principal)}`);
      return await fetch(base + path, { ...init, headers });
    };
    const post: WebHost["post"] = (principal, path, body, init = {}) =>
      as(principal, path, { method: "POST", body: JSON.stringify(body), ...init });
    return { host, base, port, token, as, post, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}

/** As its log says; the last one, after a reload. */
export async function portOf(host: RunningHost): Promise<number> {
  let port: number | undefined;
  await until(
    async () => {
      const { out } = await host.cli("logs", "web");
      port = Number([...out.matchAll(/listening at http:\/\/127\.0\.0\.1:(\d+)/g)].at(-1)?.[1]) || undefined;
      return port !== undefined;
    },
    15_000,
    () => `the web module does not listen: ${host.stderr}`,
  );
  return port!;
}

// deno-lint-ignore no-explicit-any -- whatever was answered
export async function bodyOf(response: Response, status = 200): Promise<any> {
  const text = await response.text();
  assert.equal(response.status, status, text);
  return JSON.parse(text);
}
