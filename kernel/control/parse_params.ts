/** Which parser reads which verb's params; a verb that is missing here does not compile. */
import type { ControlVerb, ControlVerbs } from "../contract/control.ts";
import type { Result } from "../contract/fault.ts";
import { parseApiParams } from "./parse_api_params.ts";
import { parseCallParams } from "./parse_call_params.ts";
import { parseMaybeApiParams } from "./parse_maybe_api_params.ts";
import { parseNoParams } from "./parse_no_params.ts";
import { ID, parseTextParams, PRINCIPAL } from "./parse_text_params.ts";
import { parseToolParams } from "./parse_tool_params.ts";
import { parseToolsParams } from "./parse_tools_params.ts";
import { parseEventsParams, parseLogsParams } from "./parse_stream_params.ts";

type Parsers = { readonly [V in ControlVerb]: (params: unknown) => Result<ControlVerbs[V]["params"]> };

/** Params from the socket → the verb's own type, or a fault that says what was wrong. */
export const PARAM_PARSERS: Parsers = Object.freeze({
  status: (params: unknown) => parseMaybeApiParams("status", params),
  call: parseCallParams,
  tools: parseToolsParams,
  tool: parseToolParams,
  logs: parseLogsParams,
  events: parseEventsParams,
  reload: (params: unknown) => parseApiParams("reload", params),
  enable: (params: unknown) => parseApiParams("enable", params),
  disable: (params: unknown) => parseApiParams("disable", params),
  "quarantine lift": (params: unknown) => parseApiParams("quarantine lift", params),
  "state list": (params: unknown) => parseNoParams("state list", params),
  "state drop": (params: unknown) => parseApiParams("state drop", params),
  approvals: (params: unknown) => parseNoParams("approvals", params),
  approve: (params: unknown) => parseTextParams("approve", "id", ID, params),
  deny: (params: unknown) => parseTextParams("deny", "id", ID, params),
  "token new": (params: unknown) => parseTextParams("token new", "principal", PRINCIPAL, params),
  "token list": (params: unknown) => parseNoParams("token list", params),
  "token revoke": (params: unknown) => parseTextParams("token revoke", "id", ID, params),
  proposals: (params: unknown) => parseNoParams("proposals", params),
  "proposals show": (params: unknown) => parseTextParams("proposals show", "id", ID, params),
  adopt: (params: unknown) => parseTextParams("adopt", "id", ID, params),
  reject: (params: unknown) => parseTextParams("reject", "id", ID, params),
  rollback: (params: unknown) => parseApiParams("rollback", params),
  upgrade: (params: unknown) => parseNoParams("upgrade", params),
  stop: (params: unknown) => parseNoParams("stop", params),
  ping: (params: unknown) => parseNoParams("ping", params),
});
