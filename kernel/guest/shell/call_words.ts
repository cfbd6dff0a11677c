/** What call_machine.ts hears, and what it needs to know of the links. */
import type { KernelMessage, StreamWord } from "../../contract/wire.ts";
import type { FromWorker, PortStreamWord } from "../port.ts";

/** What a Worker says about calls. */
export type WorkerWord = Extract<FromWorker, { t: "call" | "reply" | "cancel" | "revoke" }> | PortStreamWord;
/** What a kernel says about calls. */
export type KernelWord =
  | Extract<KernelMessage, { t: "call" | "reply" | "cancel" | "ack" | "resay" | "hand_back" }>
  | StreamWord;

/** What the traffic needs to know of the links. */
export interface Links {
  /** Where new root calls go; undefined while they have to wait. */
  readonly root: number | undefined;
  isAttached(link: number): boolean;
  /** The attached links beside that one. */
  others(link: number): readonly number[];
}
