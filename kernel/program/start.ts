/**
 * The code at the head of the one file: its first argument is a role, or the command line takes all of them. Each role is a piece of its own, so that
 * a process evaluates its own part only. What is imported here are pieces of this very file: no text of a module or of a home.
 */
import { registerHooks } from "node:module";
import { Pieces } from "./pieces.ts";

const ROLES = ["kernel", "cell", "vet"];

const [first, ...rest] = Deno.args;
const role = first !== undefined && ROLES.includes(first) ? first : undefined;
const pieces = new Pieces(import.meta.filename!);
const url = `program:${role ?? "main"}`;
const source = await pieces.text(`roles/${role ?? "main"}.mjs`);
pieces.close();
// A blob would do too, but Deno parses one twice: half of a vet cell's start.
const hooks = registerHooks(
  {
    resolve: (name: string, context: unknown, next: (name: string, context: unknown) => unknown) =>
      name === url ? { url, format: "module", shortCircuit: true } : next(name, context),
    load: (name: string, context: unknown, next: (name: string, context: unknown) => unknown) =>
      name === url ? { format: "module", source, shortCircuit: true } : next(name, context),
  } as unknown as Parameters<typeof registerHooks>[0],
);
const { main, runRole } = await import(url);
hooks.deregister();
Deno.exit(await (role === undefined ? main(Deno.args) : runRole(rest)));
