/**
 * The code at the head of the one file: its first argument is a role, or the command line takes all of them. Each role is a piece of its own, so that
 * a process evaluates its own part only. What is imported here are pieces of this very file: no text of a module or of a home.
 */
import { moduleUrl, Pieces } from "./pieces.ts";

const ROLES = ["kernel", "cell", "vet"];

const [first, ...rest] = Deno.args;
const role = first !== undefined && ROLES.includes(first) ? first : undefined;
const pieces = new Pieces(import.meta.filename!);
const url = moduleUrl(await pieces.read(`roles/${role ?? "main"}.mjs`));
pieces.close();
const { main, runRole } = await import(url);
URL.revokeObjectURL(url);
Deno.exit(await (role === undefined ? main(Deno.args) : runRole(rest)));
