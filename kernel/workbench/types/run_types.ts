/**
 * The role `types`: one order after the other from stdin, one answer for each on stdout. Untrusted source is parsed here and nowhere near the command
 * that asks: a source that crashes the compiler, or never lets it end, takes this process with it and nothing else.
 */
import { revokePlan } from "../../primitives/revoke_plan.ts";
import { checkTypes } from "./check_types.ts";
import type { TypeOrder } from "./type_order.ts";

/** Resolves when stdin has ended. */
export async function runTypes(): Promise<number> {
  for (const one of revokePlan("types")) Deno.permissions.revokeSync(one as Deno.PermissionDescriptor);
  for await (const line of lines(Deno.stdin.readable)) {
    const answer = checkTypes(JSON.parse(line) as TypeOrder);
    let rest = new TextEncoder().encode(`${JSON.stringify(answer)}\n`);
    while (rest.length > 0) rest = rest.subarray(await Deno.stdout.write(rest));
  }
  return 0;
}

async function* lines(input: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of input.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}
