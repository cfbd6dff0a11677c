/** Who hears what cells on the bench say. Nobody is restarted here: what failed is told, and its calls end with a named fault. */
import { type Fault, fault } from "../../contract/fault.ts";
import type { InstanceId } from "../../contract/names.ts";
import type { FailPhase } from "../../contract/wire.ts";
import type { Broker } from "../../broker/mod.ts";
import type { CellListener, VetCell } from "../../cell/mod.ts";
import { readJsonPayload } from "../../primitives/json_payload.ts";
import { limitWords } from "../../primitives/limit_words.ts";
import { parseFault } from "../../primitives/parse_fault.ts";
import type { BenchLog } from "./bench_log.ts";

export interface ListenerParts {
  readonly broker: Broker;
  readonly vet: () => VetCell;
  readonly lines: BenchLog;
  readonly failed: (instance: InstanceId, phase: FailPhase, why: Fault) => void;
}

export function benchListener({ broker, vet, lines, failed }: ListenerParts): CellListener {
  return {
    call: (port, message, payload) => broker.onCall(port, message, payload),
    reply: (port, message, payload) => broker.onReply(port, message, payload),
    piece: (port, message, payload) => broker.onPiece(port, message, payload),
    stream: (port, word, payload) => broker.onStream(port, word, payload),
    lend: (port, instance, names, to) => broker.onLend(port, instance, names, to),
    revoke: (port, instance, name) => broker.onRevoke(port, instance, name),
    cancel: (port, id) => broker.onCancel(port, id),
    ack: (port, ranges) => broker.onAck(port, ranges),
    reported: (cell, report) => broker.reported(cell.id, report.holds),
    failed: (_cell, message, payload) => {
      const why = parseFault(readJsonPayload(payload)) ?? fault("module_error", "its words could not be read");
      failed(message.instance, message.phase, why);
      if (message.phase !== "run" && message.phase !== "shutdown") broker.unseat(message.instance, why);
    },
    dying: (cell, { limit, found, allowed }) => lines.dying(cell.id, limitWords(limit, found, allowed)),
    limit: () => {},
    figures: () => {},
    other: (cell, message, payload) => vet().message(cell, message, payload),
    violated: (cell, violation) => lines.dying(cell.id, `it broke the wire's rules: ${violation}`),
    exited: (cell, why) => {
      vet().exited(cell);
      broker.forgetCell(cell.id, fault("module_killed", `its process ended: ${why}`, { maybe_ran: true }));
    },
  };
}
