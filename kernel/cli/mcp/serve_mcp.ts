/** One MCP connection over stdin and stdout, for as long as stdin is open. The host may come, change its kernel and go meanwhile. */
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { ok, type Result } from "../../contract/fault.ts";
import { toolServer, watchCatalog } from "../../guest/sdk/mcp/mod.ts";
import { askHost } from "../ask_host.ts";
import { PROGRAM_VERSION } from "../program.ts";
import { safeLine } from "../safe_text.ts";
import type { ExitCode, Setting } from "../setting.ts";
import { followChanges } from "./follow_changes.ts";
import { hostTools } from "./host_tools.ts";
import { LineTransport } from "./line_transport.ts";

/** Refuses at once where no host runs or the principal is nobody: a client shows its user what a program said before it ended. */
export async function serveMcp(setting: Setting, principal: string): Promise<Result<ExitCode>> {
  const asked = await askHost(setting, "tools", { principal });
  if (!asked.ok) return asked;
  const note = (error: unknown) => setting.out.note(safeLine(error instanceof Error ? error.message : String(error)));
  const tools = hostTools(setting.home, principal);
  const changes = followChanges(setting.home, note);
  const transport = new LineTransport(Deno.stdin.readable, (line) => setting.out.answer(line));
  const watches = new Set<() => void>();
  const { close } = serveStdio(() => {
    const server = toolServer({ tools, version: PROGRAM_VERSION });
    const changed = () => void server.sendToolListChanged().catch(note);
    const stop = watchCatalog({ tools, hints: changes.hints, changed });
    watches.add(stop);
    server.onclose = () => watches.delete(stop) && stop();
    return server;
  }, { transport, onerror: note });
  await transport.ended;
  await close();
  for (const stop of watches) stop();
  changes.stop();
  return ok(0);
}
