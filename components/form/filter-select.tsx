import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

interface FilterSelectProps {
  id: string;
  label: string;
  /** What no choice is called. */
  any: string;
  value: string;
  options: { value: string; label: string }[];
}

/** One choice of a filter form: its name in the address is its id. */
export function FilterSelect({ id, label, any, value, options }: FilterSelectProps) {
  return (
    <div className="min-w-36 max-sm:w-full sm:max-w-56">
      <Field id={id} label={label}>
        {(aria) => (
          <Select {...aria} name={id} defaultValue={value}>
            <option value="">{any}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
