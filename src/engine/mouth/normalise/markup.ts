const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
};

/** Removes what is meant for the eye only: Markdown, HTML tags, emoji; typographic signs become plain ones. */
export function stripMarkup(text: string): string {
  return text
    .replace(/&(amp|lt|gt|nbsp|quot|#39);/g, (_all, name: string) => entities[name] ?? ' ')
    .replace(/```[a-z]*\n?/gi, ' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/^\s{0,3}(?:#{1,6}|>(?!\s?\d)|[-*+•])\s+/gm, '')
    .replace(/^\s*\|?(?:\s*:?-{3,}:?\s*\|?)+\s*$/gm, ' ')
    .replace(/^\s*\||\|\s*$/gm, ' ')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/~(?!\d)|~~|[*`]/g, '')
    .replace(/[\u2122\u00ae\u2192\u2190]/g, ' ')
    .replace(/\u00df/g, 'ss')
    .replace(/\u00a9\s?/g, 'copyright ')
    .replace(/(?<!\w)_+|_+(?!\w)/g, '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u201c\u201d"]/g, '')
    .replace(/\u2026/g, '.')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/(?<=[\p{L}\p{N}])\u2013(?=[\p{L}\p{N}$£€¥])/gu, '-')
    .replace(/(?<!\d)\s*[\u2013\u2014]\s*|\s*[\u2013\u2014]\s*(?!\d)|\s--?\s/g, ', ');
}

/**
 * What a voice that reads writing by itself is given: no Markdown, no emoji, numbers as they stand.
 * Empty when nothing is left to say.
 */
export function visibleText(text: string): string {
  const plain = stripMarkup(text)
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(plain) ? plain : '';
}

/**
 * Keeps what the synthesiser can read: letters (accents removed), apostrophes and the marks that shape
 * the melody. Empty when nothing is left to say.
 */
export function onlySpeakable(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[)\]}](?=\s*(?:$|[.,?!;:)\]}]))/g, '')
    .replace(/[;:()[\]{}]/g, ', ')
    .replace(/[^A-Za-z'.,?! -]+/g, ' ')
    .replace(/(?<=[A-Za-z])-(?=[A-Za-z])/g, ' ')
    .replace(/-/g, ' ')
    .replace(/(?<![A-Za-z])'|'(?![A-Za-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+(?=[.,?!])/g, '')
    .replace(/[.,]*([?!.])[?!.,]*(?=\s|$)/g, '$1')
    .replace(/,(?:\s*,)+/g, ',')
    .replace(/^[\s,.?!]+/, '')
    .trim();
  return /[A-Za-z]/.test(plain) ? plain : '';
}
