import { soak } from "./soak.ts";

Deno.test("two minutes of random reloads, kills, swaps, floods and edits lose nothing, do nothing twice, and leave nothing grown", async () => {
  const seed = Number(Deno.env.get("SOAK_SEED") ?? Date.now() % 1_000_000);
  const lines: string[] = [];
  try {
    await soak({ minutes: 2, seed, say: (line) => lines.push(line) });
  } catch (error) {
    console.log(lines.join("\n")); // the seed is among them
    throw error;
  }
});
