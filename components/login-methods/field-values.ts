import type { Config, Connector, ConnectorField, FieldSection } from "@/lib/connectors/definition";

const EMPTY: Record<ConnectorField["control"], unknown> = {
  text: "",
  url: "",
  secret: "",
  switch: false,
  tags: [],
  select: "",
  number: 0,
  pem: "",
};

/** What an untouched field holds: the schema's default, or nothing. */
export function defaultOf(connector: Connector, field: ConnectorField): unknown {
  const schema = connector.settings.shape[field.name] as {
    safeParse(value: unknown): { data?: unknown };
  };
  return schema.safeParse(undefined).data ?? EMPTY[field.control];
}

/** Values for every field of a form, from what is stored. Secrets are blank, or null: to be removed. */
export const formValues = (connector: Connector, stored: Config): Config =>
  Object.fromEntries(
    connector.fields.map((field) => {
      const value = stored[field.name];
      if (field.control !== "secret") return [field.name, value ?? defaultOf(connector, field)];
      return [field.name, value === null ? null : defaultOf(connector, field)];
    }),
  );

export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** Whether two values of one field mean the same; the order of a list does not matter. */
export const isSame = (a: unknown, b: unknown): boolean =>
  isList(a) && isList(b)
    ? a.length === b.length && a.every((item) => b.includes(item))
    : a === b || (isBlank(a) && isBlank(b));

/** Whether an optional field holds something that an admin may want to see. */
export const isSet = (
  connector: Connector,
  values: Config,
  sections: readonly FieldSection[] = ["optional", "advanced"],
): boolean =>
  connector.fields.some(
    (field) =>
      sections.includes(field.section) &&
      !field.quiet &&
      !isSame(values[field.name], defaultOf(connector, field)),
  );

/** A value in words, for the comparison with discovery. */
export function inWords(field: ConnectorField, value: unknown): string {
  if (field.control === "secret") return value === null ? "removed" : "stored";
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (isBlank(value)) return "(empty)";
  if (isList(value)) return value.join(", ");
  return field.options?.find((option) => option.value === value)?.label ?? String(value);
}
