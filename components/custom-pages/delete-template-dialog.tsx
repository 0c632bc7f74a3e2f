"use client";
import { FailureBanner } from "@/components/admins/failure-banner";
import { useAction } from "@/components/admins/use-action";
import { Button } from "@/components/ui/button";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import type { PageTemplate } from "@/lib/custom-pages/schema";
import type { Result } from "@/lib/kit/result";

export type TemplateSummary = Omit<PageTemplate, "html">;

interface DeleteTemplateDialogProps {
  template: TemplateSummary;
  remove: (input: { id: string }) => Promise<Result<unknown>>;
  onClose: () => void;
}

export function DeleteTemplateDialog({ template, remove, onClose }: DeleteTemplateDialogProps) {
  const { run, failure } = useAction(remove);
  const { id, name, usedBy } = template;
  const title = `Delete ${name}?`;
  if (usedBy.length > 0) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={title}
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <div className="space-y-2 text-muted">
          <p>These applications show it. Choose another block page there first:</p>
          <ul className="list-disc pl-5">
            {usedBy.map((application) => (
              <li key={application.id}>
                <a className="underline" href={`/access/applications/${application.id}`}>
                  {application.name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => run({ id }, onClose)}
      title={title}
      confirmLabel="Delete template"
    >
      <FailureBanner failure={failure} />
      <p>No application uses it. Its HTML cannot be brought back.</p>
    </ConfirmDialog>
  );
}
