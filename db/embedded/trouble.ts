import { AppError } from "@/lib/kit/errors";

/** An expected failure of the embedded server: what is wrong, and what to do. */
export const trouble = (message: string, fix: string, cause?: unknown): AppError =>
  new AppError("unavailable", message, { fix, ...(cause !== undefined && { cause }) });

const ELSEWHERE =
  "set DATA_DIR to a directory that can be written, or DATABASE_URL to use your own PostgreSQL.";

/** The `code` of a failed system call (`ENOENT`) or of PostgreSQL (`57P03`), else an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** A failed system call in the data directory, in words; anything else is returned as it came. */
export function explainFileError(error: unknown, root: string): unknown {
  const at =
    error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : root;
  switch (codeOf(error)) {
    case "EACCES":
      return trouble(
        `The data directory ${root} cannot be used: no permission for ${at}.`,
        `Give ${at} to the user that runs Gatehouse (uid ${process.getuid?.() ?? "?"}), ${ELSEWHERE}`,
        error,
      );
    case "EROFS":
      return trouble(
        `The data directory ${root} cannot be used: ${at} is on a read-only file system.`,
        `Mount it writable, ${ELSEWHERE}`,
        error,
      );
    case "ENOTDIR":
    case "EEXIST":
      return trouble(
        `The data directory ${root} cannot be used: ${at} is in its way and is not a directory.`,
        `Move it away, ${ELSEWHERE}`,
        error,
      );
    case "ENOSPC":
    case "EDQUOT":
      return diskFull(root, error);
    case "EPERM":
      return trouble(
        `Gatehouse runs as root without the right to give ${at} to PostgreSQL's account (CAP_CHOWN).`,
        "Start it as an ordinary user, or set DATABASE_URL.",
        error,
      );
    default:
      return error;
  }
}

export const diskFull = (root: string, cause?: unknown): AppError =>
  trouble(
    `The disk that holds ${root} is full.`,
    "Free some space (a new database needs about 60 MB, and 60 MB more where the binaries must be copied), or set DATA_DIR to another disk.",
    cause,
  );
