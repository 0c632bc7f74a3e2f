import { svgProblem } from "./svg";

/** Bytes of an uploaded image. */
export const MAX_IMAGE_BYTES = 200_000;

const starts = (bytes: Uint8Array, ...magic: number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** What an image is by its first bytes, whatever its name or its sender says; null for anything else. */
export function imageType(bytes: Uint8Array): string | null {
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (starts(bytes, 0xff, 0xd8, 0xff)) return "image/jpeg";
  const webp = starts(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50);
  if (starts(bytes, 0x52, 0x49, 0x46, 0x46) && webp) return "image/webp";
  const text = utf8(bytes);
  const start = text?.replace(
    /^\uFEFF?(?:\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)*/i,
    "",
  );
  return start && /^<(?:[\w-]+:)?svg[\s>/]/.test(start) ? "image/svg+xml" : null;
}

/** What is wrong with an uploaded image, in words; null when it may be shown. */
export function imageProblem(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_IMAGE_BYTES) return "Use an image of at most 200 KB.";
  const type = imageType(bytes);
  if (!type) return "This is not a PNG, SVG, JPEG or WebP image.";
  return type === "image/svg+xml" ? svgProblem(utf8(bytes) ?? "") : null;
}

/** The bytes of a base64 `data:` address, or null. */
function bytesOf(address: string): { type: string; bytes: Uint8Array } | null {
  const [, type, base64] = /^data:([a-z+/]+);base64,([A-Za-z0-9+/=]*)$/.exec(address) ?? [];
  if (!type || base64 === undefined) return null;
  try {
    return { type, bytes: Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)) };
  } catch {
    return null;
  }
}

/** As `imageProblem`, for an image that stands in a `data:` address, whose type must be the true one. */
export function logoProblem(address: string): string | null {
  const image = bytesOf(address);
  if (!image) return "Upload a PNG, SVG, JPEG or WebP image.";
  const problem = imageProblem(image.bytes);
  if (problem) return problem;
  return imageType(image.bytes) === image.type
    ? null
    : "The image is not of the type that its address says. Upload it again.";
}

/** An image as it is stored: with the type that its bytes have. */
export function dataAddress(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return `data:${imageType(bytes)};base64,${btoa(binary)}`;
}
