import type { ReactNode } from 'react';

/** A microphone, struck through while it is muted. */
export function MicrophoneIcon({ muted }: { muted: boolean }) {
  return (
    <Icon>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21" />
      {muted && <path d="M4 4l16 16" />}
    </Icon>
  );
}

/** Twelve keys. */
export function KeypadIcon() {
  return (
    <Icon>
      {[6, 12, 18].flatMap((y) =>
        [6, 12, 18].map((x) => (
          <circle key={`${x}-${y}`} cx={x} cy={y} r="1.4" fill="currentColor" stroke="none" />
        )),
      )}
    </Icon>
  );
}

/** Sliders: what can be chosen. */
export function DevicesIcon() {
  return (
    <Icon>
      <path d="M4 8h9M17 8h3M4 16h3M11 16h9" />
      <circle cx="15" cy="8" r="2" />
      <circle cx="9" cy="16" r="2" />
    </Icon>
  );
}

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className="size-5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {children}
    </svg>
  );
}
