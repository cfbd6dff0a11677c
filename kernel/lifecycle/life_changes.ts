/** The changes in a module's life, each from its beginning to its end. Two never run at once; module_life.ts sees to it. */
import { exportsState, type Instance } from "./instance.ts";
import type { KeptState } from "./kept_states.ts";
import { drainInstance } from "./drain_instance.ts";
import { keepLastState, leaveState } from "./leave_state.ts";
import { replaceInstance, type Turn } from "./replace_instance.ts";
import { restore } from "./restore.ts";
import type { Serving } from "./serving.ts";

/** One that is started by its first call sleeps at once, as soon as it is known which tools it has. */
export async function startModule(serving: Serving): Promise<void> {
  if (serving.unwanted || serving.current !== undefined || serving.rests()) return;
  const { spec, hash } = serving.wanted;
  if (spec.start === "eager") return await bring(serving);
  const { known_tools, tools } = serving.powers;
  const known = await known_tools.read(hash);
  if (known === undefined) return await bring(serving, { only_look: true });
  const refusal = tools.reserve(spec.api, known);
  if (refusal === undefined) serving.doze(known);
  else serving.missed(refusal);
}

/** A call waits for a module that sleeps. */
export async function wakeModule(serving: Serving): Promise<void> {
  if (serving.record.state === "sleeping" && !serving.unwanted && serving.current === undefined) await bring(serving);
}

/** `only_look`: it is to sleep again as soon as it has said which tools it has, unless a call waits for it by then. */
async function bring(serving: Serving, { only_look = false } = {}): Promise<void> {
  const { wanted, powers } = serving;
  const { api } = wanted.spec;
  serving.hold("starting");
  powers.emit({ kind: "module.starting", api });
  const brought = await restore(wanted, powers, "start_empty");
  if (!brought.ok) return serving.missed(brought.fault);
  const { tools } = brought.value;
  if (only_look) void powers.known_tools.write(wanted.hash, tools);
  if (!only_look || serving.awaited || serving.unwanted) return await serving.take(brought.value);
  await drainInstance(brought.value, powers);
  powers.emit({ kind: "module.sleeping", api, message: "until its first call" });
  serving.doze(tools);
}

/** What runs keeps running when the newer one can't be had. */
export async function reloadModule(serving: Serving): Promise<void> {
  if (serving.unwanted) return;
  const { wanted: planned, current: old, begins_empty: empty, record, restarts } = serving;
  serving.begins_empty = false;
  restarts.adjust(planned.spec.restart);
  serving.forgive();
  if (old === undefined) return await startModule(serving);
  record.state = "reloading";
  const replaced = await replaceInstance(old, planned, serving.powers, turnOf(serving, old), { empty });
  switch (replaced.is) {
    case "ready":
      if (replaced.missed !== undefined) record.loadFailed(replaced.missed);
      await serving.take(replaced.instance);
      if (replaced.missed !== undefined) record.reason = replaced.missed.message;
      return await keep(serving, replaced.carried);
    case "refused":
      record.loadFailed(replaced.why);
      return serving.serveOn(); // the old one never stopped serving
    case "ended":
      record.loadFailed(replaced.missed);
      return serving.retry(replaced.why.message);
  }
}

/** Its process is given back until the next call. One that is called in this moment, or whose state can't be had, stays awake. */
export async function sleepModule(serving: Serving, instance: Instance): Promise<void> {
  if (serving.unwanted || serving.current !== instance) return;
  const { powers, record } = serving;
  const { api, idle_ms, limits } = instance.planned.spec;
  serving.doze(instance.tools);
  if (exportsState(instance)) {
    const over = () => serving.awaited || serving.current !== instance;
    const left = await leaveState(instance, powers, { drain_ms: 0, export_ms: limits.shutdown_ms, over });
    if (left.ok) await keep(serving, left.value);
    else if (!serving.awaited) record.error(`it does not go to sleep: ${left.fault.message}`);
    if (!left.ok) return serving.serveOn();
  }
  if (serving.current !== instance) return;
  if (serving.awaited || powers.broker.servedBy(instance.id) > 0) return serving.serveOn();
  serving.ends();
  powers.emit({ kind: "module.sleeping", api, message: `not called for ${idle_ms} ms` });
  await drainInstance(instance, powers);
}

/** `bound_ms` cuts its time for a host that stops. */
export async function stopModule(serving: Serving, bound_ms?: number): Promise<void> {
  const { powers, draining } = serving;
  serving.endsLater((old) => {
    const idle = (ms: number) => keepLastState(old, powers, ms);
    return { bound_ms, ...(exportsState(old) && { idle }) };
  });
  serving.down("stopped");
  await draining.done();
  powers.emit({ kind: "module.stopped", api: serving.wanted.spec.api });
}

function turnOf(serving: Serving, old: Instance): Turn {
  return {
    hold: () => serving.hold("reloading"),
    serveOn: () => {
      if (serving.current !== old) return;
      serving.serveOn();
      serving.record.state = "reloading";
    },
    ends: () => void serving.ends(),
    over: () => serving.unwanted || serving.current !== old,
    stopped: () => serving.unwanted,
  };
}

/** So that a module whose process dies begins with what it had then. */
async function keep(serving: Serving, state: KeptState | undefined): Promise<void> {
  if (state === undefined) return;
  const { powers, record, wanted } = serving;
  await powers.states.keep(wanted.spec.api, state)
    .catch((error) => record.error(`its state could not be kept: ${error}`));
}
