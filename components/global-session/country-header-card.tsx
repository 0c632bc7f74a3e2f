"use client";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import type { Result } from "@/lib/kit/result";
import { SettingForm } from "./setting-form";

interface CountryHeaderCardProps {
  countryHeader: string | null;
  mayChange: boolean;
  save: (input: { countryHeader: string }) => Promise<Result<unknown>>;
}

export function CountryHeaderCard({ countryHeader, mayChange, save }: CountryHeaderCardProps) {
  return (
    <Card
      id="country-header"
      title="Country header"
      description="Rules about countries need to know where a visitor is. Your proxy can say so in a header; without one, no country rule matches."
    >
      {mayChange ? (
        <SettingForm
          id="countryHeader"
          label="Header name"
          optional
          help="Such as CF-IPCountry, with a two-letter code. The proxy must set it on every request and drop what a visitor sends, or anybody could claim any country. It is read only from TRUSTED_PROXIES."
          value={countryHeader ?? ""}
          save={(value) => save({ countryHeader: value })}
        >
          {({ value, ...aria }, onChange) => (
            <Input
              {...aria}
              value={value}
              onChange={({ target }) => onChange(target.value)}
              placeholder="CF-IPCountry"
              maxLength={100}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </SettingForm>
      ) : (
        <p className={countryHeader ? "font-mono" : undefined}>{countryHeader ?? "None"}</p>
      )}
    </Card>
  );
}
