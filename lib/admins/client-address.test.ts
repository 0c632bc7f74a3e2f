import { describe, expect, it } from "vitest";
import { clientAddress, throttleAddress } from "./client-address";

const from = (value: string) => clientAddress(new Headers({ "x-forwarded-for": value }));

describe("the client's address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7, 10.0.0.1", "192.0.2.7"],
    ["192.0.2.7:4711", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:C000:0207", "192.0.2.7"],
    ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1"],
    ["unknown", null],
    ["", null],
    ["<script>", null],
  ])("reads %s as %s", (header, address) => {
    expect(from(header)).toBe(address);
  });
});

describe("what attempts from an address are counted by", () => {
  it("is the same for every spelling of one IPv4 address", () => {
    const keys = ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207", "192.0.2.7:99"].map(
      (header) => throttleAddress(from(header)),
    );
    expect(new Set(keys)).toEqual(new Set(["192.0.2.7"]));
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["2001::1:2:3:4:5", "2001:0:0:1::/64"],
  ])("counts %s by its /64", (address, key) => {
    expect(throttleAddress(address)).toBe(key);
  });

  it("puts everybody without an address into one bucket", () => {
    expect(throttleAddress(null)).toBe("unknown");
  });
});
