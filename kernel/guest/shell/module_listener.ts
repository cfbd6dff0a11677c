/** Who hears of the modules of a cell, and who makes their Workers. */
import type { Fault } from "../../contract/fault.ts";
import type { Limits } from "../../contract/limits.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { CellMessage, LoadOrder, Payload } from "../../contract/wire.ts";
import type { WorkerWord } from "./call_machine.ts";
import type { AsideWord } from "./module_asides.ts";
import type { ModuleWorker, WorkerListener } from "./module_worker.ts";

/** Checks the order's bundle again and makes its Worker; or says why not. May throw: that is a failed load too. */
export type MakeWorker = (order: LoadOrder, listener: WorkerListener) => Promise<ModuleWorker | Fault>;

export interface ModuleListener {
  call(instance: InstanceId, word: WorkerWord): void;
  say(message: CellMessage, payload?: Payload): void;
  /** For its log, or about its limits; the shell's own words on it are among these. */
  aside(instance: InstanceId, order: LoadOrder, word: AsideWord): void;
  /** It has a Worker now, which is to be watched. */
  made(instance: InstanceId, limits: Limits): void;
  /** Its Worker said something; `work` unless it was a mere pong. */
  heard(instance: InstanceId, work: boolean): void;
  /** It was told something that it has to notice, though it owes no answer. */
  told(instance: InstanceId): void;
  /** Its Worker is no more. */
  gone(instance: InstanceId): void;
  /** It is busy beyond load_ms: nothing but the process's end stops it. */
  stuck(instance: InstanceId, load_ms: number): void;
}
