/** A LIKE pattern that finds text as it stands: `%`, `_` and the escape character lose their meaning. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
