/** Lines that open and close a fenced block: as Markdown has them, but that `tool` stands directly behind the marks. */
import { CHAR, isSpace } from "./chars.ts";

export interface Fence {
  /** The character it is made of. */
  readonly mark: number;
  readonly length: number;
  /** Whether it opens a `tool` block. */
  readonly tool: boolean;
}

const TOOL = "tool";
/** What stands behind the marks is not `tool`. */
const OTHER = -1;

/** One line, read in pieces of any size. Keeps counts, nothing of the line: however long it is, it takes no memory, and a split makes no difference. */
export class FenceLine {
  #state: "indent" | "marks" | "info" | "none" = "indent";
  #indent = 0;
  #mark = 0;
  #length = 0;
  /** Letters of `tool` that came behind the marks, or OTHER. */
  #letters = 0;
  #spaced = false;

  /** Reads `text` from `at` to `end`, in which there is no line break. */
  read(text: string, at: number, end: number): void {
    for (let i = at; i < end && this.#state !== "none"; i++) this.#take(text.charCodeAt(i));
  }

  /** Where a new line begins. */
  restart(): void {
    this.#state = "indent";
    this.#indent = this.#length = this.#letters = 0;
    this.#spaced = false;
  }

  /** The fence that this line opens. */
  get opens(): Fence | undefined {
    return this.#isFence ? { mark: this.#mark, length: this.#length, tool: this.#letters === TOOL.length } : undefined;
  }
  closes({ mark, length }: Fence): boolean {
    return this.#isFence && this.#mark === mark && this.#length >= length && this.#letters === 0;
  }
  get #isFence(): boolean {
    return this.#length >= 3 && this.#state !== "none";
  }

  #take(code: number): void {
    if (this.#state === "indent") {
      if (code === CHAR.space && this.#indent < 3) this.#indent++;
      else if (code === CHAR.backtick || code === CHAR.tilde) {
        this.#state = "marks";
        this.#mark = code;
        this.#length = 1;
      } else this.#state = "none";
    } else if (this.#state === "marks" && code === this.#mark) this.#length++;
    else if (this.#length < 3 || (code === CHAR.backtick && this.#mark === CHAR.backtick)) this.#state = "none";
    else {
      this.#state = "info";
      this.#takeInfo(code);
    }
  }

  #takeInfo(code: number): void {
    if (isSpace(code)) {
      this.#spaced = true;
      if (this.#letters > 0 && this.#letters < TOOL.length) this.#letters = OTHER;
    } else if (this.#spaced || this.#letters === OTHER || (code | 32) !== TOOL.charCodeAt(this.#letters)) {
      this.#letters = OTHER; // behind the last letter charCodeAt is NaN, which nothing equals
    } else this.#letters++;
  }
}
