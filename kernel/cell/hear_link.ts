/** What an attached link of a cell may say, and when: its report first, then whatever the wire allows. */
import type { Payload } from "../contract/wire.ts";
import { readJsonPayload } from "../primitives/json_payload.ts";
import { parseCellReport } from "../primitives/parse_report.ts";
import { FREE_OF_CREDIT } from "../primitives/window.ts";
import type { Cell } from "./cell.ts";
import type { CellLink } from "./cell_link.ts";
import type { CellListener } from "./cell_listener.ts";
import { dispatch } from "./dispatch.ts";

export interface LinkHearing {
  readonly listener: CellListener;
  /** It has reported on this link. */
  readonly reported: () => void;
  /** It broke the wire's rules. */
  readonly kill: (violation: string) => void;
}

/** The link is the cell's newest from now on. */
export function hearLink(cell: Cell, link: CellLink, { listener, reported, kill }: LinkHearing): void {
  cell.port.attach(link);
  let has_reported = false;
  link.proven({
    message: (message, payload) => {
      if (message.t !== "report") {
        // Answers wait until it has reported, and no credit bounds what a cell that never does asks for. What is free of credit overtakes a report.
        if (!has_reported && !FREE_OF_CREDIT.has(message.t)) return link.close("spoke before its report");
        return dispatch(listener, cell, link, message, payload);
      }
      if (has_reported) return link.close("reported twice on one link");
      has_reported = true;
      if (takeReport(cell, payload, listener)) reported();
      else link.close("a report that could not be read");
    },
    closed: (violation) => {
      cell.port.detach(link);
      if (violation === undefined) return;
      listener.violated(cell, violation);
      kill(violation);
    },
  });
}

function takeReport(cell: Cell, payload: Payload, listener: CellListener): boolean {
  const report = parseCellReport(readJsonPayload(payload));
  if (report === undefined) return false;
  cell.reported(report);
  listener.reported(cell, report);
  cell.port.open();
  return true;
}
