import { fault } from "meta-machine";
import { misfit } from "./plain_options.ts";

/** Vectors of one length, as a caller or an embedder gives them. */
export function parseEmbeddings(
  method: string,
  at: string,
  given: unknown,
  maxDimensions: number,
): readonly (readonly number[])[] {
  if (!Array.isArray(given) || !given.every(isVector)) {
    throw misfit(method, `${at} is no list of lists of numbers`, `one vector for each: {${at}: [[0.1, 0.2, 0.3]]}`);
  }
  const wanted = given[0]?.length ?? 0;
  const other = given.find((vector) => vector.length !== wanted);
  if (other !== undefined) {
    throw misfit(
      method,
      `${at} has vectors of ${wanted} and of ${other.length} dimensions`,
      "all of one collection have as many",
    );
  }
  if (wanted > maxDimensions) {
    throw fault("too_large", `Cannot call ${method}: ${at} has vectors of ${wanted} dimensions`, {
      hint: `at most ${maxDimensions} (max_dimensions in the config of this service)`,
    });
  }
  return given;
}

function isVector(vector: unknown): vector is readonly number[] {
  // Further out 32 bits know no number.
  return Array.isArray(vector) && vector.length > 0 &&
    vector.every((value) => typeof value === "number" && Math.abs(value) <= 3.4e38);
}
