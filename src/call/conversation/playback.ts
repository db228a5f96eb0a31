/** What an agent said in one conversation item, as far as it has arrived. */
export interface SpokenItem {
  readonly itemId: string;
  readonly responseId: string;
  readonly agent: string;
  /** Audio received so far. */
  readonly audioMs: number;
  /** Words so far, each piece with the amount of audio that had arrived before it. */
  readonly words: readonly { readonly text: string; readonly atMs: number }[];
  /** No more audio will come. */
  readonly complete: boolean;
  /** The engine ended it early. */
  readonly incomplete: boolean;
}

/** An item before its first audio or word. */
export function newItem(ids: {
  readonly itemId: string;
  readonly responseId: string;
  readonly agent: string;
}): SpokenItem {
  return { ...ids, audioMs: 0, words: [], complete: false, incomplete: false };
}

/** Everything written for the item so far. */
export function writtenText(item: SpokenItem): string {
  return item.words
    .map((word) => word.text)
    .join('')
    .trim();
}

/** A leg counts whole frames, an engine whole samples: less than this is no missing word. */
const toleranceMs = 40;

/** True when the caller has heard the item to its end. */
export function isHeardOut(item: SpokenItem, heardMs: number): boolean {
  return item.complete && heardMs >= item.audioMs - toleranceMs;
}

/**
 * The words the caller heard in `heardMs` of an item, cut after the last whole word.
 *
 * Engines send words before or beside the audio they belong to, so each piece is spread over the
 * audio that arrived between it and the next piece with a later place.
 */
export function heardText(item: SpokenItem, heardMs: number): string {
  const text = writtenText(item);
  if (heardMs >= item.audioMs - toleranceMs) return text;
  if (heardMs <= 0) return '';
  const pieces = gatherPieces(item);
  let heard = '';
  for (const [index, piece] of pieces.entries()) {
    const endMs = pieces[index + 1]?.atMs ?? item.audioMs;
    if (heardMs >= endMs) {
      heard += piece.text;
      continue;
    }
    const share = (heardMs - piece.atMs) / Math.max(1, endMs - piece.atMs);
    if (share > 0) heard += piece.text.slice(0, Math.floor(piece.text.length * share));
    break;
  }
  return cutAtWord(item.words.map((word) => word.text).join(''), heard.length);
}

/** Pieces with the same place in the audio are one. */
function gatherPieces(item: SpokenItem): { text: string; atMs: number }[] {
  const pieces: { text: string; atMs: number }[] = [];
  for (const word of item.words) {
    const last = pieces.at(-1);
    if (last?.atMs === word.atMs) last.text += word.text;
    else pieces.push({ ...word });
  }
  return pieces;
}

function cutAtWord(text: string, length: number): string {
  if (length >= text.length || /\s/.test(text[length] ?? '')) return text.slice(0, length).trim();
  return text.slice(0, length).replace(/\S+$/, '').trim();
}
