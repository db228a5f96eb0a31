import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { CallControls } from '../call/use-call.ts';
import { en } from '../words/en.ts';
import { DeviceChoice } from './device-choice.tsx';
import { DevicesIcon, KeypadIcon, MicrophoneIcon } from './icons.tsx';
import { Keypad } from './keypad.tsx';
import { LineStatus } from './line-status.tsx';

/** Call, hang up, type, press keys, choose devices, and what is going on right now. */
export function CallBar({
  controls,
  labels,
  onCall,
}: {
  controls: CallControls;
  labels: Readonly<Record<string, string>>;
  /** Absent while there is no desk to call. */
  onCall: (() => void) | undefined;
}) {
  const { state, levels, press, choose } = controls;
  const [open, setOpen] = useState<'keypad' | 'devices' | null>(null);
  const live = state.phase === 'live';
  const { keysWanted, sound } = state;
  const shown = !live ? null : keysWanted ? 'keypad' : open;
  const toggle = (panel: 'keypad' | 'devices'): void => setOpen(open === panel ? null : panel);
  return (
    <div className="flex flex-col gap-3 border-t border-(--line) p-4">
      <LineStatus state={state} levels={levels} labels={labels} />
      {shown === 'keypad' && (
        <Keypad
          key={keysWanted?.prompt ?? ''}
          note={
            keysWanted
              ? en.asksForKeys(labels[keysWanted.agent] ?? keysWanted.agent, keysWanted.prompt)
              : undefined
          }
          isSecret={keysWanted !== null}
          onPress={press}
        />
      )}
      {shown === 'devices' && <DeviceChoice sound={sound} onChoose={choose} />}
      <div className="flex flex-wrap gap-3 lg:flex-nowrap">
        <TypedTurn enabled={live} onSay={controls.say} />
        {live && (
          <div className="flex flex-1 gap-2 sm:flex-none">
            <Toggle
              label={sound.isMuted ? en.unmute : en.mute}
              on={sound.isMuted}
              disabled={sound.refusal !== null}
              onClick={() => controls.mute(!sound.isMuted)}
            >
              <MicrophoneIcon muted={sound.isMuted} />
            </Toggle>
            <Toggle label={en.keypad} on={shown === 'keypad'} onClick={() => toggle('keypad')}>
              <KeypadIcon />
            </Toggle>
            <Toggle label={en.sound} on={shown === 'devices'} onClick={() => toggle('devices')}>
              <DevicesIcon />
            </Toggle>
          </div>
        )}
        <CallButton controls={controls} onCall={onCall} />
      </div>
    </div>
  );
}

function CallButton({
  controls: { state, hangUp },
  onCall,
}: {
  controls: CallControls;
  onCall: (() => void) | undefined;
}) {
  const shape = 'rounded-xl py-2.5 font-semibold disabled:opacity-60';
  if (state.phase === 'live' || state.phase === 'connecting') {
    return (
      <button
        type="button"
        onClick={hangUp}
        className={`${shape} flex-1 bg-(--danger) px-6 whitespace-nowrap text-(--on-danger) sm:flex-none`}
      >
        {state.phase === 'live' ? en.hangUp : en.cancel}
      </button>
    );
  }
  return (
    <button
      type="button"
      disabled={!onCall}
      onClick={onCall}
      className={`${shape} w-full bg-(--accent) px-8 whitespace-nowrap text-(--on-accent) sm:w-auto`}
    >
      {state.phase === 'ended' ? en.callAgain : en.call}
    </button>
  );
}

function TypedTurn({ enabled, onSay }: { enabled: boolean; onSay: (text: string) => void }) {
  const [draft, setDraft] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = draft.trim();
    if (!text) return;
    onSay(text);
    setDraft('');
  };
  return (
    <form onSubmit={submit} className="flex w-full min-w-0 gap-2 sm:w-auto sm:flex-1">
      <input
        aria-label={en.type}
        className="min-w-0 flex-1 rounded-xl border border-(--line) bg-(--ground) px-3.5 py-2.5 disabled:opacity-60"
        placeholder={enabled ? en.typeHere : 'Call first, then type'}
        value={draft}
        maxLength={2000}
        disabled={!enabled}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button
        type="submit"
        disabled={!enabled || !draft.trim()}
        className="rounded-xl border border-(--line) px-4 font-medium disabled:opacity-50"
      >
        {en.send}
      </button>
    </form>
  );
}

function Toggle({
  label,
  on,
  disabled = false,
  onClick,
  children,
}: {
  label: string;
  on: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={on}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className={`grid size-11 shrink-0 place-items-center rounded-xl border disabled:opacity-40 ${
        on ? 'border-(--accent) text-(--accent)' : 'border-(--line) text-(--muted)'
      }`}
    >
      {children}
    </button>
  );
}
