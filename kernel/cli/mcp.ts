/** `mcp`: the host's tools for clients that start a program and speak MCP with it. */
import type { Command } from "commander";
import { examples } from "./examples.ts";
import type { RunCommand } from "./setting.ts";
import { DEFAULT_AS } from "./tool.ts";

export function declareMcp(program: Command, run: RunCommand): void {
  program.command("mcp")
    .description("an MCP server on stdin and stdout: the running host's tools for a client that starts this program")
    .option(
      "--as <principal>",
      "whose authority the client has: a name of configs/principals.yml, or console",
      DEFAULT_AS,
    )
    .addHelpText("after", examples("mcp", "--home ~/agents mcp --as editor"))
    .action(({ as: principal }: { as: string }) =>
      run(async (setting) => {
        const { serveMcp } = await import("./mcp/serve_mcp.ts"); // the other commands do without the library
        return await serveMcp(setting, principal);
      })
    );
}
