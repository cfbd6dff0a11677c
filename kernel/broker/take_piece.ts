/** A further piece of a call or of a reply, from the cell that has begun it. */
import type { CellId } from "../contract/names.ts";
import type { CellMessage, Payload } from "../contract/wire.ts";
import type { CallFlow } from "./call_flow.ts";
import type { ParkedCalls } from "./parked_calls.ts";

export function takePiece(
  { flow, parked }: { readonly flow: CallFlow; readonly parked: ParkedCalls },
  cell: CellId,
  { of, id, more: continues }: Extract<CellMessage, { t: "piece" }>,
  payload: Payload,
): void {
  const more = continues === true;
  if (of === "reply") {
    const entry = flow.ledger.get(id);
    if (entry?.to?.port.cell === cell) flow.replyPiece(entry, more, payload);
  } else if (of === "call") {
    parked.piece(cell, id, more, payload);
    flow.callPiece(cell, id, more, payload);
  }
}
