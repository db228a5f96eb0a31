/** A piece of a text together with what is to be said for it. */
export type Utterance<Piece> = Piece & { readonly spoken: string };

/**
 * What to say for each piece of a text. Pieces with nothing to say (emoji, signs) go with the one
 * before, or the first with the one after: joined, the texts are the text again.
 *
 * @param say empty when there is nothing to say.
 */
export function planUtterances<Piece extends { readonly text: string }>(
  pieces: readonly Piece[],
  say: (text: string) => string,
): readonly Utterance<Piece>[] {
  const utterances: Utterance<Piece>[] = [];
  let silentStart = '';
  for (const piece of pieces) {
    const spoken = say(piece.text);
    const last = utterances.at(-1);
    if (spoken !== '') {
      utterances.push({ ...piece, text: silentStart + piece.text, spoken });
      silentStart = '';
    } else if (last) {
      utterances[utterances.length - 1] = { ...last, text: last.text + piece.text };
    } else {
      silentStart += piece.text;
    }
  }
  return utterances;
}
