import assert from "node:assert/strict";
import { chooseAddresses, keepSecretsIn } from "../../../../plugins/services/http/choose_addresses.ts";
import { isNetGranted } from "../../../../plugins/services/http/net_grant.ts";
import { parseUrl, targetOf } from "../../../../plugins/services/http/parse_request.ts";
import { faultOf } from "../../scripted_kernel.ts";

const NAMES: Readonly<Record<string, readonly string[]>> = {
  "a.example": ["93.184.216.34", "2606:4700::1111"],
  "inside.example": ["127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "mixed.example": ["10.0.0.5", "93.184.216.34"],
  "odd.example": ["fe80::1%eth0", "0x7f000001"],
  "many.example": ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"],
};

async function choose(url: string, ...net: string[][]): Promise<readonly string[]> {
  const looked: string[] = [];
  const addresses = await chooseAddresses(
    targetOf(parseUrl(url)),
    { caller: "m", config: "configs/m.yml", net },
    (name) => {
      looked.push(name);
      return Promise.resolve(NAMES[name] ?? []);
    },
  );
  return looked.length > 1 ? ["looked up twice"] : addresses;
}
const refused = async (url: string, ...net: string[][]) => {
  const { code, message, hint } = await faultOf(() => choose(url, ...net));
  return [code, message, hint];
};

Deno.test("isNetGranted wants host and port exactly, in every list that bounds the call", () => {
  const net = [["a.example:443", "API.Example:8443", "[0:0:0:0:0:0:0:1]:80"]];
  for (const [host, port] of [["a.example", 443], ["api.example", 8443], ["[::1]", 80]] as const) {
    assert.ok(isNetGranted(net, host, port), host);
  }
  for (
    const [host, port] of [
      ...[["a.example", 80], ["a.example.", 443], ["b.a.example", 443], ["example", 443], ["a.example", 4430]] as const,
      ...[["[::1]", 443], ["::1", 80], ["a.example:443", 443], ["", 443]] as const,
    ]
  ) assert.ok(!isNetGranted(net, host, port), host);
  assert.ok(isNetGranted([["a.example:443"], ["b.example:1", "a.example:443"]], "a.example", 443));
  assert.ok(!isNetGranted([["a.example:443"], []], "a.example", 443));
  assert.ok(!isNetGranted([], "a.example", 443), "who is granted nothing by nobody may nothing");
});

Deno.test("isNetGranted reads a number in another base as no address", () => {
  for (const grant of ["2130706433:80", "0x7f.1:80", "127.1:80", "0177.0.0.1:80"]) {
    assert.ok(!isNetGranted([[grant]], "127.0.0.1", 80), grant);
  }
});

Deno.test("chooseAddresses gives a granted name's addresses in the open internet", async () => {
  assert.deepEqual(await choose("https://a.example/x", ["a.example:443"]), NAMES["a.example"]!);
  assert.deepEqual(await choose("http://A.Example:8080/", ["a.example:8080"]), NAMES["a.example"]!);
  assert.deepEqual(await choose("https://mixed.example/", ["mixed.example:443"]), ["93.184.216.34"]);
  assert.deepEqual((await choose("https://many.example/", ["many.example:443"])).length, 4);
});

Deno.test("chooseAddresses refuses what was not granted before anybody is asked for the name", async () => {
  assert.deepEqual(await refused("https://b.example/", ["a.example:443"]), [
    ...["denied", "'m' may not reach b.example:443", 'add to configs/m.yml: grants: {net: ["b.example:443"]}'],
  ]);
  const operator = { caller: "@operator", config: null, net: [] };
  const { hint } = await faultOf(() =>
    chooseAddresses(targetOf(new URL("https://a.example/")), operator, () => Promise.reject(new Error("asked")))
  );
  assert.equal(hint, "the operator has no grants.net: call a module that has");
});

Deno.test("chooseAddresses refuses a name whose addresses lie inside, unless the address is granted beside the name", async () => {
  assert.deepEqual(await refused("http://inside.example:8080/", ["inside.example:8080"]), [
    "denied",
    "inside.example has the address 127.0.0.1, which is a loopback address",
    'if that is meant, grant the address too, in configs/m.yml: grants: {net: ["127.0.0.1:8080"]}',
  ]);
  for (const name of ["metadata.example", "mapped.example"]) {
    assert.equal((await refused(`http://${name}/`, [`${name}:80`]))[0], "denied", name);
  }
  const both = ["inside.example:8080", "127.0.0.1:8080"];
  assert.deepEqual(await choose("http://inside.example:8080/", both), ["127.0.0.1"]);
  assert.equal(
    (await refused("http://inside.example:8080/", both, ["inside.example:8080"]))[0],
    "denied",
    "of all of them",
  );
  assert.equal((await refused("http://inside.example:8080/", ["inside.example:8080", "127.0.0.1:80"]))[0], "denied");
});

Deno.test("chooseAddresses takes a granted address as it is, and localhost for loopback without asking", async () => {
  assert.deepEqual(await choose("http://127.0.0.1:8080/", ["127.0.0.1:8080"]), ["127.0.0.1"]);
  assert.deepEqual(await choose("http://[::1]:8080/", ["[::1]:8080"]), ["::1"]);
  assert.deepEqual(await choose("http://localhost:8080/", ["localhost:8080"]), ["127.0.0.1", "::1"]);
  assert.deepEqual(await choose("http://x.localhost:8080/", ["x.localhost:8080"]), ["127.0.0.1", "::1"]);
  assert.equal(
    (await refused("http://127.0.0.1:8080/", ["localhost:8080"]))[0],
    "denied",
    "one does not grant the other",
  );
  assert.equal((await refused("http://localhost:8080/", ["127.0.0.1:8080"]))[0], "denied");
});

Deno.test("an address that is spelled oddly is the address that it means", async () => {
  const grants = ["a.example:80", "localhost:80"];
  const spellings = [
    ...["2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "0177.0.0.1", "017700000001", "127.0.0.1."],
    ...[
      "１２７.0.0.1",
      "127。0。0。1",
      "①②⑦.0.0.1",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[::127.0.0.1]",
      "[::]",
      "0",
      "0.0.0.0",
    ],
    ...[
      "169.254.169.254",
      "[fe80::1]",
      "[64:ff9b::7f00:1]",
      "[2002:7f00:1::]",
      "localhost.",
      "LOCALHOST.",
      "100.64.0.1",
    ],
  ];
  for (const host of spellings) assert.equal((await refused(`http://${host}/`, grants))[0], "denied", host);
  for (const host of ["2130706433", "0x7f.1", "127.1", "１２７.0.0.1", "0177.0.0.1"]) {
    assert.deepEqual(await choose(`http://${host}/`, ["127.0.0.1:80"]), ["127.0.0.1"], host);
  }
});

Deno.test("chooseAddresses says when a name has no address, or none that is one", async () => {
  for (const name of ["nowhere.example", "odd.example"]) {
    assert.deepEqual((await refused(`https://${name}/`, [`${name}:443`])).slice(0, 2), [
      "not_found",
      `the name ${name} has no address`,
    ]);
  }
});

Deno.test("keepSecretsIn lets a secret go in clear to one's own network alone", async () => {
  const target = (url: string) => targetOf(new URL(url));
  assert.deepEqual(keepSecretsIn(target("https://a.example/"), ["1.1.1.1"]), ["1.1.1.1"]);
  assert.deepEqual(keepSecretsIn(target("http://a.example/"), ["1.1.1.1", "10.0.0.1", "127.0.0.1"]), [
    "10.0.0.1",
    "127.0.0.1",
  ]);
  const { code, message } = await faultOf(() => keepSecretsIn(target("http://a.example:443/"), ["1.1.1.1"]));
  assert.deepEqual([code, message], ["denied", "a secret is bound to a.example, and http: would send it in clear"]);
});
