"use client";
import { Controller, useWatch } from "react-hook-form";
import { SessionDuration } from "@/components/policies/session-duration";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { TagInput } from "@/components/ui/tag-input";
import { parseDestination } from "@/lib/applications/destination";
import { coverWords } from "./application-words";
import { useApplication } from "./form-context";
import { TextSetting } from "./setting-fields";
import { TagsField } from "./tags-field";

/** All messages of a list: its own, and those of its entries. */
function messagesOf(error: unknown): string | undefined {
  if (!error || typeof error !== "object") return undefined;
  const { message } = error as { message?: string };
  if (message) return message;
  const inner = Object.values(error as Record<string, { message?: string } | undefined>);
  return inner.find((one) => one?.message)?.message;
}

function Covered() {
  const { form } = useApplication();
  const destinations = useWatch({ control: form.control, name: "destinations" });
  const words = destinations.flatMap((text) => {
    const covered = coverWords(parseDestination(text));
    return covered ? [{ text, covered }] : [];
  });
  if (words.length === 0) return null;
  return (
    <ul aria-label="What these hostnames cover" className="grid gap-1 text-muted">
      {words.map(({ text, covered }) => (
        <li key={text} className="break-words">
          {covered}
        </li>
      ))}
    </ul>
  );
}

/** Name, public hostnames and session duration. */
export function BasicSection() {
  const { form, readOnly } = useApplication();
  return (
    <Card title="Basic information">
      <div className="grid gap-5">
        <div className="max-w-xl">
          <TextSetting name="name" label="Application name" placeholder="Wiki" />
        </div>
        <div className="grid max-w-2xl gap-2">
          <Controller
            control={form.control}
            name="destinations"
            render={({ field, fieldState }) => (
              <Field
                id="destinations"
                label="Public hostnames"
                help="A host with an optional path, such as wiki.example.com, example.com/admin or wiki.example.com:8443 (a port other than 80 and 443 belongs to it). Press Enter after each. One * may stand in a name or a path; capital and small letters are the same."
                error={messagesOf(fieldState.error)}
              >
                {(aria) => (
                  <TagInput
                    {...aria}
                    value={field.value}
                    onChange={field.onChange}
                    onBlur={field.onBlur}
                    placeholder="wiki.example.com"
                    disabled={readOnly}
                  />
                )}
              </Field>
            )}
          />
          <Covered />
        </div>
        <div className="max-w-xl">
          <TagsField />
        </div>
        <Controller
          control={form.control}
          name="settings.session_duration"
          render={({ field, fieldState }) => (
            <SessionDuration
              id="settings.session_duration"
              value={field.value ?? null}
              onChange={field.onChange}
              onBlur={field.onBlur}
              inherited="24 hours (default)"
              error={fieldState.error?.message}
              disabled={readOnly}
            />
          )}
        />
      </div>
    </Card>
  );
}
