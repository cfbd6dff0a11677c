import { underAttack, until } from "./neighbour.ts";

Deno.test("log lines left out beyond log_lines_per_s are told, also when the module says nothing more", async () => {
  await underAttack({
    "plugins/flood.js": "export class Module { logs() { for (let i = 0; i < 10_000; i++) console.log(i); } }",
    "configs/flood.yml": "",
  }, async (attacked) => {
    await attacked.call("flood", "logs");
    await until(
      async () => (await attacked.logs("flood")).some(({ message }) => /left out|dropped/.test(message)),
      3_000,
      () => "nothing says that lines are missing",
    );
  });
});
