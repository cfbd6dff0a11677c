/** The module in the test's own process, with the real package and a scripted model behind real HTTP: the clock and chance are the test's, and so is the caller's authority. */
import type { Kernel, LimitHit } from "meta-machine";
import OpenAI from "openai";
import * as schemas from "@cfworker/json-schema";
import type { Authority, ListedTool, ToolCall, ToolOutcome } from "../../../plugins/openai/authority.ts";
import { Module } from "../../../plugins/openai/mod.ts";
import type { OpenAiLibrary } from "../../../plugins/openai/openai_library.ts";
import type { Powers } from "../../../plugins/openai/powers.ts";
import type { SchemaLibrary } from "../../../plugins/openai/structured_output.ts";
import type { TurnItem } from "../../../plugins/openai/turn_items.ts";
import { ModelServer } from "../../model_server/mod.ts";
import { config, scriptedKernel } from "../scripted_kernel.ts";

export const OPENAI = { OpenAI } as unknown as OpenAiLibrary;
export const SCHEMAS = schemas as unknown as SchemaLibrary;

export interface ModelSetup {
  readonly params?: Record<string, unknown>;
  readonly prompts?: Record<string, string>;
  readonly authority?: Authority;
  readonly powers?: Partial<Powers>;
  readonly signal?: AbortSignal;
}

export interface WithModel {
  readonly server: ModelServer;
  readonly module: Module;
  /** Pauses between tries, in ms. */
  readonly slept: number[];
  /** Limits that it said were hit. */
  readonly reported: readonly LimitHit[];
  /** Does something in a call of somebody's. */
  as<T>(act: () => T): T;
}

export async function withModel(setup: ModelSetup, test: (with_model: WithModel) => Promise<void>): Promise<void> {
  await using server = new ModelServer();
  const slept: number[] = [];
  const { kernel, as, reported } = scriptedKernel();
  const more = {
    prompt: (name: string) => Promise.resolve(setup.prompts?.[name] ?? ""),
    asCaller: () => setup.authority ?? noAuthority,
  };
  const powers: Powers = {
    fetch: globalThis.fetch,
    now: () => performance.now(),
    today: () => new Date("2026-03-14T12:00:00Z"),
    random: () => 0,
    sleep: (ms) => (slept.push(ms), Promise.resolve()),
    ...setup.powers,
  };
  const own = config({ params: { base_url: server.base_url, model: "scripted", ...setup.params } });
  const module = new Module({ ...kernel, ...more } as unknown as Kernel, own, powers, {
    openai: OPENAI,
    schema: SCHEMAS,
  });
  await test({
    server,
    module,
    slept,
    reported,
    as: (act) => as("m", act, "console", setup.signal ?? new AbortController().signal),
  });
}

const noAuthority: Authority = {
  listTools: () => Promise.resolve([]),
  callTool: () => Promise.reject(new Error("nothing may be called")),
};

export async function itemsOf(stream: AsyncIterable<TurnItem>): Promise<TurnItem[]> {
  return await Array.fromAsync(stream);
}

export const textOf = (items: readonly TurnItem[]): string =>
  items.map((item) => item.kind === "text" ? item.text : "").join("");

/** A catalog of the test's, and what was called of it, in the order in which the calls began and ended. */
export function scriptedAuthority(
  tools: Record<
    string,
    { readOnly?: boolean; run: (params: Readonly<Record<string, unknown>>, signal: AbortSignal) => unknown }
  >,
) {
  const called: ToolCall[] = [];
  const order: string[] = [];
  const listed: ListedTool[] = Object.entries(tools).map(([name, { readOnly = false }]) => ({
    ...{
      name,
      api: name.split("_")[0]!,
      description: `Does ${name}.`,
      params: { type: "object" },
      readOnly,
      destructive: !readOnly,
    },
  }));
  const authority: Authority = {
    listTools: () => Promise.resolve(listed),
    async callTool(call, { signal }): Promise<ToolOutcome> {
      const { tool, params, id } = call;
      called.push(call);
      const head = { result: tool, ...(id !== undefined && { id }) };
      const found = tools[tool];
      if (found === undefined) {
        return {
          ...head,
          status: "error",
          error: { code: "unknown_tool", message: `there is no tool '${tool}'`, retriable: false },
        };
      }
      order.push(`${tool} begins`);
      try {
        return { ...head, status: "success", data: await found.run(params, signal) };
      } catch (error) {
        return {
          ...head,
          status: "error",
          error: { code: "tool_error", message: (error as Error).message, retriable: false },
        };
      } finally {
        order.push(`${tool} ends`);
      }
    },
  };
  return { authority, called, order, listed };
}
