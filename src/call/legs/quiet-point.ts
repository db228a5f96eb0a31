import { decodeG711, levelDbfs, type AudioPiece } from '../../audio/index.ts';

/** One look at how loud it is. */
const blockMs = 20;

/**
 * Where to take up speech that was cut: the quietest moment of what was heard last, so that a word
 * which was cut is heard again from its beginning.
 *
 * @param heard what was heard before the cut, in order, all of one format
 * @returns milliseconds before the end of `heard`; 0 when there is nothing to look at
 */
export function quietPointMs(heard: readonly AudioPiece[]): number {
  const levels = heard.flatMap(blockLevels);
  const quietest = Math.min(...levels);
  const at = levels.lastIndexOf(quietest);
  return at < 0 ? 0 : (levels.length - 1 - at) * blockMs + blockMs / 2;
}

function blockLevels(piece: AudioPiece): readonly number[] {
  const samples =
    piece.format === 'audio/pcm' ? piece.samples() : decodeG711(piece.format, piece.bytes());
  const blockSamples = Math.round((samples.length / piece.ms) * blockMs);
  const levels: number[] = [];
  for (let from = 0; from + blockSamples <= samples.length; from += blockSamples) {
    levels.push(levelDbfs(samples.subarray(from, from + blockSamples)));
  }
  return levels;
}
