import {
  rememberDevice,
  rememberedDevice,
  watchDevices,
  type DeviceKind,
  type Devices,
} from './devices.ts';
import { openMicrophone, type Microphone, type MicrophoneRefusal } from './microphone.ts';
import { openSpeaker, type Speaker } from './speaker.ts';

/** How loud each side is right now, 0 to 1. */
export interface Levels {
  readonly caller: number;
  readonly agent: number;
}

/** Microphone and loudspeaker of one call, whichever way it goes. */
export interface Sound {
  readonly microphone: Microphone;
  readonly speaker: Speaker;
  levels(): Levels;
  /** Takes another device, now and the next time; one that cannot be had leaves the one in use. */
  choose(kind: DeviceKind, deviceId: string): void;
  close(): void;
}

/** What a call is told of its sound. Ids are those of devices in use, as far as they are known. */
export type SoundNews =
  /** What hears the caller from now on; or why nothing does. */
  | {
      readonly type: 'microphone';
      readonly refusal: MicrophoneRefusal | null;
      readonly id: string | undefined;
    }
  | { readonly type: 'speaker'; readonly id: string }
  | { readonly type: 'devices'; readonly devices: Devices }
  /** The browser keeps the page silent until it is clicked. */
  | { readonly type: 'blocked'; readonly isBlocked: boolean };

/** Asks for the microphone and opens the loudspeaker. Best after a click: browsers may stay silent else. */
export async function openSound(tell: (news: SoundNews) => void): Promise<Sound> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  void context.resume();
  const speaker = openSpeaker({
    context,
    onBlocked: (isBlocked) => tell({ type: 'blocked', isBlocked }),
  });
  const microphone = await openMicrophone({ context, deviceId: rememberedDevice('microphone') });
  microphone.follow(() => {
    const { refusal, deviceId: id } = microphone;
    tell({ type: 'microphone', refusal, id });
  });

  function playOn(deviceId: string): void {
    speaker.choose(deviceId).then(
      () => tell({ type: 'speaker', id: deviceId }),
      () => undefined, // unplugged
    );
  }

  // Browsers let a page choose only once it may use the microphone.
  const remembered = rememberedDevice('speaker');
  if (remembered !== undefined) playOn(remembered);
  const unwatch = watchDevices((devices) => tell({ type: 'devices', devices }));
  return {
    microphone,
    speaker,
    levels: () => ({ caller: microphone.level(), agent: speaker.level() }),
    choose(kind, deviceId) {
      rememberDevice(kind, deviceId);
      if (kind === 'microphone') void microphone.choose(deviceId);
      else playOn(deviceId);
    },
    close() {
      unwatch();
      microphone.close();
      speaker.close();
      void context.close();
    },
  };
}
