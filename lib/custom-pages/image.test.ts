import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { dataAddress, imageProblem, imageType, logoProblem } from "./image";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const svg = (inside: string, attributes = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${attributes}>${inside}</svg>`;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

describe("an image", () => {
  it.each([
    ["image/png", PNG],
    ["image/jpeg", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
    ["image/webp", bytes("RIFF....WEBPVP8 ")],
    ["image/svg+xml", bytes(svg(""))],
    ["image/svg+xml", bytes(`\uFEFF<?xml version="1.0"?>\n<!-- made by -->\n${svg("")}`)],
    ["image/svg+xml", bytes('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>')],
    [null, bytes("GIF89a")],
    [null, bytes("<html><svg></svg></html>")],
    [null, bytes("<svgx>")],
    [null, bytes("")],
    [null, Uint8Array.from([0xff, 0xfe, 0x3c, 0x00])],
  ])("is %s by its first bytes", (type, content) => expect(imageType(content)).toBe(type));

  it("type confusion: is refused where its address names another type than its bytes have", () => {
    const script = Buffer.from("<script>alert(1)</script>").toString("base64");
    expect(logoProblem(`data:image/png;base64,${script}`)).toMatch(/not a PNG/);
    const png = Buffer.from(PNG).toString("base64");
    expect(logoProblem(`data:image/png;base64,${png}`)).toBeNull();
    expect(logoProblem(`data:image/svg+xml;base64,${png}`)).toMatch(/not of the type/);
    for (const other of [
      "https://a.example/x.png",
      "data:image/png,x",
      "data:image/png;base64,%",
    ]) {
      expect(logoProblem(other)).toMatch(/^Upload/);
    }
  });

  it("may have 200 KB and no more", () => {
    const sized = (size: number) =>
      Uint8Array.from([...PNG, ...new Array(size - PNG.length).fill(7)]);
    expect(imageProblem(sized(200_000))).toBeNull();
    expect(imageProblem(sized(200_001))).toMatch(/at most 200 KB/);
  });

  it("is stored as it is, under the type of its bytes", () => {
    const address = dataAddress(bytes(svg("<path d='M0 0'/>")));
    expect(address).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(logoProblem(address)).toBeNull();
    expect(Buffer.from(address.split(",")[1] ?? "", "base64").toString()).toContain("<path d=");
  });
});

describe("an SVG that only draws is taken", () => {
  it.each([
    svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="fill:url(\'#a\')"/>'),
    svg('<use xlink:href="#a" href="#b"/>'),
    svg("<style>.a{fill:red}/* url(none) */ .b{mask:url(#m)}</style>"),
    svg("<style><![CDATA[ .a > .b { fill: red } ]]></style>"),
    svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'),
    svg("<text>1 &lt; 2 &amp; 3 &gt; 2</text><title>A &quot;logo&quot;</title>"),
    svg('<animate attributeName="x" values="0;10;0" to="5"/>'),
    `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg("")}`,
    svg("<!-- <script>never</script> -->"),
  ])("%s", (text) => expect(imageProblem(bytes(text))).toBeNull());
});

describe("script or loading in an SVG is refused", () => {
  it.each([
    ["script", svg("<script>alert(1)</script>")],
    ["script", svg("<svg:script>alert(1)</svg:script>")],
    ["script", svg("<SCRIPT>alert(1)</SCRIPT>")],
    ["script", svg("", ' onload="alert(1)"')],
    ["script", svg("<rect ONCLICK='alert(1)'/>")],
    ["script", svg("<![CDATA[ <!-- ]]><script>alert(1)</script><![CDATA[ --> ]]>")],
    ["script", svg('<a title="<!--"/><script/><a title="-->"/>').replaceAll('"<!--"', '"&lt;!--"')],
    ["foreignObject", svg("<foreignObject><p>x</p></foreignObject>")],
    ["another page", svg('<iframe src="#"/>')],
    ["outside itself", svg('<image href="https://evil.example/x.png"/>')],
    ["outside itself", svg('<use xlink:href="//evil.example/x.svg#a"/>')],
    ["outside itself", svg('<a href="javascript:alert(1)"/>')],
    ["outside itself", svg('<a href="java&#115;cript:alert(1)"/>')],
    ["outside itself", svg('<a href=" &#10;https://evil.example"/>')],
    ["outside itself", svg('<a href="data:text/html;base64,eA=="/>')],
    ["outside itself", svg('<image href="data:image/svg+xml;base64,eA=="/>')],
    ["outside itself", svg('<rect fill="url(https://evil.example/a#b)"/>')],
    ["outside itself", svg('<rect style="fill:\\75rl(//evil.example)"/>')],
    ["outside itself", svg("<style>@import 'https://evil.example/a.css'</style>")],
    ["outside itself", svg("<style>@&#105;mport 'https://evil.example/a.css'</style>")],
    ["outside itself", svg("<style>a{b:u/**/rl(x)}c{d:url( 'http://evil.example')}</style>")],
    ["outside itself", svg('<set attributeName="href" to="javascript:alert(1)"/>')],
    ["outside itself", svg('<animate attributeName="href" values="#a;https://evil.example"/>')],
    ["outside itself", svg("", ' xml:base="https://evil.example/"')],
    ["outside itself", `<?xml-stylesheet href="https://evil.example/a.css"?>${svg("")}`],
    ["entities", `<!DOCTYPE svg [<!ENTITY x "y">]>${svg("&x;")}`],
    ["well-formed", svg("<rect x=1/>")],
    ["well-formed", svg("<")],
    ["well-formed", svg('<rect title="')],
    ["well-formed", svg("<!-- never ends")],
    ["well-formed", svg("<![CDATA[ never ends")],
  ])("%s: %s", (why, text) => {
    expect(imageProblem(bytes(text))).toMatch(new RegExp(`^This SVG is refused: it .*${why}`));
  });

  // Reading that is quadratic in the length takes longer than a test may.
  it.each(["<a", "<!--", '<a b="', "<a b=c ", '<a b="c" ', "/* ", "url( ", "\\", "&#", "a:"])(
    "slow reading (ReDoS): %s, again and again",
    (part) => {
      const repeated = part.repeat(Math.floor(190_000 / part.length));
      expect(imageProblem(bytes(`<svg ${repeated}<`))).toMatch(/refused|not a/);
      expect(imageProblem(bytes(`<svg>${repeated}<`))).toMatch(/refused/);
    },
  );
});
