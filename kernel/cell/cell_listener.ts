/** Who hears what cells say. Calls go to the broker, lives to the lifecycle. */
import type { InstanceId } from "../contract/names.ts";
import type { CellMessage, CellReport, Payload, StreamWord } from "../contract/wire.ts";
import type { CellPort } from "../broker/mod.ts";
import type { Cell } from "./cell.ts";

export interface CellListener {
  call(port: CellPort, message: Extract<CellMessage, { t: "call" }>, payload: Payload): void;
  reply(port: CellPort, message: Extract<CellMessage, { t: "reply" }>, payload: Payload): void;
  piece(port: CellPort, message: Extract<CellMessage, { t: "piece" }>, payload: Payload): void;
  cancel(port: CellPort, id: number): void;
  stream(port: CellPort, word: StreamWord, payload: Payload): void;
  revoke(port: CellPort, instance: InstanceId, name: string): void;
  lend(port: CellPort, instance: InstanceId, names: readonly string[], to: string): void;
  ack(port: CellPort, ranges: readonly (readonly [number, number])[]): void;
  /** Right after each welcome. */
  reported(cell: Cell, report: CellReport): void;
  failed(cell: Cell, message: Extract<CellMessage, { t: "failed" }>, payload: Payload): void;
  /** It says why it is about to end itself. */
  dying(cell: Cell, message: Extract<CellMessage, { t: "dying" }>, payload: Payload): void;
  /** A module in it hit a limit, and goes on. */
  limit(cell: Cell, message: Extract<CellMessage, { t: "limit" }>): void;
  /** It has told its figures. */
  figures(cell: Cell): void;
  /** Other answers of host cells. */
  other(cell: Cell, message: CellMessage, payload: Payload): void;
  violated(cell: Cell, violation: string): void;
  exited(cell: Cell, why: string): void;
}
