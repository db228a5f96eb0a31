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
  /** Takes another device, now and the next time. */
  choose(kind: DeviceKind, deviceId: string): Promise<MicrophoneRefusal | null>;
  close(): void;
}

/** What a call is told of its sound. */
export interface SoundEvents {
  devices(devices: Devices): void;
  /** The browser keeps the page silent until it is clicked. */
  blocked(isBlocked: boolean): void;
}

/** Asks for the microphone and opens the loudspeaker. Best after a click: browsers may stay silent else. */
export async function openSound(events: SoundEvents): Promise<Sound> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  void context.resume();
  const speaker = openSpeaker({
    context,
    deviceId: rememberedDevice('speaker'),
    onBlocked: events.blocked,
  });
  const microphone = await openMicrophone({ context, deviceId: rememberedDevice('microphone') });
  const unwatch = watchDevices(events.devices);
  return {
    microphone,
    speaker,
    levels: () => ({ caller: microphone.level(), agent: speaker.level() }),
    async choose(kind, deviceId) {
      rememberDevice(kind, deviceId);
      if (kind === 'microphone') return microphone.choose(deviceId);
      await speaker.choose(deviceId);
      return null;
    },
    close() {
      unwatch();
      microphone.close();
      speaker.close();
      void context.close();
    },
  };
}
