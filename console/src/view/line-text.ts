import type { MicrophoneRefusal } from '../audio/microphone.ts';
import type { LineState } from '../line/line-step.ts';

/** A step of the call on its way to the server, for people. */
export interface LineStep {
  readonly text: string;
  readonly tone: 'busy' | 'good' | 'trouble';
  /** What is behind it, for those who want to know. */
  readonly detail?: string;
}

/** What the page says of the way; null before a call and after it. */
export function lineStep(line: LineState): LineStep | null {
  switch (line.name) {
    case 'idle':
    case 'over':
      return null;
    case 'asking':
      return {
        text: 'Asking for your microphone…',
        tone: 'busy',
        detail: 'Your browser asks whether this page may hear you.',
      };
    case 'connecting':
      if (line.away) return reconnecting;
      if (line.isSecondWay) {
        return { text: 'Connecting another way…', tone: 'busy', detail: blocked };
      }
      return { text: line.back ? 'Going on with your call…' : 'Connecting…', tone: 'busy' };
    case 'live':
      return live[line.way];
    case 'waiting':
      return reconnecting;
    case 'leaving':
      return { text: 'Hanging up…', tone: 'busy' };
  }
}

const blocked = 'This network lets no WebRTC through.';
const reconnecting: LineStep = {
  text: 'Reconnecting… your call goes on',
  tone: 'trouble',
  detail: 'What is said meanwhile is kept for you.',
};
const live: Readonly<Record<Extract<LineState, { name: 'live' }>['way'], LineStep>> = {
  webrtc: { text: 'Connected by WebRTC', tone: 'good' },
  socket: { text: 'Connected by WebSocket', tone: 'good', detail: blocked },
  direct: {
    text: 'Connected straight to the engine',
    tone: 'good',
    detail: 'By WebRTC; our server has the words, not the sound.',
  },
};

/** Why nobody hears the caller, and what to do. */
export const refusalTexts: Readonly<Record<MicrophoneRefusal, string>> = {
  blocked:
    'The microphone is blocked for this page. Allow it in the address bar and call again, or type.',
  absent: 'No microphone was found. Plug one in and call again, or type.',
  insecure:
    'Browsers give the microphone only to https pages and to localhost. You can type instead.',
  failed: 'The microphone could not be opened. You can type instead.',
};
