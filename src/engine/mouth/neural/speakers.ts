import type { ModelKind } from '../../models/index.ts';

/** Women and men by turns, so that a model that has both by turns gives each name its own. */
const dealt = 'marin ash coral cedar alloy echo nova ballad sage fable shimmer onyx verse'.split(
  ' ',
);

/**
 * Kokoro's eleven English speakers: five American women, two American men, two British women, two
 * British men (https://k2-fsa.github.io/sherpa/onnx/tts/pretrained_models/kokoro.html).
 */
const kokoro: Readonly<Record<string, number>> = {
  alloy: 0,
  ash: 5,
  ballad: 9,
  cedar: 6,
  coral: 1,
  echo: 6,
  fable: 9,
  marin: 3,
  nova: 4,
  onyx: 10,
  sage: 7,
  shimmer: 8,
  verse: 5,
};
const kokoroSpeakers = 11;

/**
 * Which speaker of a model a voice name stands for: a number is that speaker, OpenAI's names are dealt
 * out, others get the first.
 *
 * @returns from 0 to below `speakers`
 */
export function speakerOf(
  name: string,
  model: { readonly kind: ModelKind; readonly speakers: number },
): number {
  const { kind, speakers } = model;
  if (/^\d{1,4}$/.test(name)) return Number(name) % speakers;
  const known = kind === 'kokoro' && speakers === kokoroSpeakers && Object.hasOwn(kokoro, name);
  if (known) return kokoro[name] ?? 0;
  return Math.max(0, dealt.indexOf(name)) % speakers;
}
