import { useId } from 'react';
import type { Device, DeviceKind } from '../audio/devices.ts';
import type { SoundState } from '../call/call-state.ts';
import { en } from '../words/en.ts';

/** Which microphone hears the caller, and where the desk is heard. */
export function DeviceChoice({
  sound,
  onChoose,
}: {
  sound: SoundState;
  onChoose: (kind: DeviceKind, id: string) => void;
}) {
  const { devices, microphone, speaker } = sound;
  return (
    <div
      role="group"
      data-panel
      aria-label={en.sound}
      className="grid gap-3 rounded-xl bg-(--ground) p-4 sm:grid-cols-2"
    >
      <Choice
        label={en.microphone}
        devices={devices.microphones}
        chosen={microphone}
        none={en.noMicrophone}
        onChoose={(id) => onChoose('microphone', id)}
      />
      <Choice
        label={en.loudspeaker}
        devices={devices.speakers}
        chosen={speaker}
        none={en.systemsChoice}
        onChoose={(id) => onChoose('speaker', id)}
      />
    </div>
  );
}

function Choice({
  label,
  devices,
  chosen,
  none,
  onChoose,
}: {
  label: string;
  devices: readonly Device[];
  chosen: string | undefined;
  none: string;
  onChoose: (id: string) => void;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1 text-sm">
      <label htmlFor={id} className="text-(--muted)">
        {label}
      </label>
      {devices.length === 0 ? (
        <p id={id} className="py-2">
          {none}
        </p>
      ) : (
        <select
          id={id}
          value={devices.some((device) => device.id === chosen) ? chosen : devices[0]?.id}
          onChange={(event) => onChoose(event.target.value)}
          className="w-full min-w-0 rounded-lg border border-(--line) bg-(--surface) px-2.5 py-2"
        >
          {devices.map((device) => (
            <option key={device.id} value={device.id}>
              {device.label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
