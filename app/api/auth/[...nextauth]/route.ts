import NextAuth from "next-auth";
import { authOptions } from "@/lib/admins/auth-options";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth's options need the master key, so they are made when a request comes, not at build. */
async function handler(request: Request, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  // Here next-auth takes lines for the server's log from anybody.
  if (nextauth[0] === "_log") return new Response(null, { status: 404 });
  return NextAuth(request as never, context as never, authOptions());
}

export { handler as GET, handler as POST };
