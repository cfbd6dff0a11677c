import { soak } from "./soak.ts";

Deno.test("two minutes of random reloads, kills, swaps, floods and edits lose nothing, do nothing twice, and leave nothing grown", async () => {
  // The same acts in every run, at other moments; `deno task soak` draws others.
  const seed = Number(Deno.env.get("SOAK_SEED") ?? 8);
  const lines: string[] = [];
  try {
    await soak({ minutes: 2, seed, say: (line) => lines.push(line) });
  } catch (error) {
    console.log(lines.join("\n")); // the seed is among them
    throw error;
  }
});
