"use client";
import { useMemo } from "react";
import { allCountries } from "@/components/policies/countries";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import type { TesterPlace } from "./subject";

interface PlaceFieldsProps {
  id: string;
  value: TesterPlace;
  onChange: (value: TesterPlace) => void;
}

/** Where the person comes from; left out, rules about it are not known. */
export function PlaceFields({ id, value, onChange }: PlaceFieldsProps) {
  const countries = useMemo(() => allCountries(), []);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field id={`${id}-ip`} label="From IP address" optional>
        {(aria) => (
          <Input
            {...aria}
            value={value.ip}
            placeholder="192.0.2.7"
            autoComplete="off"
            onChange={(event) => onChange({ ...value, ip: event.target.value })}
          />
        )}
      </Field>
      <Field id={`${id}-country`} label="In country" optional>
        {(aria) => (
          <Select
            {...aria}
            value={value.country}
            onChange={(event) => onChange({ ...value, country: event.target.value })}
          >
            <option value="">Not known</option>
            {countries.map((country) => (
              <option key={country.code} value={country.code}>
                {country.value}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
