/** For tests of server actions: the request at hand, as Next would tell it. Imports nothing, for it is loaded in place of Next. */
export const request = { cookies: new Map<string, string>(), headers: new Headers() };

export function forgetRequest(): void {
  request.cookies.clear();
  request.headers = new Headers();
}

/** In place of `next/headers`. */
export const nextHeaders = {
  cookies: async () => ({
    get: (name: string) => {
      const value = request.cookies.get(name);
      return value === undefined ? undefined : { name, value };
    },
    set: (name: string, value: string) => request.cookies.set(name, value),
  }),
  headers: async () => request.headers,
};
