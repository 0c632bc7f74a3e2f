/** Text in a LIKE pattern as it stands: `%`, `_` and the escape character lose their meaning. */
const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** LIKE patterns that find text as it stands. */
export const containing = (text: string): string => `%${literally(text)}%`;
export const startingWith = (text: string): string => `${literally(text)}%`;
export const endingWith = (text: string): string => `%${literally(text)}`;
