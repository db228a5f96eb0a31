import { splitClauses } from './clauses.ts';
import { mouthRateHz, type Mouth, type SpokenChunk } from './port.ts';

const charsPerSecond = 15;

/**
 * A mouth for tests: a tone whose length is proportional to the text, a different one for each voice
 * name. Needs no thread and gives the same samples every time.
 */
export function fakeMouth(): Mouth {
  return {
    async *speak(text, { voice, speed, signal }) {
      if (!/[\p{L}\p{N}]/u.test(text)) return;
      const hz =
        200 + (Array.from(voice).reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % 400);
      for (const clause of splitClauses(text)) {
        if (signal.aborted) return;
        const length = Math.ceil((clause.text.length / charsPerSecond / speed) * mouthRateHz);
        const samples = Int16Array.from({ length }, (_, index) =>
          Math.round(4_600 * Math.sin((2 * Math.PI * hz * index) / mouthRateHz)),
        );
        yield { samples, text: clause.text } satisfies SpokenChunk;
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
