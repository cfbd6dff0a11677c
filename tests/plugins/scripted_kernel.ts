/** A kernel for modules that run in the test's own process: the test says who calls, the services are the test's, and sleeping is over at once. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Caller, Config, Kernel, LimitHit } from "meta-machine";
import { configMap } from "../../kernel/guest/worker/config_map.ts";
import { filesBuiltin } from "../../kernel/guest/worker/files_builtin.ts";
import type { Files } from "files";

export interface ScriptedKernel {
  readonly kernel: Kernel;
  /** Does something in the name of a caller. */
  as<T>(api: string, act: () => T, principal?: string, signal?: AbortSignal): T;
  /** How long the module asked to sleep, each time. */
  readonly slept: number[];
  /** Limits that it said were hit. */
  readonly reported: LimitHit[];
}

export function scriptedKernel(
  services: Record<string, unknown> = {},
  onSleep: (ms: number) => Promise<void> | void = () => {},
): ScriptedKernel {
  const storage = new AsyncLocalStorage<Caller>();
  const slept: number[] = [];
  const reported: LimitHit[] = [];
  const kernel = {
    getApi: (name: string) => services[name],
    caller: () => storage.getStore(),
    async sleep(ms: number) {
      slept.push(ms);
      await onSleep(ms);
    },
    reportLimit(hit: LimitHit) {
      reported.push(hit);
      return Promise.resolve();
    },
  };
  return {
    kernel: kernel as unknown as Kernel,
    slept,
    reported,
    as: (api, act, principal = api, signal) => storage.run({ api, principal, trace_id: "t", signal } as Caller, act),
  };
}

export function config(own: Record<string, unknown> = {}): Config {
  return configMap(own);
}

/** The builtin `files` as a running host gives it to a module with these folders. */
export function realFiles(home: string, path = "."): Files {
  return filesBuiltin({ home, folders: [{ path, mode: "rw" }] }) as unknown as Files;
}

/** A home for one test. */
export async function withHome(act: (home: string) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "mm-plugins-" }));
  try {
    await act(home);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** The fault that a promise is rejected with. */
export async function faultOf(
  act: () => unknown,
): Promise<{ code: string; message: string; hint: string; retriable: boolean }> {
  try {
    await act();
  } catch (error) {
    return error as { code: string; message: string; hint: string; retriable: boolean };
  }
  throw new Error("it was not refused");
}
