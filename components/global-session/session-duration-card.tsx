"use client";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Input, Select } from "@/components/ui/input";
import type { Result } from "@/lib/kit/result";
import { DURATIONS, durationWords } from "@/lib/team/global-session/durations";
import { SettingForm } from "./setting-form";

interface SessionDurationCardProps {
  sessionDuration: string;
  mayChange: boolean;
  save: (input: { sessionDuration: string }) => Promise<Result<unknown>>;
}

const OTHER = "other";
const isListed = (duration: string): boolean => DURATIONS.some(({ value }) => value === duration);

export function SessionDurationCard({
  sessionDuration,
  mayChange,
  save,
}: SessionDurationCardProps) {
  const [other, setOther] = useState(!isListed(sessionDuration));
  return (
    <Card
      id="session-duration"
      title="Global session duration"
      description="How long somebody stays signed in before a login method asks them again. An application or policy may ask sooner for itself."
    >
      {mayChange ? (
        <SettingForm
          id="sessionDuration"
          label="Session duration"
          help="From 15 minutes to one month. It counts for sessions that begin from now on."
          value={sessionDuration}
          save={(value) => save({ sessionDuration: value })}
        >
          {({ value, name, ...aria }, onChange) => (
            <div className="space-y-2">
              <Select
                {...aria}
                name={name}
                value={other ? OTHER : value}
                onChange={({ target }) => {
                  setOther(target.value === OTHER);
                  if (target.value !== OTHER) onChange(target.value);
                }}
              >
                {DURATIONS.map((choice) => (
                  <option key={choice.value} value={choice.value}>
                    {choice.label}
                  </option>
                ))}
                <option value={OTHER}>Another duration</option>
              </Select>
              {other && (
                <Input
                  aria-label="Another duration, such as 90m or 36h"
                  placeholder="36h"
                  value={value}
                  onChange={({ target }) => onChange(target.value)}
                  maxLength={40}
                  autoComplete="off"
                  spellCheck={false}
                  className="font-mono"
                />
              )}
            </div>
          )}
        </SettingForm>
      ) : (
        <p>{durationWords(sessionDuration)}</p>
      )}
    </Card>
  );
}
