/** How one voice is made of Flite's two best recordings. */
export interface Voice {
  /** The recorded speaker: `rms` is a man, `slt` a woman. */
  readonly speaker: 'rms' | 'slt';
  /** Above 1 a smaller, higher speaker; below 1 a larger, deeper one. Pitch and timbre move together. */
  readonly size: number;
  /** Mean pitch before `size` applies. Only `slt` follows it. */
  readonly pitchHz?: number;
  /** Speaking rate, 1 is the recorded speaker's own. */
  readonly rate: number;
}

const defaultVoice = 'marin';

/** OpenAI's voice names, each an audibly different speaker, none a likeness of the original. */
const voices: Readonly<Record<string, Voice>> = {
  alloy: { speaker: 'slt', size: 0.94, pitchHz: 152, rate: 0.96 },
  ash: { speaker: 'rms', size: 1, rate: 1.16 },
  ballad: { speaker: 'rms', size: 1.06, rate: 1.1 },
  cedar: { speaker: 'rms', size: 0.96, rate: 1.14 },
  coral: { speaker: 'slt', size: 1.03, pitchHz: 180, rate: 0.98 },
  echo: { speaker: 'rms', size: 1.03, rate: 1.22 },
  fable: { speaker: 'rms', size: 1.13, rate: 1.14 },
  marin: { speaker: 'slt', size: 1, rate: 0.95 },
  nova: { speaker: 'slt', size: 1.05, pitchHz: 194, rate: 1.03 },
  onyx: { speaker: 'rms', size: 0.92, rate: 1.1 },
  sage: { speaker: 'slt', size: 0.98, pitchHz: 160, rate: 0.92 },
  shimmer: { speaker: 'slt', size: 1.08, pitchHz: 200, rate: 0.96 },
  verse: { speaker: 'rms', size: 1.09, rate: 1.2 },
};

/** All names that have a voice of their own. */
export const voiceNames: readonly string[] = Object.keys(voices);

/** The voice of a name; unknown names get the default one. */
export function voiceOf(name: string): Voice {
  const voice = Object.hasOwn(voices, name) ? voices[name] : voices[defaultVoice];
  if (!voice) throw new Error(`there is no default voice ${defaultVoice}`);
  return voice;
}
