import assert from "node:assert/strict";
import { classifyAddress } from "../../../../plugins/services/http/classify_address.ts";
import { inUrl, parseAddress } from "../../../../plugins/services/http/parse_address.ts";

/** The first and the last of each range, and what lies just outside. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  public: [
    ...["1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0"],
    ...["126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"],
    ...["191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0"],
    ...["198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0"],
    "223.255.255.255",
    ...[
      "2001:200::1",
      "2001:4860:4860::8888",
      "2606:4700::1111",
      "2a00:1450:4001:80b::200e",
      "2003::1",
      "2001:db7:ffff::1",
    ],
    ...["2001:db9::", "3ffe:ffff::1", "3fff:1000::1", "2000::", "2620:4f:8001::1"],
  ],
  "an unspecified address": ["0.0.0.0", "0.0.0.1", "0.255.255.255", "::", "0:0:0:0:0:0:0:0"],
  "a private address": [
    ...["10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"],
    ...["fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "fec0::1", "feff::1", "fd00:ec2::254"],
  ],
  "a shared address behind a carrier's NAT": ["100.64.0.0", "100.100.100.200", "100.127.255.255"],
  "a loopback address": ["127.0.0.0", "127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1", "::0.0.0.1"],
  "a link-local address": ["169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::", "fe80::1", "febf:ffff::1"],
  "a reserved address": [
    ...["192.0.0.0", "192.0.0.255", "240.0.0.0", "255.255.255.255", "192.31.196.1", "192.175.48.6"],
    ...[
      "2001:1::1",
      "2001:20::1",
      "2001:1ff:ffff::",
      "100::1",
      "5f00::1",
      "1fff:ffff::",
      "4000::",
      "7fff::1",
      "8000::",
    ],
    ...["fbff::1", "fe00::1", "fe7f::1", "0:1::", "64:ff9b:2::1", "2620:4f:8000::1"],
  ],
  "an address for documentation": [
    ...[
      "192.0.2.0",
      "192.0.2.255",
      "198.51.100.0",
      "203.0.113.255",
      "2001:db8::",
      "2001:db8:ffff::1",
      "3fff::",
      "3fff:fff::1",
    ],
  ],
  "a 6to4 relay's address": ["192.88.99.0", "192.88.99.255"],
  "an address for benchmarks": ["198.18.0.0", "198.19.255.255"],
  "a multicast address": ["224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "ffff::1"],
  "an IPv4 address in an IPv6 one": [
    ...["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::FFFF:10.0.0.1", "::127.0.0.1", "::2", "::ffff"],
    ...["0:0:0:0:0:ffff:a00:1", "::ffff:0:7f00:1"],
  ],
  "an IPv4 address behind NAT64": [
    "64:ff9b::",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "64:ff9b:1:ffff::1",
  ],
  "an IPv4 address behind 6to4": ["2002::", "2002:7f00:1::1", "2002:a00:1::", "2002:ffff:ffff::1"],
  "an IPv4 address behind Teredo": ["2001::1", "2001:0:ffff:ffff::1"],
};

for (const [kind, addresses] of Object.entries(KINDS)) {
  Deno.test(`classifyAddress says of ${addresses.length} addresses that each is ${kind}`, () => {
    for (const address of addresses) assert.equal(classifyAddress(address), kind, address);
  });
}

Deno.test("classifyAddress takes an address in its plain form alone: what a resolver could read as one is none", () => {
  const odd = [
    ...[
      "",
      "127.1",
      "127.0.1",
      "2130706433",
      "0x7f.0.0.1",
      "0x7f000001",
      "0177.0.0.1",
      "127.0.0.01",
      "127.0.0.1.",
      ".127.0.0.1",
    ],
    ...[
      "127.0.0.256",
      "127.0.0.-1",
      "127.0.0",
      "127.0.0.1.1",
      "127.0.0.1 ",
      " 127.0.0.1",
      "１２７.0.0.1",
      "127。0。0。1",
      "1e1.0.0.1",
    ],
    ...[
      "localhost",
      "example.com",
      "[::1]",
      "::1%lo",
      "fe80::1%eth0",
      ":::",
      ":1",
      "1:",
      "::1::",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
    ],
    ...[
      "1::2:3:4:5:6:7:8",
      "12345::",
      "g::",
      "::127.0.0.1.1",
      "::127.0.0",
      "::127.0.0.256",
      "127.0.0.1:80",
      "::1/128",
      "0x1::",
    ],
  ];
  for (const text of odd) assert.equal(classifyAddress(text), undefined, text);
});

Deno.test("parseAddress reads IPv6 however it is written", () => {
  const one = parseAddress("2001:db8:0:0:0:0:0:1");
  for (const text of ["2001:db8::1", "2001:DB8::0001", "2001:db8:0::0:1", "2001:db8::0.0.0.1"]) {
    assert.deepEqual(parseAddress(text), one, text);
  }
  assert.deepEqual(parseAddress("1:2:3:4:5:6:7::"), parseAddress("1:2:3:4:5:6:7:0"));
  assert.equal(inUrl("2001:DB8:0:0:0:0:0:1"), "[2001:db8::1]");
  assert.equal(inUrl("8.8.8.8"), "8.8.8.8");
});
