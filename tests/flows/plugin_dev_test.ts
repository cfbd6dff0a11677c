/** `plugin dev` without a terminal: lines from stdin, everything else as a person would see it. */
import assert from "node:assert/strict";
import { command } from "../cli/scripted_host.ts";
import { processesOf } from "../hostile/suite/processes.ts";
import { DevSession } from "./dev_session.ts";
import { RunningHost, until, writeFiles } from "./running_host.ts";

const NOTES = `export class Module {
  #all: string[] = [];
  add(text: string) {
    console.log("adding " + text);
    this.#all.push(text);
    return this.#all;
  }
}
`;

Deno.test("plugin dev starts a host, calls, shows log, types and refusals in place, and leaves nothing", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", "configs/notes.yml": "", "plugins/notes.ts": NOTES });
  {
    await using dev = new DevSession(home, "notes");
    await dev.shows(/^notes: started a host; \.help shows[^]*types fit\n/);
    await dev.type('add "buy milk"');
    await dev.shows(/\| adding buy milk\n/);
    await dev.shows(/\[\n {2}"buy milk"\n\]\n/);
    await dev.type("remove 1");
    await dev.shows(/no_attribute: Service 'notes' [^\n]+\nhint: /);
    await dev.type(".status");
    await dev.shows(/state {5}running/);

    await Deno.writeTextFile(`${home}/plugins/notes.ts`, NOTES.replace("text: string)", "text: number)"));
    await dev.shows(/reloaded\n/);
    await dev.shows(
      /plugins\/notes\.ts:5:20 - Argument of type 'number'[^\n]*\n {2}5 \| {5}this\.#all\.push\(text\);\n {4}\| {20}\^\n/,
    );

    await Deno.writeTextFile(`${home}/plugins/notes.ts`, NOTES.replace("#all: string[] = [];", "#all = ;"));
    await dev.shows(/plugins\/notes\.ts:2:10[: -]+Expression expected[^]*\n {2}2 \| {3}#all = ;\n/);
    await dev.type("add bread"); // the former instance serves on
    await dev.shows(/"bread"\n\]/);

    await Deno.writeTextFile(`${home}/plugins/notes.ts`, NOTES);
    await until(() => dev.shown.split("reloaded\n").length === 3, 20_000, () => dev.shown);
    await dev.type(".nonsense");
    await dev.shows(/there is no \.nonsense\nMETHOD/);
    await dev.type(".quit");
    assert.equal(await dev.ends(), 0, dev.shown);
  }
  assert.deepEqual(processesOf(home), []);
  await Deno.remove(home, { recursive: true });
});

Deno.test("plugin dev attaches to the host that runs, and leaves it running at the end of its input", async () => {
  await using host = await RunningHost.start({ "configs/notes.yml": "", "plugins/notes.ts": NOTES });
  {
    await using dev = new DevSession(host.home, "plugins/notes.ts");
    await dev.shows(/^notes: attached to the host that runs;/);
    await dev.type("add x");
    await dev.shows(/"x"\n\]/);
  }
  assert.deepEqual(await host.call("notes", "add", "y"), ["x", "y"]);
});

Deno.test("plugin dev ends at a Ctrl-C with everything that it started", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  await writeFiles(home, { "configs/meta.yml": "prog: kernel\n", "configs/notes.yml": "", "plugins/notes.ts": NOTES });
  {
    await using dev = new DevSession(home, "notes");
    await dev.shows(/types fit/);
    dev.interrupt();
    assert.equal(await dev.ends(), 0, dev.shown);
  }
  assert.deepEqual(processesOf(home), []);
  await Deno.remove(home, { recursive: true });
});

Deno.test("plugin dev refuses what is no module, and --json", async () => {
  const home = await Deno.makeTempDir({ prefix: "h" });
  const { code, stderr } = await command(["plugin", "dev", "nope", "--home", home]).output();
  assert.deepEqual([code, new TextDecoder().decode(stderr).split("\n")[0]], [1, "no source for prog 'nope'"]);
  const json = await command(["plugin", "dev", "nope", "--json", "--home", home]).output();
  assert.equal(JSON.parse(new TextDecoder().decode(json.stdout)).error.code, "invalid_argument");
  await Deno.remove(home, { recursive: true });
});
