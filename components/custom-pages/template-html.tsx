"use client";
import { Download } from "lucide-react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { MAX_HTML } from "@/lib/custom-pages/schema";
import { templateNotes } from "@/lib/custom-pages/template-notes";
import { PLACEHOLDERS } from "@/lib/http/pages/block-template";

function download(html: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
  link.download = `${name.replace(/[^\w-]+/g, "-").replace(/^-|-$/g, "") || "page"}.html`;
  link.click();
  URL.revokeObjectURL(link.href);
}

const number = new Intl.NumberFormat("en");

interface TemplateHtmlProps {
  name: string;
  html: string;
  field: UseFormRegisterReturn;
  error?: string;
}

const help = (
  <>
    These stand for what is true of a refusal:{" "}
    {PLACEHOLDERS.map((name) => (
      <code key={name} className="mr-1.5 font-mono text-[0.8125rem]">
        {`{{${name}}}`}
      </code>
    ))}
  </>
);

/** The HTML itself, how much of it there is, and what of it will not work. */
export function TemplateHtml({ name, html, field, error }: TemplateHtmlProps) {
  const notes = templateNotes(html);
  return (
    <div className="space-y-3">
      <Field id="html" label="Custom HTML" error={error} help={help}>
        {(aria) => (
          <Textarea
            {...aria}
            {...field}
            rows={18}
            spellCheck={false}
            className="font-mono md:text-[0.8125rem]"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span
          className={classNames(html.length > MAX_HTML ? "font-medium text-danger" : "text-muted")}
        >
          {number.format(html.length)} of {number.format(MAX_HTML)} characters
        </span>
        <Button size="sm" onClick={() => download(html, name)}>
          <Download aria-hidden />
          Download
        </Button>
      </div>
      <ul role="status" className="list-disc space-y-1 pl-5 text-warning empty:hidden">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
