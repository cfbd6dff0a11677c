/** Wishes for packages, on real files. */
import assert from "node:assert/strict";
import { Module } from "../../../../plugins/services/packages/mod.ts";
import { MOST_REASON } from "../../../../plugins/services/packages/parse_wish.ts";
import { MOST_OF_ALL } from "../../../../plugins/services/packages/request_book.ts";
import { config, faultOf, realFiles, scriptedKernel, withHome } from "../../scripted_kernel.ts";

const FOLDER = "runtime/files/package_service";
const WISH = { name: "slugify", version: "1.6.6", reason: "titles become file names" };

interface Opened {
  readonly home: string;
  readonly module: Module;
  as<T>(api: string, act: (module: Module) => T): T;
  answer(answers: Record<string, unknown>): Promise<void>;
}

function withService(act: (opened: Opened) => Promise<void>, own: Record<string, unknown> = {}): Promise<void> {
  return withHome(async (home) => {
    await Deno.mkdir(`${home}/${FOLDER}`, { recursive: true });
    const { kernel, as } = scriptedKernel();
    const module = new Module(kernel, config(own), realFiles(home, FOLDER));
    await act({
      ...{ home, module },
      as: (api, act) => as(api, () => act(module)),
      answer: (answers) => Deno.writeTextFile(`${home}/${FOLDER}/answers.json`, JSON.stringify(answers)),
    });
  });
}

Deno.test("request records a wish once, and list shows each caller its own with their state", () =>
  withService(async ({ home, as, answer }) => {
    const first = await as("notes", (service) => service.request(WISH));
    assert.deepEqual({ ...first, id: "", time: "" }, { ...WISH, id: "", time: "", state: "waiting" });
    assert.match(first.id, /^[0-9a-f]{8}$/);
    const again = await as("notes", (service) => service.request({ ...WISH, reason: "asked again" }));
    assert.deepEqual(again, first);
    const other = await as("tasks/mail", (service) => service.request(WISH));
    assert.notEqual(other.id, first.id);
    assert.deepEqual(await as("notes", (service) => service.list()), [first]);
    await answer({ [first.id]: { state: "denied", time: "2026-03-14T09:00:00Z" } });
    assert.equal((await as("notes", (service) => service.request(WISH))).state, "denied", "it is not asked anew");
    assert.equal((await as("tasks/mail", (service) => service.list()))[0]!.state, "waiting");
    const stored = JSON.parse(await Deno.readTextFile(`${home}/${FOLDER}/requests.json`));
    assert.deepEqual(stored.map(({ caller }: { caller: string }) => caller), ["notes", "tasks/mail"]);
  }));

Deno.test("requests made at the same time are all recorded, and the same one once", () =>
  withService(async ({ as }) => {
    const versions = ["1.0.0", "1.0.1", "1.0.2", "1.0.0"];
    await as("notes", (service) => Promise.all(versions.map((version) => service.request({ ...WISH, version }))));
    assert.equal((await as("notes", (service) => service.list())).length, 3);
  }));

for (
  const [what, wish, found] of [
    ["climbing out of a folder", { ...WISH, name: "../../configs/x" }, /name is "\.\.\/\.\.\/configs\/x"/],
    ["of a file", { ...WISH, name: "/etc/passwd" }, /name is/],
    ["with a scope too many", { ...WISH, name: "@a/b/c" }, /name is/],
    ["of dots", { ...WISH, name: ".." }, /name is/],
    ["with an address", { ...WISH, name: "npm:slugify" }, /name is/],
    ["with a line in it", { ...WISH, name: "slug\nify" }, /name is/],
    ["in capitals", { ...WISH, name: "Slugify" }, /name is/],
    ["without one", { version: "1.0.0", reason: "x" }, /name is nothing/],
  ] as const
) {
  Deno.test(`request refuses a name ${what}`, () =>
    withService(async ({ as }) => {
      const { code, message, hint } = await faultOf(() => as("notes", (service) => service.request(wish)));
      assert.equal(code, "invalid_argument");
      assert.match(message, found);
      assert.match(hint, /request\(\{name:/);
      assert.deepEqual(await as("notes", (service) => service.list()), []);
    }));
}

Deno.test("request refuses versions that are not exact", () =>
  withService(async ({ as }) => {
    for (const version of ["latest", "^1.0.0", "1.0", "1.x", "1.0.0 || 2.0.0", "file:x", "1.0.0/../x", "", 1]) {
      const { message } = await faultOf(() => as("notes", (service) => service.request({ ...WISH, version })));
      assert.match(message, /version is .* one exact version/, String(version));
    }
    assert.equal((await as("notes", (s) => s.request({ ...WISH, version: "2.0.0-rc.1" }))).version, "2.0.0-rc.1");
  }));

Deno.test(`request takes a reason of ${MOST_REASON} characters and refuses a longer one, and none`, () =>
  withService(async ({ as }) => {
    const reason = "x".repeat(MOST_REASON);
    assert.equal((await as("notes", (service) => service.request({ ...WISH, reason }))).reason, reason);
    for (const other of [`${reason}x`, " ", undefined]) {
      const { message } = await faultOf(() => as("notes", (service) => service.request({ ...WISH, reason: other })));
      assert.match(message, /reason is/);
    }
  }));

Deno.test("a caller's requests are bounded; one that was answered makes place, those of others stay", () =>
  withService(async ({ as, answer }) => {
    const ask = (api: string, patch: number) =>
      as(api, (service) => service.request({ ...WISH, version: `1.0.${patch}` }));
    const asked = [await ask("flood", 0), await ask("flood", 1), await ask("flood", 2)];
    const { code, message } = await faultOf(() => ask("flood", 3));
    assert.equal(code, "quota");
    assert.equal(message, "'flood' has 3 requests that wait for the operator; 3 are allowed");
    assert.equal((await ask("flood", 1)).id, asked[1]!.id, "one that is there is no new one");
    await ask("notes", 3);
    await answer({ [asked[1]!.id]: { state: "denied", time: "2026-03-14T09:00:00Z" } });
    await ask("flood", 3);
    const versions = (await as("flood", (service) => service.list())).map(({ version }) => version);
    assert.deepEqual(versions, ["1.0.0", "1.0.2", "1.0.3"]);
    assert.equal((await as("notes", (service) => service.list())).length, 1);
  }, { max_requests: 3 }));

Deno.test(`the book takes ${MOST_OF_ALL} requests and not one more`, () =>
  withService(async ({ home, as }) => {
    const book = Array.from(
      { length: MOST_OF_ALL - 1 },
      (_, i) => ({ ...WISH, id: `${i}`, caller: `m${i}`, time: "" }),
    );
    await Deno.writeTextFile(`${home}/${FOLDER}/requests.json`, JSON.stringify(book));
    await as("last", (service) => service.request(WISH));
    const { code } = await faultOf(() => as("more", (service) => service.request(WISH)));
    assert.equal(code, "quota");
  }));

Deno.test("a book that cannot be read is told, and stays as it is", () =>
  withService(async ({ home, as }) => {
    await Deno.writeTextFile(`${home}/${FOLDER}/requests.json`, "[{");
    const { code, message } = await faultOf(() => as("notes", (service) => service.request(WISH)));
    assert.equal(code, "conflict");
    assert.match(message, /requests\.json cannot be read/);
    assert.equal(await Deno.readTextFile(`${home}/${FOLDER}/requests.json`), "[{");
  }));

Deno.test("a principal that would pass for the operator is refused", () =>
  withHome(async (home) => {
    const { kernel, as } = scriptedKernel();
    const module = new Module(kernel, config(), realFiles(home));
    assert.equal((await faultOf(() => as("@x", () => module.list(), "operator"))).code, "denied");
    assert.equal((await faultOf(() => module.list())).code, "denied");
    for (const max_requests of [0, 101, "x"]) {
      assert.throws(() => new Module(kernel, config({ max_requests }), realFiles(home)));
    }
  }));
