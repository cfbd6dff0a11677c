/** What is compared: each opens sessions; a session is a tree of processes that carries orders out. */
import type { Figures } from "./drive/call_orders.ts";
import type { HostOrder } from "./drive/host_orders.ts";

/** `pinned`: the whole tree of processes on one core; latency is then not the scheduler's. */
export type Placement = "pinned" | "free";

export interface SessionWishes {
  readonly placement: Placement;
  /** How many modules `cold` and `boot` will start, for a contender that has to know them beforehand. */
  readonly more?: number;
  /** Blank processes kept ready. */
  readonly warm_cells?: number;
}

export interface Session extends AsyncDisposable {
  /** The root of the tree. */
  readonly pid: number;
  order(order: HostOrder): Promise<Figures>;
}

export interface Contender {
  readonly name: ContenderName;
  open(wishes: SessionWishes): Promise<Session>;
}

export type ContenderName = "ours" | "floor" | "comlink" | "capnweb" | "http-worker";
