import type { MicrophoneRefusal } from '../audio/microphone.ts';
import type { EndReason } from '../call/call-state.ts';
import type { OverReason, Way } from '../line/line-step.ts';

/** Everything that is said of a call besides the conversation, in one language. */
export interface Words {
  readonly call: string;
  readonly callAgain: string;
  readonly cancel: string;
  readonly hangUp: string;
  readonly mute: string;
  readonly unmute: string;
  readonly keypad: string;
  readonly star: string;
  readonly hash: string;
  readonly keysPressed: string;
  readonly sound: string;
  readonly microphone: string;
  readonly loudspeaker: string;
  readonly noMicrophone: string;
  readonly systemsChoice: string;
  readonly soundIsOff: string;
  readonly turnItOn: string;
  readonly typeHere: string;
  readonly type: string;
  readonly send: string;
  readonly conversation: string;
  readonly minimise: string;
  readonly showCall: string;
  readonly you: string;
  readonly desk: string;
  readonly muted: string;
  readonly youSpeak: string;
  speaks(name: string): string;
  thinks(name: string): string;
  listens(name: string): string;
  through(operator: string, queue: string): string;
  asksForKeys(agent: string, prompt: string): string;
  readonly deaf: string;
  readonly refusal: Readonly<Record<MicrophoneRefusal, string>>;
  /** Steps of the call on its way to the server. */
  readonly step: {
    readonly asking: string;
    readonly connecting: string;
    readonly secondWay: string;
    readonly goingOn: string;
    readonly reconnecting: string;
    readonly leaving: string;
    readonly live: Readonly<Record<Way, string>>;
  };
  readonly over: Readonly<Record<Exclude<OverReason, 'ended' | 'refused'>, string>>;
  readonly ended: Readonly<Record<EndReason, string>>;
}
