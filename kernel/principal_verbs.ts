/** The operator's verbs about who acts besides modules: what models ask of him, and tokens. */
import { type Asked, type Broker, catalogOf, type Principals, type ToolDirectory } from "./broker/mod.ts";
import type { ControlVerbs, ListedApproval } from "./contract/control.ts";
import { fault, ok, refuse, type Result } from "./contract/fault.ts";
import { PRINCIPALS_FILE } from "./contract/names.ts";
import type { ListedTool } from "./contract/tool_spec.ts";
import type { Clock } from "./contract/powers.ts";
import type { ControlHandlers } from "./control/mod.ts";
import { answerOf } from "./operator_answer.ts";
import { encodeValue } from "./primitives/value_codec.ts";
import type { TokenTable } from "./token_table.ts";

export interface PrincipalVerbPowers {
  readonly broker: Pick<Broker, "approvals" | "callAsPrincipal">;
  readonly clock: Pick<Clock, "monotonic">;
  readonly principals: Pick<Principals, "principal">;
  readonly tokens: TokenTable;
  /** Changes are made by the kernel that leads. */
  readonly leading: <T>(what: string, change: () => Promise<Result<T>>) => Promise<Result<T>>;
}

type Verb = "tool" | "approvals" | "approve" | "deny" | "token new" | "token list" | "token revoke";

/** What of params a person is shown in a list. */
const SHOWN_UNITS = 4_000;

export function principalVerbs(powers: PrincipalVerbPowers): Pick<ControlHandlers, Verb> {
  const { broker, clock, principals, tokens, leading } = powers;
  const { approvals } = broker;
  const listed = (asked: Asked) => listedApproval(asked, clock.monotonic(), approvals.params(asked, SHOWN_UNITS));
  const answer = (id: string, given: "approved" | "denied"): Promise<Result<ListedApproval>> => {
    const waiting = approvals.all().find((asked) => asked.id === id);
    const shown = waiting && listed(waiting);
    if (shown === undefined || approvals.answer(id, given) === undefined) return Promise.resolve(refuse(noneWaits(id)));
    return Promise.resolve(ok(shown));
  };
  return {
    tool: async ({ principal, tool, params = {} }, { signal }) => {
      const payload = encodeValue([params], "arguments");
      if (!payload.ok) return payload;
      return await answerOf(broker.callAsPrincipal({ principal, tool, payload: payload.value }), signal);
    },
    approvals: () => Promise.resolve(ok(approvals.all().map(listed))),
    approve: ({ id }) => answer(id, "approved"),
    deny: ({ id }) => answer(id, "denied"),
    "token new": ({ principal }) =>
      leading<ControlVerbs["token new"]["answer"]>(`'token new ${principal}'`, async () => {
        if (principals.principal(principal) === undefined) return refuse(noPrincipal(principal));
        return await tokens.make(principal);
      }),
    "token list": () => Promise.resolve(ok(tokens.list())),
    "token revoke": ({ id }) => leading(`'token revoke ${id}'`, () => tokens.revoke(id)),
  };
}

function listedApproval({ id, tool, entry, since }: Asked, now: number, params: string): ListedApproval {
  const { name, api, spec: { readOnly, destructive } } = tool;
  const waited_s = Math.round((now - since) / 1_000);
  return { id, tool: name, api, principal: entry.caller.principal, params, readOnly, destructive, waited_s };
}

/** What a conversation of that principal's may call; undefined when there is no such principal. */
export function principalCatalog(
  name: string,
  principals: Pick<Principals, "principal">,
  tools: ToolDirectory,
): readonly ListedTool[] | undefined {
  const services = principals.principal(name);
  if (services === undefined) return undefined;
  return catalogOf({ api: name, principal: name, config: PRINCIPALS_FILE, bounds: [services] }, tools);
}

function noneWaits(id: string) {
  return fault("not_found", `no call waits under the id '${id}'`, {
    hint: "`approvals` lists those that wait; one whose caller gave up waits no more",
  });
}

export function noPrincipal(name: string) {
  return fault("not_found", `there is no principal '${name}'`, {
    hint: `name it in ${PRINCIPALS_FILE}: ${name}: {grants: {services: [...]}}`,
  });
}
