import { mediaDevices } from './devices.ts';
import { probeLevel, type LevelProbe } from './level.ts';

/** Why there is no microphone; each has a sentence for the person on the page. */
export type MicrophoneRefusal = 'blocked' | 'absent' | 'insecure' | 'failed';

/** The caller's side of the sound. It is there also when there is nothing to hear with. */
export interface Microphone {
  /** Why nothing is heard; null when the microphone is open. */
  readonly refusal: MicrophoneRefusal | null;
  /** Id of the device in use. */
  readonly deviceId: string | undefined;
  /** Calls back with the track now and whenever another takes its place. @returns stops it. */
  follow(listener: (track: MediaStreamTrack | null) => void): () => void;
  /** 0 to 1; 0 while muted. */
  level(): number;
  /** What is sent while muted is silence. */
  mute(muted: boolean): void;
  /** Takes another device; the one in use stays when that cannot be had. */
  choose(deviceId: string): Promise<void>;
  /** Lets the browser's recording light go out. Idempotent. */
  close(): void;
}

/**
 * Asks for the microphone, with echo cancellation, noise suppression and automatic gain.
 * Never rejects: a call without a microphone is a typed call.
 */
export async function openMicrophone(options: {
  /** Measures the level. */
  readonly context: AudioContext;
  /** The device wanted; another one is taken when it is gone. */
  readonly deviceId: string | undefined;
}): Promise<Microphone> {
  const { context } = options;
  const listeners = new Set<(track: MediaStreamTrack | null) => void>();
  let refusal: MicrophoneRefusal | null = null;
  let stream: MediaStream | null = null;
  let probe: LevelProbe | null = null;
  let isMuted = false;
  let isClosed = false;

  const track = (): MediaStreamTrack | null => stream?.getAudioTracks()[0] ?? null;

  async function open(deviceId: string | undefined): Promise<MicrophoneRefusal | null> {
    const asked = await ask(deviceId);
    if (!asked.ok) return asked.refusal;
    release();
    if (isClosed) {
      stop(asked.stream);
      return null;
    }
    stream = asked.stream;
    refusal = null;
    probe = probeLevel(context, stream);
    const opened = track();
    if (opened) {
      opened.enabled = !isMuted;
      // Unplugged: the system's next best microphone.
      opened.addEventListener('ended', () => void lostDevice(opened));
    }
    for (const listener of listeners) listener(opened);
    return null;
  }

  async function lostDevice(lost: MediaStreamTrack): Promise<void> {
    if (isClosed || lost !== track()) return;
    refusal = await open(undefined);
    if (!refusal) return;
    // Silence, not nothing: a side that sends no more looks like one whose network broke.
    const [silence = null] = context.createMediaStreamDestination().stream.getAudioTracks();
    for (const listener of listeners) listener(silence);
  }

  function release(): void {
    probe?.close();
    if (stream) stop(stream);
    probe = stream = null;
  }

  refusal = await open(options.deviceId);
  const isGone = refusal === 'failed' && options.deviceId !== undefined;
  if (isGone) refusal = await open(undefined);
  return {
    get refusal() {
      return refusal;
    },
    get deviceId() {
      return track()?.getSettings().deviceId;
    },
    follow(listener) {
      listeners.add(listener);
      listener(track());
      return () => listeners.delete(listener);
    },
    level: () => (isMuted ? 0 : (probe?.level() ?? 0)),
    mute(muted) {
      isMuted = muted;
      const muting = track();
      if (muting) muting.enabled = !muted;
    },
    async choose(deviceId) {
      await open(deviceId);
    },
    close() {
      isClosed = true;
      listeners.clear();
      release();
    },
  };
}

type Asked =
  | { readonly ok: true; readonly stream: MediaStream }
  | { readonly ok: false; readonly refusal: MicrophoneRefusal };

async function ask(deviceId: string | undefined): Promise<Asked> {
  const media = mediaDevices();
  if (!media) return { ok: false, refusal: 'insecure' };
  try {
    const audio: MediaTrackConstraints = {
      channelCount: 1,
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
      // Browsers take a device that is merely preferred for a hint, and give their own choice.
      ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
    };
    return { ok: true, stream: await media.getUserMedia({ audio }) };
  } catch (error) {
    return { ok: false, refusal: explain(error) };
  }
}

function explain(error: unknown): MicrophoneRefusal {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'blocked';
  return name === 'NotFoundError' ? 'absent' : 'failed';
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
