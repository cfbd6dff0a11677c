/** Who there is besides modules by the plan of now, and what each may call. */
import type { Principals } from "./broker/mod.ts";
import { DEFAULT_PRINCIPAL } from "./config/mod.ts";
import type { Plan, ServiceGrant } from "./contract/spec.ts";
import { type OfferedTool, TOOL_ASPECT } from "./contract/tool_spec.ts";
import type { ToolCatalog } from "./lifecycle/mod.ts";
import type { TokenTable } from "./token_table.ts";

export function principalDesk(
  plan: () => Plan,
  tools: Pick<ToolCatalog, "offered">,
  tokens: Pick<TokenTable, "principalOf">,
): Principals {
  return {
    principal: (name) => {
      const found = plan().principals?.get(name) ?? (name === DEFAULT_PRINCIPAL.name ? DEFAULT_PRINCIPAL : undefined);
      return found?.services === "read_only" ? readOnlyOf(tools.offered()) : found?.services;
    },
    bearer: (token) => tokens.principalOf(token),
  };
}

/** A tool's own marks are believed of what came with the program. */
function readOnlyOf(offered: readonly OfferedTool[]): readonly ServiceGrant[] {
  return offered.filter(({ origin, spec }) => origin === "shipped" && spec.readOnly)
    .map(({ api, spec: { entry } }) => ({ api, aspects: [TOOL_ASPECT], methods: [entry] }));
}
