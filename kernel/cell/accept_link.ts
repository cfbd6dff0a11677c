/** A new connection at the kernel's socket: nonce, proof, welcome. One that does not prove itself gets one small frame and one second. */
import { WIRE } from "../contract/limits.ts";
import type { CellId } from "../contract/names.ts";
import type { Clock, Connection, Randomness } from "../contract/powers.ts";
import type { CellMessage } from "../contract/wire.ts";
import { toHex } from "../primitives/hex.ts";
import { checkProof } from "../primitives/hmac.ts";
import { CellLink } from "./cell_link.ts";

export interface AcceptOptions {
  readonly clock: Clock;
  readonly random: Randomness;
  readonly epoch: number;
  /** The token that the watchdog gave this cell, in hex; undefined for one nobody knows. */
  readonly tokenOf: (cell: CellId) => string | undefined;
  /** The proof was right and the welcome is on its way: must call `link.proven()` before it returns. */
  readonly attached: (cell: CellId, link: CellLink) => void;
}

export class LinkAcceptor {
  readonly #options: AcceptOptions;
  #unproven = 0;

  constructor(options: AcceptOptions) {
    this.#options = options;
  }

  accept(connection: Connection): void {
    if (this.#unproven >= WIRE.unproven_links) return connection.close();
    this.#unproven++;
    const { clock, random, epoch } = this.#options;
    const nonce = toHex(random.bytes(32));
    let counted = true;
    const settle = () => {
      if (counted) this.#unproven--;
      counted = false;
      cancel();
    };
    let spoke = false;
    const link: CellLink = new CellLink(connection, {
      message: (message) => {
        if (spoke || message.t !== "attach") return link.close("spoke before its proof was taken");
        spoke = true;
        void this.#judge(link, nonce, message, settle);
      },
      closed: settle,
    });
    const cancel = clock.after(WIRE.unproven_ms, () => link.close());
    link.send({ t: "nonce", nonce, epoch });
  }

  async #judge(
    link: CellLink,
    nonce: string,
    { cell, incarnation, proof }: Extract<CellMessage, { t: "attach" }>,
    settle: () => void,
  ): Promise<void> {
    const token = this.#options.tokenOf(cell);
    const proved = token !== undefined && await checkProof(token, nonce, cell, incarnation, proof).catch(() => false);
    // Meanwhile the cell may have ended, or hung up.
    if (!proved || link.closed || this.#options.tokenOf(cell) !== token) return link.close();
    settle();
    this.#options.attached(cell, link);
    link.send({ t: "welcome", epoch: this.#options.epoch });
  }
}
