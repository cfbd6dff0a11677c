/** What modules asked for, as the service `package_service` recorded it, and the operator's answers, written here alone. What a module wrote is a rumour until it is read. */
import { fault, ok, refuse, type Result } from "../../contract/fault.ts";
import { isPackageName, isPackageVersion } from "../../loader/mod.ts";
import { denoFiles } from "../../powers_deno.ts";
import { isRecord } from "../../primitives/check_fields.ts";

export interface PackageRequest {
  readonly id: string;
  readonly caller: string;
  readonly name: string;
  readonly version: string;
  readonly reason: string;
  readonly time: string;
  readonly state: "waiting" | "approved" | "denied";
}

/** As plugins/services/packages/stored.ts has them. */
const FOLDER = "runtime/files/package_service";
const MOST_BYTES = 4_194_304;

/** In the order in which they were made. Entries that are none are left out. */
export async function readRequests(home: string): Promise<Result<readonly PackageRequest[]>> {
  const book = await readJson(home, "requests.json");
  if (!book.ok) return book;
  const answers = await readAnswers(home);
  if (!answers.ok) return answers;
  const entries = Array.isArray(book.value) ? book.value : [];
  return ok(entries.flatMap((entry) => parseRequest(entry, answers.value) ?? []));
}

export async function findRequest(home: string, id: string): Promise<Result<PackageRequest>> {
  const requests = await readRequests(home);
  if (!requests.ok) return requests;
  const found = requests.value.filter((one) => one.id === id);
  if (found.length === 1) return ok(found[0]!);
  const message = found.length === 0 ? `no module has asked for a package under '${id}'` : `'${id}' is not one request`;
  return refuse(fault("not_found", message, { hint: "packages list shows the requests with their ids" }));
}

/** Hold the configs meanwhile: two commands would lose an answer. */
export async function writeAnswer(home: string, id: string, state: "approved" | "denied"): Promise<Result<void>> {
  const answers = await readAnswers(home);
  if (!answers.ok) return answers;
  const text = JSON.stringify({ ...answers.value, [id]: { state, time: new Date().toISOString() } }, undefined, 1);
  await denoFiles.writeWhole(`${home}/${FOLDER}/answers.json`, `${text}\n`);
  return ok(undefined);
}

async function readAnswers(home: string): Promise<Result<Record<string, unknown>>> {
  const found = await readJson(home, "answers.json");
  if (!found.ok) return found;
  return ok(isRecord(found.value) ? found.value : {});
}

function parseRequest(entry: unknown, answers: Record<string, unknown>): PackageRequest | undefined {
  if (!isRecord(entry)) return undefined;
  const { id, caller, name, version, reason, time } = entry;
  if (typeof id !== "string" || !/^[0-9a-f]{8}$/.test(id) || !isPackageName(name) || !isPackageVersion(version)) {
    return undefined;
  }
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  const state = isRecord(answer) && (answer.state === "approved" || answer.state === "denied")
    ? answer.state
    : "waiting";
  return { id, name, version, caller: String(caller), reason: String(reason), time: String(time), state };
}

async function readJson(home: string, file: string): Promise<Result<unknown>> {
  try {
    const text = await denoFiles.readText(`${home}/${FOLDER}/${file}`, MOST_BYTES);
    return ok(text === undefined ? undefined : JSON.parse(text));
  } catch (error) {
    const message = `${FOLDER}/${file} cannot be read: ${(error as Error).message}`;
    return refuse(fault("conflict", message, { hint: "mend it, or move it away", retriable: false }));
  }
}
