import * as dns from "node:dns";
import { unknownName } from "./choose_addresses.ts";

/** As the system knows names, its hosts file included. */
export async function lookUp(name: string): Promise<readonly string[]> {
  return await new Promise((resolve, reject) => {
    dns.lookup(name, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses.map(({ address }) => address));
      else reject(unknownName(name, error.code !== "ENOTFOUND"));
    });
  });
}
