import { describe, expect, it } from 'vitest';
import { fakeEars } from '../ears/index.ts';
import type { Listening } from './events.ts';
import type { TurnSoFar } from './turn-end.ts';
import { createVoiceTurns, type TurnBoundary } from './voice-turns.ts';

const byWords: Listening = { threshold: 0.5, prefixMs: 300, by: 'words', eagerness: 'auto' };
const bySilence: Listening = { threshold: 0.5, prefixMs: 300, by: 'silence', silenceMs: 500 };
const windowMs = 32;

/** A tone: speech has energy well above 500 Hz, a hum has next to none. */
const tone =
  (hz: number) =>
  (at: number): number =>
    8_000 * Math.sin((2 * Math.PI * hz * at) / 16_000);
const speech = tone(1_000);
const hum = tone(120);
const nothing = (): number => 0;

function turns(listening: Listening, words = '', agentIsHeard = false) {
  const soFar: TurnSoFar = {
    words,
    asked: '',
    codeLengths: [],
    overAgent: agentIsHeard,
    tellsWords: false,
  };
  const voice = createVoiceTurns({
    ...{ ears: fakeEars(), listening, startMs: 0 },
    isAgentHeard: () => agentIsHeard,
    soFar: () => soFar,
  });
  let at = 0;
  return {
    voice,
    hear(sound: (at: number) => number, ms: number): TurnBoundary[] {
      const found: TurnBoundary[] = [];
      for (let done = 0; done < ms; done += windowMs) {
        const window = Int16Array.from({ length: 512 }, () => sound(at++));
        found.push(...voice.push(window));
      }
      return found;
    },
  };
}

const types = (found: readonly TurnBoundary[]): readonly string[] => found.map(({ type }) => type);

describe('the end of a turn', () => {
  it('is a fixed silence where the session has it so, whatever was said', () => {
    for (const words of ['yes please', 'my number is']) {
      const { hear } = turns(bySilence, words);
      expect(hear(speech, 640)).toEqual([{ type: 'started', atMs: 0 }]);
      expect(hear(nothing, 480)).toEqual([]);
      // 500 ms, in looks of 32.
      expect(hear(nothing, 32)).toEqual([{ type: 'stopped', atMs: 1_152, spokenMs: 640 }]);
    }
  });

  it.each([
    ['yes please', 256, 96],
    ['', 448, 96],
    ['my number is five', 1_280, 224],
  ])('comes sooner or later by the words: %j', (words, quietMs, moreMs) => {
    const { hear } = turns(byWords, words);
    hear(speech, 640);
    expect(hear(nothing, quietMs)).toEqual([]);
    expect(types(hear(nothing, moreMs))).toEqual(['stopped']);
  });

  it('does not come while the caller takes a breath between groups of digits', () => {
    const { hear } = turns(byWords, 'the number is five five five');
    expect(types(hear(speech, 640))).toEqual(['started']);
    for (let group = 0; group < 3; group++) {
      expect(hear(nothing, 928)).toEqual([]);
      expect(hear(speech, 640)).toEqual([]);
    }
    const [stopped] = hear(nothing, 1_600);
    expect(stopped).toMatchObject({ type: 'stopped', spokenMs: 640 * 4 + 928 * 3 });
  });

  it('follows another setting at once, and begins anew after a reset', () => {
    const { voice, hear } = turns(byWords, 'my number is five');
    hear(speech, 640);
    voice.configure(bySilence);
    expect(types(hear(nothing, 512))).toEqual(['stopped']);
    hear(speech, 320);
    voice.reset();
    expect(hear(nothing, 2_000)).toEqual([]);
    const [started] = hear(speech, 320);
    // 640 + 512 + 320 + 2,016 ms before, in whole looks.
    expect(started).toEqual({ type: 'started', atMs: 3_488 });
  });
});

describe('a sound while the agent is heard', () => {
  it('is no turn when it is a hum, and one at once when it is speech', () => {
    expect(turns(byWords, '', true).hear(hum, 600)).toEqual([]);
    // Three looks of it.
    expect(turns(byWords, '', true).hear(speech, 96)).toEqual([{ type: 'started', atMs: 0 }]);
    // A word may begin with a hum, as "no" does.
    const { hear } = turns(byWords, '', true);
    expect(hear(hum, 64)).toEqual([]);
    expect(types(hear(speech, 96))).toEqual(['started']);
  });

  it('is forgotten when it was a hum; the next is judged by itself', () => {
    const { hear } = turns(byWords, '', true);
    hear(hum, 500);
    expect(hear(nothing, 500)).toEqual([]);
    expect(types(hear(speech, 96))).toEqual(['started']);
  });

  it('is a turn whatever it is where turns end by silence, and while nobody speaks', () => {
    expect(types(turns(bySilence, '', true).hear(hum, 64))).toEqual(['started']);
    expect(types(turns(byWords, '', false).hear(hum, 64))).toEqual(['started']);
  });

  it('is listened to when it goes on and on', () => {
    expect(types(turns(byWords, '', true).hear(hum, 1_400))).toEqual(['started']);
  });
});
