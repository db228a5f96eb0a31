/** A device that can be chosen. */
export interface Device {
  readonly id: string;
  readonly label: string;
}

/** What can be chosen. Speakers are empty where the browser leaves that choice to the system. */
export interface Devices {
  readonly microphones: readonly Device[];
  readonly speakers: readonly Device[];
}

/** Which end of the call a device is for. */
export type DeviceKind = 'microphone' | 'speaker';

/** Nothing to choose from. */
export const noDevices: Devices = { microphones: [], speakers: [] };

/** The devices, as far as the browser names them: only once the microphone was allowed. */
export async function listDevices(): Promise<Devices> {
  const media = mediaDevices();
  if (!media) return noDevices;
  const all = await media.enumerateDevices();
  const ofKind = (kind: MediaDeviceInfo['kind']): readonly Device[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
      .map(({ deviceId: id, label }) => ({ id, label }));
  return {
    microphones: ofKind('audioinput'),
    speakers: canChooseSpeaker() ? ofKind('audiooutput') : [],
  };
}

/** Calls back with every list of devices from now on. @returns stops it. */
export function watchDevices(listener: (devices: Devices) => void): () => void {
  const controller = new AbortController();
  const tell = (): void => {
    void listDevices().then(
      (devices) => controller.signal.aborted || listener(devices),
      () => undefined, // a page that is going away gets no list
    );
  };
  mediaDevices()?.addEventListener('devicechange', tell, { signal: controller.signal });
  tell();
  return () => controller.abort();
}

/** The device that was chosen last, on this browser. */
export function rememberedDevice(kind: DeviceKind): string | undefined {
  return storage()?.getItem(keyOf(kind)) ?? undefined;
}

/** Takes it the next time too. */
export function rememberDevice(kind: DeviceKind, id: string): void {
  storage()?.setItem(keyOf(kind), id);
}

/** Absent at run time on plain http origins, whatever the DOM types say. */
export function mediaDevices(): MediaDevices | undefined {
  return navigator.mediaDevices;
}

function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

function keyOf(kind: DeviceKind): string {
  return `switchboard.${kind}`;
}

/** Browsers that block site data throw at the mere look. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
