/** With its full stop. */
export const punctuated = (text: string): string =>
  /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
/** One after another, without those that are empty. */
export const sentences = (...texts: readonly string[]): string =>
  texts.filter((text) => text !== '').join(' ');
