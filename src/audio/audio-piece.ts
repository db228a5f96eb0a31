import { formatFacts, type AudioFormat } from './format.ts';
import { bytesToPcm, pcmToBytes } from './pcm.ts';

/**
 * A stretch of audio on its way between a channel and an engine.
 *
 * One comes from the wire as base64 and often leaves as base64, the other is bytes or samples: a piece
 * keeps the form it came in and makes another only when asked, once. It never changes.
 */
export class AudioPiece {
  readonly format: AudioFormat;
  /** Of the audio itself, not of its base64. */
  readonly byteLength: number;
  #bytes: Uint8Array | null;
  #base64: string | null;

  private constructor(
    format: AudioFormat,
    from: { readonly bytes?: Uint8Array; readonly base64?: string; readonly byteLength: number },
  ) {
    this.format = format;
    this.byteLength = from.byteLength;
    this.#bytes = from.bytes ?? null;
    this.#base64 = from.base64 ?? null;
  }

  /** Of bytes, which must not change afterwards. */
  static ofBytes(format: AudioFormat, bytes: Uint8Array): AudioPiece {
    return new AudioPiece(format, { bytes, byteLength: bytes.byteLength });
  }

  /** Of base64 that is known to be well formed, padding included. */
  static ofBase64(format: AudioFormat, base64: string): AudioPiece {
    const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
    const byteLength = Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
    return new AudioPiece(format, { base64, byteLength });
  }

  /** Of PCM 16 bit mono at 24 kHz, which must not change afterwards. */
  static ofSamples(samples: Int16Array): AudioPiece {
    return AudioPiece.ofBytes('audio/pcm', pcmToBytes(samples));
  }

  /** How long it is heard. */
  get ms(): number {
    return this.byteLength / formatFacts[this.format].bytesPerMs;
  }

  bytes(): Uint8Array {
    this.#bytes ??= Buffer.from(this.#base64 ?? '', 'base64');
    return this.#bytes;
  }

  base64(): string {
    if (this.#base64 === null) {
      const { buffer, byteOffset, byteLength } = this.bytes();
      this.#base64 = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
    }
    return this.#base64;
  }

  /**
   * The samples of PCM, 16 bit mono at 24 kHz.
   *
   * @throws TypeError when the piece is of another format: use {@link openAudioConverter}
   */
  samples(): Int16Array {
    if (this.format !== 'audio/pcm') throw new TypeError(`${this.format} has no samples as it is`);
    return bytesToPcm(this.bytes());
  }
}
