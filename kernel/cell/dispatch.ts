import type { CellMessage, Payload } from "../contract/wire.ts";
import type { Cell } from "./cell.ts";
import type { CellLink } from "./cell_link.ts";
import type { CellListener } from "./cell_listener.ts";

/** Tells what an attached cell said to whom it concerns. */
export function dispatch(
  listener: CellListener,
  cell: Cell,
  link: CellLink,
  message: CellMessage,
  payload: Payload,
): void {
  switch (message.t) {
    case "call":
      return listener.call(cell.port, message, payload);
    case "reply":
      return listener.reply(cell.port, message, payload);
    case "piece":
      if (message.of === "call" || message.of === "reply") return listener.piece(cell.port, message, payload);
      return cell.take(message, payload) ? undefined : listener.other(cell, message, payload);
    case "cancel":
      return listener.cancel(cell.port, message.id);
    case "items":
    case "end":
    case "pull":
    case "stop":
      return listener.stream(cell.port, message, payload);
    case "revoke":
      return listener.revoke(cell.port, message.from, message.name);
    case "lend":
      return listener.lend(cell.port, message.from, message.names, message.api);
    case "ack":
      return listener.ack(cell.port, message.ids);
    case "dying":
      if (cell.dying) return link.close("its last words twice");
      cell.dying = true;
      return listener.dying(cell, message, payload);
    case "limit":
      return listener.limit(cell, message);
    case "fence":
      return cell.port.fence();
    case "attach":
      return link.close("attached twice on one link");
    default:
      if (cell.take(message, payload)) return message.t === "figures" ? listener.figures(cell) : undefined;
      if (message.t === "failed") return listener.failed(cell, message, payload);
      return listener.other(cell, message, payload);
  }
}
