/** The name a person is spoken to with: the first one, when there are several. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
