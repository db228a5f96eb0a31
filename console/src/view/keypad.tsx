import { useState, type KeyboardEvent } from 'react';
import { en } from '../words/en.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const names: Readonly<Record<string, string>> = { '*': en.star, '#': en.hash };

/** The keys of a telephone; those of the keyboard work too while it has the focus. */
export function Keypad({
  note,
  isSecret,
  onPress,
}: {
  /** Why it is open. */
  note: string | undefined;
  /** A tool alone gets the keys: they are not shown. */
  isSecret: boolean;
  onPress: (key: string) => void;
}) {
  const [pressed, setPressed] = useState('');
  const press = (key: string): void => {
    onPress(key);
    setPressed((before) => (before + (isSecret ? '•' : key)).slice(-24));
  };
  const typed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys.some((key) => key === event.key)) press(event.key);
  };
  return (
    <div
      role="group"
      data-panel
      aria-label={en.keypad}
      className="flex flex-col items-center gap-3 rounded-xl bg-(--ground) p-4"
      onKeyDown={typed}
    >
      {note !== undefined && (
        <p role="status" className="max-w-md text-center text-sm text-(--caution)">
          {note}
        </p>
      )}
      <output className="h-6 font-mono tracking-widest text-(--text)" aria-label={en.keysPressed}>
        {pressed}
      </output>
      <div className="grid grid-cols-3 gap-2">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            aria-label={names[key] ?? key}
            onClick={() => press(key)}
            className="h-11 w-16 rounded-xl border border-(--line) bg-(--surface) text-lg font-medium hover:border-(--accent) active:bg-(--ground)"
          >
            {key}
          </button>
        ))}
      </div>
    </div>
  );
}
