"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { JsonView } from "@/components/ui/json-view";
import { filterJson } from "./filter-json";

interface JsonTabProps {
  value: Record<string, unknown>;
  label: string;
  /** Without its ending. */
  fileName: string;
}

function download(value: unknown, name: string): void {
  const blob = new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** JSON to search, copy and download. */
export function JsonTab({ value, label, fileName }: JsonTabProps) {
  const id = useId();
  const [text, setText] = useState("");
  const found = filterJson(value, text.trim());
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <label htmlFor={id} className="sr-only">
          Search in {label}
        </label>
        <span className="min-w-0 max-w-72 flex-1">
          <Input
            id={id}
            type="search"
            placeholder="Search names and values"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        <Button size="sm" onClick={() => download(value, `${fileName}.json`)}>
          Download<span className="sr-only"> {label}</span>
        </Button>
      </div>
      <span role="status" className={found === undefined ? "text-muted" : "sr-only"}>
        {found === undefined && `Nothing in ${label} has “${text.trim()}”.`}
      </span>
      {found !== undefined && <JsonView value={found} label={label} />}
    </div>
  );
}
