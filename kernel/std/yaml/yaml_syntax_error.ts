/** Says what is wrong in a YAML text and where; `line` and `column` count from 1 and stand in the message too. */
export class YamlSyntaxError extends SyntaxError {
  override readonly name = "YamlSyntaxError";
  readonly line: number;
  readonly column: number;

  constructor(reason: string, place: { readonly line: number; readonly column: number }) {
    super(`${reason} at line ${place.line}, column ${place.column}`);
    this.line = place.line;
    this.column = place.column;
  }
}
