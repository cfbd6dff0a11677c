import assert from "node:assert/strict";
import { holdConfigs } from "../../../kernel/cli/grants/hold_configs.ts";
import { withHome } from "../scripted_host.ts";

Deno.test("holdConfigs lets one change wait until the other is done, also when that failed", () =>
  withHome(async (home) => {
    const said: string[] = [];
    let go = () => {};
    const gone = new Promise<void>((resolve) => go = resolve);
    let begin = () => {};
    const begun = new Promise<void>((resolve) => begin = resolve);
    const first = holdConfigs(home, async () => {
      said.push("first begins");
      begin();
      await gone;
      said.push("first ends");
      throw new Error("failed");
    });
    await begun;
    const second = holdConfigs(home, () => Promise.resolve(void said.push("second")));
    // As many looks at the folder as nobody needs who does not wait.
    for (let looks = 0; looks < 50; looks++) await Deno.stat(`${home}/configs`);
    assert.deepEqual(said, ["first begins"]);
    go();
    await assert.rejects(first, /failed/);
    await second;
    assert.deepEqual(said, ["first begins", "first ends", "second"]);
  }));
