/** Names are parsed once, at the border, and are a type from then on. */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The name under which a module is called: 1–4 segments joined by `/`. */
export type ApiName = Branded<"ApiName">;
/** One process that holds module Workers; unique for the life of the host (it carries a number). */
export type CellId = Branded<"CellId">;
/** One loaded instance of a module, unique across kernels: `epoch.number`. */
export type InstanceId = Branded<"InstanceId">;
/** A call's key: who called, and the caller's own number for it. The callee runs each key once. */
export type CallKey = Branded<"CallKey">;

const API_SEGMENT = "[A-Za-z][A-Za-z0-9_-]{0,31}";
const API_NAME = new RegExp(`^${API_SEGMENT}(?:/${API_SEGMENT}){0,3}$`);
const CELL_ID = /^@?[A-Za-z][A-Za-z0-9_.-]{0,140}~[0-9]{1,15}$/;
const INSTANCE_ID = /^[0-9]{1,15}\.[0-9]{1,15}$/;
const CALL_KEY = /^[^\s#]{1,180}#[0-9]{1,16}$/;

/** What an api name looks like, in words, for error texts. */
export const API_NAME_RULE =
  "1 to 4 segments joined by '/', each a letter followed by up to 31 letters, digits, '_' or '-'";

export function isApiName(text: unknown): text is ApiName {
  return typeof text === "string" && API_NAME.test(text);
}
export function isCellId(text: unknown): text is CellId {
  return typeof text === "string" && CELL_ID.test(text);
}
export function isInstanceId(text: unknown): text is InstanceId {
  return typeof text === "string" && INSTANCE_ID.test(text);
}
export function isCallKey(text: unknown): text is CallKey {
  return typeof text === "string" && text.length <= 200 && CALL_KEY.test(text);
}

/** The cell of one module (`/` written as `.`), or of all modules that name the same `cell:`. */
export function cellId(base: string, number: number): CellId {
  return `${base.replaceAll("/", ".")}~${number}` as CellId;
}
export function instanceId(epoch: number, number: number): InstanceId {
  return `${epoch}.${number}` as InstanceId;
}
/** Cells' numbers in what an instance's number has of them: a kernel that crashed forgets which instances it put where, and a report is a rumour. */
const CELL_NUMBERS = 10_000_000;

/** The instance that a kernel makes as its `count`th, in that cell. No other cell may claim it (`maySitIn`). */
export function instanceIn(cell: CellId, epoch: number, count: number): InstanceId {
  return instanceId(epoch, count * CELL_NUMBERS + numberOf(cell) % CELL_NUMBERS);
}
export function maySitIn(cell: CellId, instance: InstanceId): boolean {
  return Number(instance.split(".")[1]) % CELL_NUMBERS === numberOf(cell) % CELL_NUMBERS;
}
function numberOf(cell: CellId): number {
  return Number(cell.slice(cell.lastIndexOf("~") + 1));
}
/** Instance ids count up, within a kernel and from kernel to kernel. */
export function isNewerInstance(a: InstanceId, b: InstanceId): boolean {
  const [epoch_a, number_a] = a.split(".").map(Number);
  const [epoch_b, number_b] = b.split(".").map(Number);
  return epoch_a === epoch_b ? number_a! > number_b! : epoch_a! > epoch_b!;
}
/** `caller`: its cell, whose id no other process ever has, or a name as lasting. */
export function callKey(caller: CellId | string, id: number): CallKey {
  return `${caller}#${id}` as CallKey;
}

/** A cell whose base name begins with `@` is the host's own; `@vet` strips and bundles untrusted source. */
export const VET_CELL = "@vet";
/** A blank cell, until it is given to a module: then it is called by that module's base name, under its own id. */
export const WARM_CELL = "@warm";

/** A cell's id without its number. */
export function cellBase(id: CellId): string {
  return id.slice(0, id.lastIndexOf("~"));
}
/** What a cell may be called that is given to a module: an id's base without `@`. */
export function isCellBase(text: unknown): text is string {
  return typeof text === "string" && !text.startsWith("@") && isCellId(`${text}~1`);
}

/** The operator at the command line. No module can bear this name (`@` begins no api name). */
export const OPERATOR = "@operator";
/** Whoever acts besides modules, as services see it: `console` as `@console`. It is no api name either. */
export function principalStamp(principal: string): string {
  return `@${principal}`;
}
/** The principal of a conversation that the operator began: his own authority is never lent to a model. */
export const CONSOLE = "console";
/** Where principals stand, relative to the home. */
export const PRINCIPALS_FILE = "configs/principals.yml";
/** Tools are called by their names under this one: the kernel knows whose they are. */
export const TOOLS_API = "@tools";
/** Who tries a module that nobody calls yet. */
export const PROBE = "@probe";
/** The kernel's own services (`kernel.secret`, `kernel.prompt`, …) are called under this name. */
export const KERNEL_API = "@kernel";

/** Names that no handle gives out: private, inherited, or the module's lifecycle, which only the kernel may call. */
export function isPrivateName(name: string): boolean {
  return name.startsWith("_") || name === "constructor";
}
