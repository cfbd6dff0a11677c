/** The two files of this service. The book is written here and read by the operator's command; his answers the other way round. */
import { fault } from "meta-machine";
import type { Files } from "files";
import type { Answers, Recorded } from "./request_book.ts";

const FOLDER = "runtime/files/package_service";
const BOOK = `${FOLDER}/requests.json`;
const ANSWERS = `${FOLDER}/answers.json`;
/** A thousand requests with their reasons. */
const MOST_BYTES = 4_194_304;

export async function readBook(files: Files): Promise<readonly Recorded[]> {
  const found = await readJson(files, BOOK);
  if (found === undefined) return [];
  if (Array.isArray(found)) return found;
  throw broken(BOOK, "it is no list");
}

export async function writeBook(files: Files, book: readonly Recorded[]): Promise<void> {
  await files.write(BOOK, `${JSON.stringify(book, undefined, 1)}\n`, { max_bytes: MOST_BYTES });
}

export async function readAnswers(files: Files): Promise<Answers> {
  const found = await readJson(files, ANSWERS);
  if (found === undefined) return {};
  if (typeof found === "object" && found !== null) return found as Answers;
  throw broken(ANSWERS, "it is no map");
}

async function readJson(files: Files, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await files.read(path, { as: "text", max_bytes: MOST_BYTES });
  } catch (error) {
    if ((error as { code?: unknown }).code === "not_found") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw broken(path, (error as Error).message);
  }
}

function broken(path: string, why: string): Error {
  return fault("conflict", `${path} cannot be read: ${why}`, {
    hint: "mend it, or move it away: then no request is known",
  });
}
