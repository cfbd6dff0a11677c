/** What is compared: each opens sessions, a session carries orders out in processes of its own. */
import type { Figures, Order } from "./drive/orders.ts";

/** `pinned`: the whole tree of processes on one core; latency is then not the scheduler's. */
export type Placement = "pinned" | "free";

export interface Session extends AsyncDisposable {
  order(order: Order): Promise<Figures>;
}

export interface Contender {
  readonly name: string;
  open(placement: Placement): Promise<Session>;
}
