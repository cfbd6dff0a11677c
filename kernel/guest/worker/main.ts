/**
 * What runs first in a module's Worker: it takes the powers it was handed, takes everything else away from the realm, and only then lets the module's code in. From
 * there on it speaks to the shell over a port that module code never holds.
 */
import { releaseMemory } from "../../primitives/release_memory.ts";
import { openKeeping } from "../sdk/keep.ts";
import { openPosted } from "../port_batch.ts";
import { readShellHeader } from "../port_headers.ts";
import type { BlankInit, ToWorker, WorkerInit } from "../port.ts";
import { openAdriftCalls } from "./adrift_calls.ts";
import { awaitModule } from "./await_module.ts";
import { openCallContext } from "./call_context.ts";
import type { ValidatorLibrary } from "./check_params.ts";
import { configMap } from "./config_map.ts";
import { countCrypto } from "./count_crypto.ts";
import { fetchByService } from "./fetch_by_service.ts";
import { openImportGate } from "./import_gate.ts";
import { kernelObject } from "./kernel_object.ts";
import { loadModule } from "./load_module.ts";
import { openKeptFunctions } from "./kept_functions.ts";
import { openMadeCalls } from "./made_calls.ts";
import { boundedLog, moduleConsole } from "./module_console.ts";
import { countError, findLent, hostModule, type Tally } from "./module_host.ts";
import { loadFailure, openModuleLife, openSleeps } from "./module_life.ts";
import { openModuleState } from "./module_state.ts";
import { openModuleTimers } from "./module_timers.ts";
import { openModuleTools } from "./module_tools.ts";
import { openStreams } from "./open_streams.ts";
import { openOutbox } from "./outbox.ts";
import { pinMethods } from "./primordials.ts";
import { sealGlobals } from "./seal_globals.ts";
import { sealSignals } from "./seal_signals.ts";
import { takeBuiltins } from "./take_builtins.ts";
import { reportUncaught } from "./uncaught.ts";

addEventListener("message", (event) => void begin((event as MessageEvent<BlankInit | WorkerInit>).data), {
  once: true,
});

async function begin(first: BlankInit | WorkerInit): Promise<void> {
  await main("api" in first ? first : await awaitModule(first));
}

async function main(init: WorkerInit): Promise<void> {
  const { api, port, mark, limits } = init;
  pinMethods(port);
  const outbox = openOutbox(port);
  const post = outbox.post;
  const tally: Tally = { error_count: 0, last_error_time: null };
  const failed = () => countError(tally);
  const uncaught = reportUncaught(post, failed);

  const log = boundedLog(
    limits.log_lines_per_s,
    (level, text) => post({ t: "log", level, text }),
    (lines) => post({ t: "dropped", lines }),
  );
  const awake = () => outbox.postNow({ t: "awake" });
  const refused = (found: number) => post({ t: "limit", limit: "timers", found, allowed: limits.timers });
  const timers = openModuleTimers(limits.timers, { awake, uncaught, refused });
  const sleeps = openSleeps(timers);
  const context = openCallContext();
  const streams = openStreams(outbox);
  const kept = openKeptFunctions(post);
  openKeeping(kept);
  const calls = openMadeCalls({ outbox, context, streams, kept }, limits);
  const kernel = kernelObject(calls, context, sleeps.sleep);

  // While it loads: what a constructor calls, or who names its tools, may answer, also with a stream.
  let receive = (message: ToWorker): void => {
    switch (message.t) {
      case "release":
        return releaseMemory();
      case "ping":
        return post({ t: "pong", seq: message.seq, active_tasks: 0, ...tally });
      case "reply":
        return calls.settle(message);
      case "items":
      case "end":
      case "pull":
      case "stop":
        streams.word(message);
        if (message.t === "end" && message.at === "caller") calls.streamEnded(message.id);
    }
  };
  port.onmessage = (event) => {
    openPosted(event.data, Infinity, (header, payload) => receive(readShellHeader(header, payload)));
  };

  try {
    const builtins = await takeBuiltins(init, awake);
    const gate = openImportGate();
    const crypto_calls = countCrypto();
    sealGlobals(
      { console: moduleConsole(log), ...timers.globals, ...(init.fetch && { fetch: fetchByService(calls) }) },
      { wasm: init.wasm, tls: init.builtins.includes("node:tls"), uncaught },
    );
    sealSignals(timers.set);

    const { instance } = await loadModule(gate, init, builtins, kernel, configMap(init.own));
    const loadValidator = () => gate.takeLate("validator", init.validator) as unknown as Promise<ValidatorLibrary>;
    const tools = openModuleTools(api, loadValidator, log);
    const specs = await tools.list(instance);
    const life = openModuleLife(instance, sleeps, post, failed);
    const threw = (stack: string) => {
      failed();
      log("ERROR", stack);
    };
    const served = {
      api,
      instance,
      tools,
      lent: findLent(calls, kept),
      failed: threw,
    };
    const state = openModuleState(instance, limits.state_bytes, post, threw);
    const adrift = openAdriftCalls(api, limits);
    const hosted = { served, life, state, calls, adrift, streams, mark, context, outbox, tally, timers, crypto_calls };
    receive = hostModule(hosted);
    post({ t: "ready", tools: specs, has_run: life.has_run, ...(state.methods && { state: state.methods }) });
  } catch (error) {
    failed();
    post(loadFailure(api, error));
  }
}
