import type { Config, ConnectorField } from "@/lib/connectors/definition";

/** What a run tested, as far as it is kept: secrets are only in the fingerprint. */
export interface TestedSettings {
  settings: Config;
  fingerprint: string;
}

export interface SettingChange {
  /** Config key; null for a secret, of which no value is kept. */
  name: string | null;
  label: string;
  /** In words; null for a secret. */
  before: string | null;
  after: string | null;
}

const LONGEST = 300;

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

/** Lists of names mean the same in any order, as in the fingerprint. */
const comparable = (value: unknown): string =>
  isBlank(value) ? "" : JSON.stringify(Array.isArray(value) ? value.toSorted() : value);

function inWords(field: ConnectorField | undefined, value: unknown): string {
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (isBlank(value)) return field?.control === "switch" ? "Off" : "empty";
  const text = Array.isArray(value)
    ? value.join(", ")
    : (field?.options?.find((option) => option.value === value)?.label ??
      (typeof value === "object" ? JSON.stringify(value) : String(value)));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A switch that was never set is off. */
const reads = (field: ConnectorField | undefined, value: unknown): string =>
  field?.control === "switch" && value === false ? "" : comparable(value);

/** Which one, no run tells where a form has several. */
function replacedSecret(secrets: readonly ConnectorField[]): SettingChange {
  const [first, second] = secrets;
  const label =
    first && !second ? first.label : `${first?.label ?? "Client secret"} or another secret`;
  return { name: null, label, before: null, after: null };
}

/**
 * What differs between the settings of two runs, under the labels of the form and in its order. A
 * secret shows only in that the fingerprints differ where no setting does; then it was replaced.
 */
export function settingChanges(
  fields: readonly ConnectorField[],
  before: TestedSettings,
  after: TestedSettings,
): SettingChange[] {
  const known = fields.filter(({ control }) => control !== "secret");
  const others = Object.keys({ ...before.settings, ...after.settings })
    .filter((name) => !fields.some((field) => field.name === name))
    .toSorted();
  const names = [...known.map(({ name }) => name), ...others];
  const changes = names.flatMap((name): SettingChange[] => {
    const field = known.find((one) => one.name === name);
    const [from, to] = [before.settings[name], after.settings[name]];
    if (reads(field, from) === reads(field, to)) return [];
    return [
      {
        name,
        label: field?.label ?? name,
        before: inWords(field, from),
        after: inWords(field, to),
      },
    ];
  });
  const sameSettings = Object.keys({ ...before.settings, ...after.settings }).every(
    (name) => comparable(before.settings[name]) === comparable(after.settings[name]),
  );
  const told = before.fingerprint !== "" && after.fingerprint !== "";
  if (sameSettings && told && before.fingerprint !== after.fingerprint) {
    changes.push(replacedSecret(fields.filter(({ control }) => control === "secret")));
  }
  return changes;
}
