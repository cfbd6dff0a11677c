import assert from "node:assert/strict";
import { underAttack } from "./neighbour.ts";

const CLASS = "export class Module { constructor() { this.text = text; } read() { return this.text; } }\n";

const OUTSIDE =
  /leads to .*, out of the (module's folder|folder of the plugins)|is not allowed; (a module may import|there is no such file)/;

Deno.test("a module can't take in what lies outside of its folder, by path or by link", async () => {
  await underAttack({}, async (attacked) => {
    const { home } = attacked;
    const secret = await Deno.makeTempFile();
    await Deno.writeTextFile(secret, "export const text = 'stolen';\n");
    const entry = (from: string) => `import { text } from "${from}";\n${CLASS}`;
    await attacked.write({
      "plugins/climber/mod.ts": entry("../neighbour.js"),
      "plugins/climber2/mod.ts": entry("./a/../../neighbour.js"),
      "plugins/linked_file/mod.ts": entry("./link.js"),
      "plugins/linked_inside/mod.ts": entry("./sub/link.js"),
      "plugins/linked_text/mod.ts": `import text from "./passwd.txt" with { type: "text" };\n${CLASS}`,
      "plugins/percent/mod.ts": entry("./%2e%2e/neighbour.js"),
      "plugins/backslash/mod.ts": entry("..\\\\neighbour.js"),
      "plugins/loop/mod.ts": entry("./loop/loop/mod.ts"),
      "plugins/honest/mod.ts": entry("./part.js"),
      "plugins/honest/part.js": "export const text = 'own';\n",
    });
    await Deno.symlink(secret, `${home}/plugins/linked_file/link.js`);
    await Deno.mkdir(`${home}/plugins/linked_inside/sub`);
    await Deno.symlink("../../neighbour.js", `${home}/plugins/linked_inside/sub/link.js`);
    await Deno.symlink("/etc/passwd", `${home}/plugins/linked_text/passwd.txt`);
    await Deno.symlink(".", `${home}/plugins/loop/loop`);
    await Deno.symlink(secret, `${home}/plugins/linked_entry.js`);
    const folder = await Deno.makeTempDir();
    await Deno.writeTextFile(`${folder}/mod.ts`, `const text = "stolen";\n${CLASS}`);
    await Deno.symlink(folder, `${home}/plugins/linked_folder`);
    const names = [
      "climber",
      "climber2",
      "linked_file",
      "linked_inside",
      "linked_text",
      "percent",
      "backslash",
      "loop",
      "linked_entry",
      "linked_folder",
    ];
    await attacked.write(Object.fromEntries([...names, "honest"].map((name) => [`configs/${name}.yml`, ""])));
    await attacked.reaches("honest", ["running"]);
    assert.equal(await attacked.call("honest", "read"), "own");
    for (const name of names) {
      const { reason, state } = await attacked.reaches(name, ["failed", "running"]);
      assert.equal(state, "failed", name);
      assert.match(reason ?? "", OUTSIDE, name);
    }
    await Deno.remove(secret);
    await Deno.remove(folder, { recursive: true });
  });
});
