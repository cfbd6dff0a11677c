/** Who hears what cells say: calls go to the broker, lives to the lifecycle, bundles to whoever waits for them. */
import { fault } from "./contract/fault.ts";
import { WARM_CELL } from "./contract/names.ts";
import type { Broker } from "./broker/mod.ts";
import type { Cell, CellListener, VetCell, WarmCells } from "./cell/mod.ts";
import type { Lives } from "./lifecycle/mod.ts";
import type { LimitHits } from "./limit_hits.ts";
import type { ModuleLog } from "./module_log.ts";
import { readJsonPayload } from "./primitives/json_payload.ts";
import { limitWords } from "./primitives/limit_words.ts";
import { parseFault } from "./primitives/parse_fault.ts";
import { parseLastWords } from "./primitives/parse_report.ts";

export interface ListenerParts {
  readonly broker: Broker;
  readonly lives: () => Lives;
  readonly vet: () => VetCell;
  readonly warm: () => WarmCells;
  readonly log: ModuleLog;
  readonly limits: LimitHits;
  readonly reported: (cell: Cell) => void;
  /** A cell has told its figures. */
  readonly figures: () => void;
}

export function cellListener(
  { broker, lives, vet, warm, log, limits, reported, figures }: ListenerParts,
): CellListener {
  return {
    call: (port, message, payload) => broker.onCall(port, message, payload),
    reply: (port, message, payload) => broker.onReply(port, message, payload),
    piece: (port, message, payload) => broker.onPiece(port, message, payload),
    cancel: (port, id) => broker.onCancel(port, id),
    stream: (port, word, payload) => broker.onStream(port, word, payload),
    revoke: (port, instance, name) => broker.onRevoke(port, instance, name),
    lend: (port, instance, names, to) => broker.onLend(port, instance, names, to),
    ack: (port, ranges) => broker.onAck(port, ranges),
    reported: (cell, report) => {
      broker.reported(cell.id, report.holds);
      const blank = cell.inherited && cell.base === WARM_CELL && report.instances.length === 0;
      if (blank) warm().adopt(cell);
      else lives().adopt(cell, report);
      for (const { instance, kept = [] } of report.instances) broker.keeps(cell.id, instance, kept);
      reported(cell);
    },
    failed: (cell, message, payload) => {
      const why = parseFault(readJsonPayload(payload)) ??
        fault("module_error", "it failed and its words could not be read");
      lives().failed(cell, message.instance, message.phase, why);
    },
    dying: (cell, { instance, limit, found, allowed }, payload) => {
      const last_words = parseLastWords(readJsonPayload(payload));
      const to_blame = instance === undefined ? undefined : broker.apiOf(cell.id, instance);
      const call = to_blame === undefined || last_words === undefined
        ? undefined
        : broker.dying(cell.id, instance!, last_words);
      cell.last_words = { limit, ...(to_blame !== undefined && { to_blame }), ...(call !== undefined && { call }) };
      const why = limitWords(limit, found, allowed);
      log.dying(cell.id, why);
      for (const api of to_blame === undefined ? log.apisIn(cell.base) : [to_blame]) {
        limits.ended(api, { limit, found, allowed });
      }
    },
    limit: (cell, { instance, limit, found, allowed }) => {
      const api = broker.apiOf(cell.id, instance);
      if (api !== undefined) limits.hit(api, { limit, found, allowed });
    },
    figures,
    other: (cell, message, payload) => vet().message(cell, message, payload),
    violated: (cell, violation) => {
      log.dying(cell.id, `it broke the wire's rules: ${violation}`);
      for (const api of log.apisIn(cell.base)) limits.violated(api, violation);
    },
    exited: (cell, why) => {
      vet().exited(cell);
      warm().exited(cell);
      lives().cellExited(cell, why);
    },
  };
}
