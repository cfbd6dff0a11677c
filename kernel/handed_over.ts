/** What was asked of a kernel that lost the lead before it had done it: the one that leads does not know of it. */
import { type Fault, fault } from "./contract/fault.ts";

export function handedOver(what: string): Fault {
  return fault("moved", `${what} was not carried out: the kernel handed over to its successor meanwhile`, {
    hint: "ask again; the successor carries it out",
  });
}
