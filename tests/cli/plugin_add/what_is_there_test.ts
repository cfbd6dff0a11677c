import assert from "node:assert/strict";
import { NOTHING_ALLOWED } from "../../../kernel/config/mod.ts";
import { inTheWay, keptConfig, whatIsThere } from "../../../kernel/cli/plugin_add/what_is_there.ts";
import { withHome } from "../scripted_host.ts";

async function lookAt(home: string, files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${home}/${path}`, text);
  }
  return await whatIsThere(home, "guest");
}

Deno.test("whatIsThere finds a module in all its forms, and whoever claims its api or takes its source from there", () =>
  withHome(async (home) => {
    const found = await lookAt(home, {
      "plugins/guest.js": "",
      "plugins/guest/mod.ts": "",
      "plugins/guests.ts": "",
      "configs/guest.yml": "a: 1",
      "configs/guest-v2.yaml": "a: 2",
      "configs/.guest-v3.yml": "a: 3",
      "configs/guests.yml": "",
      "configs/claims.yml": "api: guest",
      "configs/uses.yml": "prog: guest",
      "configs/deep/uses.yml": "prog: guest/helper",
      "configs/broken.yml": "api: guest\nlimits: [",
      "configs/.off.yml": "api: guest",
    });
    assert.deepEqual(found.plugins, ["plugins/guest.js", "plugins/guest"]);
    assert.deepEqual(found.configs.map(({ file }) => file), ["configs/guest-v2.yaml", "configs/guest.yml"]);
    assert.deepEqual(found.disabled, ["configs/.guest-v3.yml"]);
    assert.deepEqual(found.others, [
      ...["configs/broken.yml", "configs/claims.yml", "configs/deep/uses.yml", "configs/uses.yml"],
    ]);
    assert.equal(keptConfig(found)?.file, "configs/guest-v2.yaml");
  }));

Deno.test("inTheWay lets an added module's next version in, and nobody's place be taken", () =>
  withHome(async (home) => {
    assert.equal(inTheWay("guest", await lookAt(home, {}), undefined), undefined);
    const there = await lookAt(home, { "configs/guest.yml": "", "plugins/guest.ts": "" });
    assert.equal(inTheWay("guest", there, NOTHING_ALLOWED), undefined);
    for (const entry of [undefined, { ...NOTHING_ALLOWED, origin: "local" } as const]) {
      assert.match(
        inTheWay("guest", there, entry)!.message,
        /^'guest' is there already: plugins\/guest\.ts, configs\/guest\.yml$/,
      );
    }
  }));

Deno.test("inTheWay keeps a stranger from an api or a source that another config speaks of", () =>
  withHome(async (home) => {
    const there = await lookAt(home, { "configs/services/own.yml": "api: guest\nprog: own" });
    assert.match(
      inTheWay("guest", there, undefined)!.message,
      /is the api or the prog of configs\/services\/own\.yml$/,
    );
  }));

Deno.test("inTheWay lets no new version switch a module on that was switched off", () =>
  withHome(async (home) => {
    const there = await lookAt(home, { "configs/.guest.yml": "", "plugins/guest.ts": "" });
    const refused = inTheWay("guest", there, NOTHING_ALLOWED)!;
    assert.match(refused.message, /^'guest' is disabled: configs\/\.guest\.yml$/);
    assert.match(refused.hint, /'enable guest' first/);
  }));
