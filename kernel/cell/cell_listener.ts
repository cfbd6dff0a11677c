/** Who hears what cells say. Calls go to the broker, lives to the lifecycle. */
import type { CellMessage, CellReport } from "../contract/wire.ts";
import type { CellPort } from "../broker/mod.ts";
import type { Cell } from "./cell.ts";

export interface CellListener {
  call(port: CellPort, message: Extract<CellMessage, { t: "call" }>, payload: Uint8Array): void;
  reply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Uint8Array): void;
  piece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Uint8Array): void;
  cancel(port: CellPort, id: number): void;
  ack(port: CellPort, ranges: readonly (readonly [number, number])[]): void;
  /** Right after each welcome. */
  reported(cell: Cell, report: CellReport): void;
  failed(cell: Cell, message: Extract<CellMessage, { t: "failed" }>, payload: Uint8Array): void;
  /** It says why it is about to end itself. */
  dying(cell: Cell, message: Extract<CellMessage, { t: "dying" }>): void;
  /** Other answers of host cells. */
  other(cell: Cell, message: CellMessage, payload: Uint8Array): void;
  violated(cell: Cell, violation: string): void;
  exited(cell: Cell, why: string): void;
}
