import assert from "node:assert/strict";
import { type Served, withFilesystem } from "./with_filesystem.ts";

const HOST_FILES = [
  ...["configs/principals.yml", "configs/meta.yml", ".env", ".git/config", "docs/.hidden", "docs/.h/x"],
  ...["runtime/run/address", "runtime/logs/host.jsonl", "runtime/image/live_image.kv", "plugins/p.ts", "prompts/p.txt"],
  ...[
    "kernel/k.ts",
    "main.ts",
    "deno.json",
    "deno.lock",
    "docs/open.md",
    "runtime/files/bob/secret",
    "runtime/files/bob.x/secret",
  ],
];

/** A home with the files of a host and of Bob, which have to be unchanged at the end. */
export function withHost(own: Record<string, unknown>, act: (served: Served) => Promise<void>): Promise<void> {
  return withFilesystem(own, async (served) => {
    for (const path of HOST_FILES) {
      Deno.mkdirSync(`${served.home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      Deno.writeTextFileSync(`${served.home}/${path}`, `of ${path}`);
    }
    await act(served);
    for (const path of HOST_FILES) assert.equal(Deno.readTextFileSync(`${served.home}/${path}`), `of ${path}`);
  });
}
