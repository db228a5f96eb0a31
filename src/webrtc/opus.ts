import { bytesToPcm, playoutRateHz } from '../audio/index.ts';

/** 20 ms of silence as an Opus packet (CELT, mono): sent without asking the encoder. */
export const silentPacket = Uint8Array.of(0xf8, 0xff, 0xfe);

/** One way of one peer; 480 samples (20 ms, 24 kHz, mono) make one packet. */
export interface OpusEncoder {
  encode(frame: Int16Array): Uint8Array;
  /** How much the far end says to lose; the encoder then repeats itself at a lower rate. 0 to 1. */
  expectLoss(share: number): void;
}

/** One way of one peer. */
export interface OpusDecoder {
  /** @returns PCM, 24 kHz mono; `undefined` for what is not Opus. */
  decode(packet: Uint8Array): Int16Array | undefined;
  /** @returns what the decoder makes up for a lost frame of the length of the last one. */
  conceal(): Int16Array;
}

/** The codec, loaded. */
export interface Opus {
  openEncoder(): OpusEncoder;
  openDecoder(): OpusDecoder;
}

const millisecondsOfSilk = [10, 20, 40, 60];
const millisecondsOfHybrid = [10, 20];
const millisecondsOfCelt = [2.5, 5, 10, 20];

/** @returns how long a packet lasts in milliseconds, 0 for one that is not Opus (RFC 6716, 3.1). */
export function packetMs(packet: Uint8Array): number {
  const [toc, second] = packet;
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const lengths =
    config < 12 ? millisecondsOfSilk : config < 16 ? millisecondsOfHybrid : millisecondsOfCelt;
  const frameMs = lengths[config % lengths.length] ?? 0;
  const code = toc & 3;
  const frames = code === 0 ? 1 : code < 3 ? 2 : (second ?? 0) & 0x3f;
  const ms = frames * frameMs;
  return ms > 120 ? 0 : ms;
}

/** Loads the codec: its native build, or WebAssembly where there is none. */
export async function loadOpus(): Promise<Opus> {
  const { Decoder, Encoder } = await import('@evan/opus');
  return {
    openEncoder() {
      const encoder = new Encoder({ channels: 1, sample_rate: playoutRateHz, application: 'voip' });
      encoder.bitrate = 32_000;
      encoder.complexity = 5;
      encoder.signal = 'voice';
      encoder.inband_fec = true;
      return {
        encode: (frame) => encoder.encode(frame),
        expectLoss(share) {
          encoder.packet_loss = Math.round(share * 100);
        },
      };
    },
    openDecoder() {
      const decoder = new Decoder({ channels: 1, sample_rate: playoutRateHz });
      let toc = silentPacket[0] ?? 0;
      const run = (packet: Uint8Array): Int16Array | undefined => {
        const samples = packetMs(packet) * (playoutRateHz / 1_000);
        if (samples === 0) return undefined;
        try {
          const pcm = bytesToPcm(decoder.decode(packet));
          return pcm.length === samples ? pcm : undefined;
        } catch {
          return undefined; // damaged: the caller of this hears it as lost
        }
      };
      return {
        decode(packet) {
          const pcm = run(packet);
          if (pcm) toc = packet[0] ?? toc;
          return pcm;
        },
        // A packet without a frame stands for a lost one (RFC 6716, 3.2.1).
        conceal: () => run(Uint8Array.of(toc & 0xfc)) ?? new Int16Array(playoutRateHz / 50),
      };
    },
  };
}
