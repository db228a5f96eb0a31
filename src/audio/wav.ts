import { SwitchboardError } from '../lib/index.ts';
import { pcmToBytes } from './pcm.ts';

/** Sound as a WAV file holds it: one array of equal length per channel. */
export interface WavAudio {
  readonly rateHz: number;
  readonly channels: readonly Int16Array[];
}

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly rateHz: number;
  readonly bits: number;
}

const tagPcm = 1;
const tagFloat = 3;
const tagExtensible = 0xfffe;

/**
 * Reads a WAV file: PCM 16 bit or float 32 bit, one or two channels, any rate.
 *
 * Unknown chunks are skipped. A data chunk of size 0 or 0xFFFFFFFF (written by programs that stream)
 * and one that claims more than the file has are read to the end of the file.
 * Layout: http://soundfile.sapp.org/doc/WaveFormat/
 *
 * @throws SwitchboardError wav_invalid
 */
export function readWav(file: Uint8Array): WavAudio {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const fourCc = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.byteLength < 12 || fourCc(0) !== 'RIFF' || fourCc(8) !== 'WAVE') {
    throw invalid('the file does not begin like one (no RIFF/WAVE header)');
  }
  let format: Format | undefined;
  for (let at = 12; at + 8 <= file.byteLength;) {
    const id = fourCc(at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (id === 'fmt ') {
      if (size < 16 || body + size > file.byteLength) throw invalid('its format chunk is cut off');
      format = readFormat(view, { at: body, sizeBytes: size });
    } else if (id === 'data') {
      if (!format) throw invalid('its sound comes before its format');
      const left = file.byteLength - body;
      const sizeBytes = size === 0 ? left : Math.min(size, left);
      return readSamples(new DataView(view.buffer, view.byteOffset + body, sizeBytes), format);
    }
    at = body + size + (size & 1);
  }
  throw invalid('it holds no sound (no data chunk)');
}

function readFormat(
  view: DataView,
  chunk: { readonly at: number; readonly sizeBytes: number },
): Format {
  const { at, sizeBytes } = chunk;
  const declared = view.getUint16(at, true);
  // The extensible form keeps the real tag in the first two bytes of its sub-format identifier.
  const tag =
    declared === tagExtensible && sizeBytes >= 40 ? view.getUint16(at + 24, true) : declared;
  const format = {
    tag,
    channels: view.getUint16(at + 2, true),
    rateHz: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  const known = (tag === tagPcm && format.bits === 16) || (tag === tagFloat && format.bits === 32);
  if (!known) {
    throw invalid(`encoding ${tag} with ${format.bits} bits is not read; save it as 16 bit PCM`);
  }
  if (format.channels < 1 || format.channels > 2) {
    throw invalid(`it has ${format.channels} channels; save it as mono or stereo`);
  }
  if (format.rateHz < 4_000 || format.rateHz > 384_000) {
    throw invalid(`a sample rate of ${format.rateHz} Hz cannot be right`);
  }
  return format;
}

function readSamples(data: DataView, format: Format): WavAudio {
  const sampleBytes = format.bits / 8;
  const frameBytes = sampleBytes * format.channels;
  const length = Math.floor(data.byteLength / frameBytes);
  const read = (at: number): number =>
    format.tag === tagPcm ? data.getInt16(at, true) : fromFloat(data.getFloat32(at, true));
  const channels = Array.from({ length: format.channels }, (_, channel) =>
    Int16Array.from({ length }, (_, index) => read(index * frameBytes + channel * sampleBytes)),
  );
  return { rateHz: format.rateHz, channels };
}

function fromFloat(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));
}

/** A PCM 16 bit WAV file. Channels shorter than the longest are filled up with silence. */
export function writeWav(audio: WavAudio): Uint8Array {
  const count = audio.channels.length;
  const length = Math.max(0, ...audio.channels.map((channel) => channel.length));
  const interleaved = new Int16Array(length * count);
  audio.channels.forEach((channel, offset) => {
    channel.forEach((sample, index) => {
      interleaved[index * count + offset] = sample;
    });
  });
  const file = new Uint8Array(44 + interleaved.byteLength);
  const view = new DataView(file.buffer);
  const text = (at: number, value: string): void => file.set(Buffer.from(value, 'latin1'), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + interleaved.byteLength, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, tagPcm, true);
  view.setUint16(22, count, true);
  view.setUint32(24, audio.rateHz, true);
  view.setUint32(28, audio.rateHz * count * 2, true);
  view.setUint16(32, count * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, interleaved.byteLength, true);
  file.set(pcmToBytes(interleaved), 44);
  return file;
}

function invalid(reason: string): SwitchboardError {
  return new SwitchboardError('wav_invalid', `Not a WAV file that can be read: ${reason}.`);
}
