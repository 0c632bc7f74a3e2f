"use client";
import Link from "next/link";
import { useState } from "react";
import { Menu } from "@/components/ui/menu";
import { Cell, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { TEMPLATE_TYPE_WORDS } from "@/lib/custom-pages/schema";
import type { Result } from "@/lib/kit/result";
import { DeleteTemplateDialog, type TemplateSummary } from "./delete-template-dialog";

interface TemplatesTableProps {
  templates: TemplateSummary[];
  mayChange: boolean;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
}

const LIST = "/settings/custom-pages/templates";

const usedWords = (count: number): string =>
  count === 0 ? "Nothing" : `${count} ${count === 1 ? "application" : "applications"}`;

export function TemplatesTable({ templates, mayChange, remove }: TemplatesTableProps) {
  const [deleting, setDeleting] = useState<TemplateSummary | null>(null);
  const columns = ["Name", "Type", "Used by", "Last changed"];
  return (
    <>
      <Table label="Page templates" columns={mayChange ? [...columns, ""] : columns}>
        {templates.map((template) => (
          <Row key={template.id}>
            <Cell className="font-medium">
              <Link className="min-w-0 break-words hover:underline" href={`${LIST}/${template.id}`}>
                {template.name}
              </Link>
            </Cell>
            <Cell label="Type">{TEMPLATE_TYPE_WORDS[template.type].label}</Cell>
            <Cell label="Used by">{usedWords(template.usedBy.length)}</Cell>
            <Cell label="Last changed">
              <Time value={template.updatedAt} />
            </Cell>
            {mayChange && (
              <Cell className="text-right">
                <Menu
                  label={`Actions for ${template.name}`}
                  items={[
                    { label: "Edit", href: `${LIST}/${template.id}` },
                    { label: "Delete", tone: "danger", onSelect: () => setDeleting(template) },
                  ]}
                />
              </Cell>
            )}
          </Row>
        ))}
      </Table>
      {deleting && (
        <DeleteTemplateDialog
          template={deleting}
          remove={remove}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  );
}
