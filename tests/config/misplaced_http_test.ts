import assert from "node:assert/strict";
import { misplacedHttp } from "../../kernel/config/misplaced_http.ts";
import { specOf } from "./parsed.ts";
import { planOf, sourceOf } from "./planned.ts";

const shipped = sourceOf("services/http", { origin: "shipped" });
const http = (text: string) => specOf(`prog: services/http\n${text}`);

Deno.test("misplacedHttp lets the shipped http service be called http, in a process of its own", () => {
  assert.equal(misplacedHttp(http("api: http"), shipped), undefined);
});

Deno.test("misplacedHttp refuses it under another name or in a shared process, and says what to write", async () => {
  assert.equal(
    misplacedHttp(http("api: web"), shipped)?.message,
    'api: found "web", allowed: http, under which fetch calls services/http',
  );
  const shared = http("api: http\ncell: shipped");
  assert.deepEqual(misplacedHttp(shared, shipped), {
    key: "cell",
    message: 'cell: found "shipped", allowed: own: the process of services/http may connect anywhere',
    hint: "write cell: own; what ran before keeps running",
  });
  const plan = await planOf({ "http.yml": "api: http\nprog: services/http\ncell: shipped\n" }, {
    readSource: () => Promise.resolve({ ok: true, value: shipped }),
  });
  assert.deepEqual(plan.rejected.map(({ file, line }) => [file, line]), [["configs/http.yml", 3]]);
});

Deno.test("misplacedHttp leaves everybody else alone: a home's own module of that name connects nowhere", () => {
  assert.equal(misplacedHttp(http("api: web\ncell: tools"), sourceOf("services/http")), undefined);
  assert.equal(misplacedHttp(specOf("prog: services/filesystem\ncell: shipped"), shipped), undefined);
});
