/** Rows in batches over handles, in a real host: as they are taken, in order, and ended where their reader stops. */
import assert from "node:assert/strict";
import { RunningHost } from "./running_host.ts";

const READER = `import { openKysely } from "meta-machine/kysely";
export class Module {
  constructor(kernel) { this.database = kernel.getApi("database"); this.db = openKysely(this.database); }
  async fill(count) {
    await this.database.execute("create table numbers (x integer primary key)");
    await this.database.execute(
      "with recursive c(x) as (select 1 union all select x + 1 from c where x < ?) insert into numbers select x from c", [count]);
  }
  async sum() {
    let [sum, last] = [0, 0];
    for await (const { x } of this.db.selectFrom("numbers").select("x").orderBy("x").stream(1000)) {
      if (x !== last + 1) throw new Error(x + " after " + last);
      sum += last = x;
    }
    return sum;
  }
  async first(batch) {
    for await (const rows of await this.database.rows("select x from numbers order by x", [], { batch })) return rows.length;
  }
  async inTransaction() {
    return await this.db.transaction().execute(async (trx) => {
      await trx.deleteFrom("numbers").where("x", ">", 250).execute();
      let seen = 0;
      for await (const row of trx.selectFrom("numbers").selectAll().stream(100)) seen++;
      return seen;
    });
  }
  async failing() {
    const seen = [];
    try {
      const sql = "select abs(x) y from (select 1 x union all select -9223372036854775807 - 1)";
      for await (const rows of await this.database.rows(sql, [], { batch: 1 })) seen.push(...rows);
    } catch (error) { return [seen.length, error.code]; }
  }
}`;

Deno.test({
  name: "rows and Kysely's streams reach a module through its handle, batch by batch, and end where it stops reading",
  async fn() {
    const shipped = await Deno.readTextFile(new URL("../../configs/services/database.yml", import.meta.url));
    await using host = await RunningHost.start({
      "plugins/reader.js": READER,
      "configs/reader.yml": "grants: {services: [database], packages: [kysely]}\n",
      "configs/services/database.yml": shipped.replace("sessions_per_caller: 4", "sessions_per_caller: 2"),
    });
    const count = 50_000;
    await host.call("reader", "fill", count);
    assert.equal(await host.call("reader", "sum"), count * (count + 1) / 2);
    // More than there may be sessions: each was given back.
    for (let round = 0; round < 5; round++) assert.equal(await host.call("reader", "first", 7), 7);
    assert.equal(await host.call("reader", "inTransaction"), 250);
    assert.deepEqual(await host.call("reader", "failing"), [1, "invalid_argument"]);
    assert.equal(await host.call("reader", "sum"), 250 * 251 / 2);
  },
});
