import fs from "node:fs";
import path from "node:path";

/** A user of this machine by number, as `spawn` and `chown` take it. */
export interface Account {
  uid: number;
  gid: number;
}

/** The first of the named users that /etc/passwd has and that is not root; null where there is none. */
export function serviceAccount(names: readonly string[] = ["postgres", "nobody"]): Account | null {
  const users = fs.existsSync("/etc/passwd")
    ? fs
        .readFileSync("/etc/passwd", "utf8")
        .split("\n")
        .map((line) => line.split(":"))
    : [];
  for (const name of names) {
    const [, , uid, gid] = users.find(([login]) => login === name) ?? [];
    if (uid && gid && uid !== "0") return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/** Whether the mode of a directory lets an account pass through it. */
export function mayPass(stat: fs.Stats, account: Account): boolean {
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0;
  return (stat.mode & (stat.gid === account.gid ? 0o010 : 0o001)) !== 0;
}

/**
 * The lowest directory on the way to `dir`, itself included, that the account may not pass; null
 * when the way is free. Parts that do not exist yet are left out.
 */
export function barrierOnTheWay(dir: string, account: Account): string | null {
  let at = dir;
  while (!fs.existsSync(at)) at = path.dirname(at);
  for (at = fs.realpathSync(at); ; at = path.dirname(at)) {
    if (!mayPass(fs.statSync(at), account)) return at;
    if (at === path.dirname(at)) return null;
  }
}
