/** A process that vets one order from stdin and dies of it if it must: started by hostile_test.ts with a vet cell's flags. */
import { vetModule } from "../../../kernel/guest/vet/mod.ts";

const start = performance.now();
const answer = await vetModule(await new Response(Deno.stdin.readable).json());
const ms = performance.now() - start;
const rss = Deno.memoryUsage().rss;
console.log(
  JSON.stringify(
    answer.ok ? { ok: true, code: answer.value.code, ms, rss } : { ok: false, fault: answer.fault, ms, rss },
  ),
);
