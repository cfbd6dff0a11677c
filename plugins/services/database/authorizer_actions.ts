/** What SQLite asks of an authorizer, by the numbers of sqlite3.h: the runtime has them too, its types don't. */
export const ACTION = Object.freeze({
  create_index: 1,
  create_table: 2,
  create_temp_index: 3,
  create_temp_table: 4,
  create_temp_trigger: 5,
  create_temp_view: 6,
  create_trigger: 7,
  create_view: 8,
  delete: 9,
  drop_index: 10,
  drop_table: 11,
  drop_temp_index: 12,
  drop_temp_table: 13,
  drop_temp_trigger: 14,
  drop_temp_view: 15,
  drop_trigger: 16,
  drop_view: 17,
  insert: 18,
  pragma: 19,
  read: 20,
  select: 21,
  transaction: 22,
  update: 23,
  attach: 24,
  detach: 25,
  alter_table: 26,
  reindex: 27,
  analyze: 28,
  create_vtable: 29,
  drop_vtable: 30,
  function: 31,
  savepoint: 32,
  recursive: 33,
});

/** What an authorizer answers. `ignore`: a column reads as NULL, a pragma does nothing. */
export const ANSWER = Object.freeze({ ok: 0, deny: 1, ignore: 2 });

/** An action and what it is about, and the trigger, view or subquery it stands in. */
export type Asked = readonly [
  action: number,
  first: string | null,
  second: string | null,
  database: string | null,
  within: string | null,
];
