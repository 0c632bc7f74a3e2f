const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether text can be the id of a resource here: other text names nothing, and reaches no query. */
export const isId = (text: string): boolean => UUID.test(text);
