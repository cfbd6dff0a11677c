/** Whether an address lies in the open internet, and if not, where. What nobody has assigned is not in it. */
import { parseAddress } from "./parse_address.ts";

/** `public`, or words for what it is instead. */
export type AddressKind = "public" | "a loopback address" | "a private address" | (string & Record<never, never>);

/** Undefined for a text that is no address. */
export function classifyAddress(text: string): AddressKind | undefined {
  const bytes = parseAddress(text);
  if (bytes === undefined) return undefined;
  return bytes.length === 4 ? kindIn(bytes, V4) ?? "public" : kindIn(bytes, V6) ?? "a reserved address";
}

type Range = readonly [bytes: readonly number[], bits: number, kind: string];

function kindIn(bytes: readonly number[], ranges: readonly Range[]): string | undefined {
  return ranges.find(([start, bits]) => startsWith(bytes, start, bits))?.[2];
}

function startsWith(bytes: readonly number[], start: readonly number[], bits: number): boolean {
  for (let bit = 0; bit < bits; bit += 8) {
    const mask = 255 & (255 << Math.max(0, 8 - (bits - bit)));
    if ((bytes[bit / 8]! & mask) !== ((start[bit / 8] ?? 0) & mask)) return false;
  }
  return true;
}

function v4(cidr: string, kind: string): Range {
  const [address, bits] = cidr.split("/");
  return [parseAddress(address!)!, Number(bits), kind];
}
const v6 = v4;

/** The special ranges of the IANA registry; all else is public. */
const V4: readonly Range[] = [
  v4("0.0.0.0/8", "an unspecified address"),
  v4("10.0.0.0/8", "a private address"),
  v4("100.64.0.0/10", "a shared address behind a carrier's NAT"),
  v4("127.0.0.0/8", "a loopback address"),
  v4("169.254.0.0/16", "a link-local address"),
  v4("172.16.0.0/12", "a private address"),
  v4("192.0.0.0/24", "a reserved address"),
  v4("192.0.2.0/24", "an address for documentation"),
  v4("192.31.196.0/24", "a reserved address"),
  v4("192.52.193.0/24", "a reserved address"),
  v4("192.88.99.0/24", "a 6to4 relay's address"),
  v4("192.168.0.0/16", "a private address"),
  v4("192.175.48.0/24", "a reserved address"),
  v4("198.18.0.0/15", "an address for benchmarks"),
  v4("198.51.100.0/24", "an address for documentation"),
  v4("203.0.113.0/24", "an address for documentation"),
  v4("224.0.0.0/4", "a multicast address"),
  v4("240.0.0.0/4", "a reserved address"),
];

/** First what has a name, then the one block that is assigned; all else is reserved. Addresses with an IPv4 one inside would reach that one. */
const V6: readonly Range[] = [
  v6("::1/128", "a loopback address"),
  v6("::/128", "an unspecified address"),
  v6("::ffff:0:0/96", "an IPv4 address in an IPv6 one"),
  v6("::ffff:0:0:0/96", "an IPv4 address in an IPv6 one"),
  v6("::/96", "an IPv4 address in an IPv6 one"),
  v6("64:ff9b::/96", "an IPv4 address behind NAT64"),
  v6("64:ff9b:1::/48", "an IPv4 address behind NAT64"),
  v6("2001::/32", "an IPv4 address behind Teredo"),
  v6("2001::/23", "a reserved address"),
  v6("2001:db8::/32", "an address for documentation"),
  v6("2002::/16", "an IPv4 address behind 6to4"),
  v6("2620:4f:8000::/48", "a reserved address"),
  v6("3fff::/20", "an address for documentation"),
  v6("fc00::/7", "a private address"),
  v6("fe80::/10", "a link-local address"),
  v6("fec0::/10", "a private address"),
  v6("ff00::/8", "a multicast address"),
  v6("2000::/3", "public"),
];
