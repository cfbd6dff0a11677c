import assert from "node:assert/strict";
import { MAX_HEAP_BYTES, openConnection } from "../../../../plugins/services/database/open_connection.ts";
import { faultOf, withHome } from "../../scripted_kernel.ts";
import { withDatabase } from "./with_database.ts";

Deno.test("openConnection bounds SQLite's memory, and keeps what does not fit into it in the folder", () =>
  withHome((home) => {
    const folder = `${home}/it's`;
    Deno.mkdirSync(folder);
    const connection = openConnection(folder, { max_mb: 1 });
    const told = (name: string) => Object.values(connection.prepare(`pragma ${name}`).get() ?? {})[0];
    assert.deepEqual(["hard_heap_limit", "temp_store", "temp_store_directory", "max_page_count"].map(told), [
      ...[MAX_HEAP_BYTES, 1, folder, 256],
    ]);
    connection.close();
    return Promise.resolve();
  }));

Deno.test("a large sort and a large distinct are done, one value too many for the memory is refused", () =>
  withDatabase({ max_query_ms: 20_000 }, async ({ as, home }) => {
    const n = 60;
    const big = `select hex(randomblob(1000000)) g from json_each('[${Array(n).fill(1)}]')`;
    const sorted = `select count(*) n from (${big} order by 1 limit -1 offset 0)`;
    assert.deepEqual(await as("a").query(sorted), [{ n }]);
    assert.deepEqual(await as("a").query(`select count(*) n from (select distinct g from (${big}))`), [{ n }]);
    const { code, message, hint } = await faultOf(() => as("a").query(`${big} order by 1`));
    assert.equal(code, "too_large");
    assert.match(message, /^(out of memory in: select hex|the answer exceeds)/);
    assert.match(hint, /fewer (rows|columns)/);
    assert.deepEqual(Array.from(Deno.readDirSync(`${home}/runtime/files/database`), ({ name }) => name).sort(), [
      ...["README.txt", "database.sqlite", "database.sqlite-shm", "database.sqlite-wal"],
    ]);
  }));
