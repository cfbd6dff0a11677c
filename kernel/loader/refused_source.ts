/** Why a source can't be taken; lives only until readSources has made a fault of it. */
export class RefusedSource extends Error {
  constructor(message: string, readonly hint = "mend the file, or put a regular one there") {
    super(message);
  }
}
