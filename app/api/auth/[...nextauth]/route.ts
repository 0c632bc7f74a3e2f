import NextAuth from "next-auth";
import { authOptions } from "@/lib/admins/auth-options";

/** next-auth's options need the master key, so they are made when a request comes, not at build. */
const handler = (request: Request, context: unknown): Promise<Response> =>
  NextAuth(request as never, context as never, authOptions());

export { handler as GET, handler as POST };
