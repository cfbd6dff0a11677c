import assert from "node:assert/strict";
import { DEFAULT_LIMITS } from "../../../kernel/contract/limits.ts";
import type { LoadOrder } from "../../../kernel/contract/wire.ts";
import { workerPermissions } from "../../../kernel/guest/shell/worker_permissions.ts";

const blank: LoadOrder = {
  ...{
    api: "a",
    hash: "h",
    code: "",
    own: {},
    packages: [],
    builtins: [],
    home: "/home/x",
    folders: [],
    net: [],
    listen: [],
  },
  ...{ wasm: false, limits: DEFAULT_LIMITS, kernel: [] },
};

Deno.test("workerPermissions gives none to a module without folders, listen or builtins, whatever its net", () => {
  assert.equal(workerPermissions(blank), "none");
  assert.equal(
    workerPermissions({ ...blank, net: ["a.example:443"], builtins: ["node:sqlite", "node:crypto"] }),
    "none",
  );
});

Deno.test("workerPermissions gives net only beside a builtin that opens connections", () => {
  for (const builtin of ["node:net", "node:tls", "node:dns"]) {
    const permissions = workerPermissions({ ...blank, net: ["a.example:443"], builtins: [builtin] });
    assert.deepEqual(permissions, { read: [], write: [], net: ["a.example:443"] });
  }
  const listening = workerPermissions({ ...blank, net: ["a.example:443"], listen: ["127.0.0.1:7777"] });
  assert.deepEqual(listening, { read: [], write: [], net: ["127.0.0.1:7777"] });
});

Deno.test("workerPermissions gives folders below the home, write only where granted", () => {
  const permissions = workerPermissions({
    ...blank,
    folders: [{ path: "runtime/files/db", mode: "rw" }, { path: "prompts", mode: "r" }, { path: ".", mode: "r" }],
  });
  assert.deepEqual(permissions, {
    read: ["/home/x/runtime/files/db", "/home/x/prompts", "/home/x"],
    write: ["/home/x/runtime/files/db"],
    net: [],
  });
});

Deno.test("workerPermissions refuses a folder outside the home", () => {
  for (const path of ["/etc", "../other", "a/../../b"]) {
    assert.throws(() => workerPermissions({ ...blank, folders: [{ path, mode: "r" }] }), /not below the home/);
  }
});
