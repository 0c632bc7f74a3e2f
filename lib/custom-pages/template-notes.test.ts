import { expect, it } from "vitest";
import { FIRST_HTML, templateNotes } from "./template-notes";

it("finds nothing to say of the page that a new template begins with", () => {
  expect(templateNotes(FIRST_HTML)).toEqual([]);
});

it.each([
  ["<script>x()</script>", /Scripts/],
  ['<a onclick="x()">', /Scripts/],
  ['<a href="javascript:x()">', /Scripts/],
  ["<form action=/x>", /Forms/],
  ['<link rel=stylesheet href="/a.css">', /another address/],
  ['<img src="https://a.example/x.png">', /another address/],
  ["<style>b{background:url(//a.example/x)}</style>", /another address/],
  ['<iframe src="/">', /plug-ins/],
  ["{{user}} {{email}}", /^\{\{user\}\} stands for nothing/],
])("says of %s what will not work", (html, note) => {
  expect(templateNotes(`${html}{{reference}}`)).toEqual([expect.stringMatching(note)]);
});

it("asks for the reference", () => {
  expect(templateNotes("<h1>No</h1>")).toEqual([expect.stringContaining("{{reference}}")]);
});
