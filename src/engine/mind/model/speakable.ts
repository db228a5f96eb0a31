/** Pictures, with the marks that join and colour them. */
const emoji =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{FE0F}|\u{200D}|\u{20E3}/gu;

/**
 * A written sentence as it is said: without Markdown, list marks, links, emoji and the notes that are
 * only for the model. Empty when nothing is left that can be spoken.
 */
export function speakable(written: string): string {
  const text = written
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, '$1') // links and pictures
    .replaceAll(/\[(?:note|heard|the caller|earlier)\b[^\]]*\]/gi, ' ')
    .replaceAll(/<\/?[a-z][^<>]*>|<\|[^|<>]*\|>/gi, ' ')
    .replaceAll(/^\s*(?:#{1,6}\s+|>\s?|[-*+•–]\s+|\d{1,2}[.)]\s+(?=\S))+/gm, '')
    .replaceAll(/^\s*(?:[-*_=]\s*){3,}$/gm, ' ')
    .replaceAll(/\|[\s:|-]*\|?/g, ', ')
    .replaceAll(/(\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/g, '$2')
    .replaceAll(/(?<![\p{L}\p{N}_*])([*_])(?=[^\s*_])([^*_]*?[^\s*_])\1(?![\p{L}\p{N}_*])/gu, '$2')
    .replaceAll(/\*{2,}|`+/g, '')
    .replaceAll(emoji, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([.,!?;:])/g, '$1')
    .replaceAll(/^[\s,;:*]+|[\s*]+$/g, '');
  return /[\p{L}\p{N}]/u.test(text) ? text : '';
}

/** Two sentences with the same key sound the same. */
export const soundOf = (sentence: string): string =>
  sentence
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
