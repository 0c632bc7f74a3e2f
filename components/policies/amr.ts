import type { Suggestion } from "@/components/ui/tag-values";

/** RFC 8176 §2, and what providers add to it. */
export const AMR_VALUES: readonly Suggestion[] = [
  { value: "mfa", detail: "more than one factor" },
  { value: "otp", detail: "a one-time code" },
  { value: "hwk", detail: "a hardware key" },
  { value: "swk", detail: "a software key, such as a passkey" },
  { value: "fido", detail: "a FIDO key or a passkey" },
  { value: "pop", detail: "proof of a key" },
  { value: "sc", detail: "a smart card" },
  { value: "fpt", detail: "a fingerprint" },
  { value: "face", detail: "the face" },
  { value: "iris", detail: "the iris" },
  { value: "vbm", detail: "the voice" },
  { value: "pin", detail: "a PIN" },
  { value: "pwd", detail: "a password" },
  { value: "sms", detail: "a text message" },
  { value: "tel", detail: "a telephone call" },
  { value: "kba", detail: "answers to questions" },
  { value: "rba", detail: "a judgement of the risk" },
  { value: "geo", detail: "the place" },
  { value: "mca", detail: "more than one channel" },
  { value: "user", detail: "the person was there" },
  { value: "wia", detail: "the sign-in to Windows" },
];
