import Link from "next/link";

interface User {
  id: string;
  name: string;
  href: string;
}

const MOST = 3;

/** What uses a thing, each with its page; the rest are counted. */
export function UsedBy({ users, none }: { users: readonly User[]; none: string }) {
  if (users.length === 0) return <span className="text-muted">{none}</span>;
  const more = users.length - MOST;
  const shown = more > 1 ? users.slice(0, MOST) : users;
  return (
    <ul className="min-w-0">
      {shown.map(({ id, name, href }) => (
        <li key={id} className="break-words">
          <Link href={href} className="hover:underline">
            {name}
          </Link>
        </li>
      ))}
      {more > 1 && <li className="text-muted">and {more} more</li>}
    </ul>
  );
}
