import { DEFAULT_LIMITS } from "../../contract/limits.ts";
import { openPosted } from "../port_batch.ts";
import { readShellHeader } from "../port_headers.ts";
import { newRunningMark } from "../running_mark.ts";
import { openAdriftCalls } from "./adrift_calls.ts";
import { openCallContext } from "./call_context.ts";
import { openKeptFunctions } from "./kept_functions.ts";
import { openMadeCalls } from "./made_calls.ts";
import { findLent, type Hosted, hostModule } from "./module_host.ts";
import { openStreams } from "./open_streams.ts";
import { openOutbox } from "./outbox.ts";

/** A call of `answer(1)` as a shell says it. */
const CALL = ['[[3],[1,1,"default","answer",0,"rehearsal","rehearsal","0",1000,0,-1]]', "[1]"];

const NOBODY = { postMessage() {} } as unknown as MessagePort;

/** Serves one call of a module that is only played: code that has run runs sooner. */
export function rehearseCall(port: MessagePort = NOBODY): void {
  const outbox = openOutbox(port);
  const context = openCallContext();
  const streams = openStreams(outbox);
  const kept = openKeptFunctions(outbox.post);
  const calls = openMadeCalls({ outbox, context, streams, kept }, DEFAULT_LIMITS);
  const instance = { answer: (n: unknown) => n };
  const played = {
    ...{
      context,
      streams,
      calls,
      outbox,
      mark: newRunningMark(),
      adrift: openAdriftCalls("rehearsal", DEFAULT_LIMITS),
    },
    served: { api: "rehearsal", instance, lent: findLent(calls, kept), failed() {} },
  };
  const receive = hostModule(played as unknown as Hosted); // no call of a method asks for the rest
  openPosted(CALL, Infinity, (header, payload) => receive(readShellHeader(header, payload)));
}
