import type { PlayoutOptions } from '../../audio/index.ts';
import type { LastFrom } from '../../webrtc/index.ts';

/** Why our side closes a connection: the call is over, the page broke the rules, it may try again later. */
export type Closing = 'done' | 'violation' | 'later';

/** One way between a page and us, whatever it is made of. Nothing here throws, also when it is gone. */
export interface PageConnection {
  /** How audio is to be paced for it. */
  readonly pacing: Pick<PlayoutOptions, 'leadMs' | 'startDelayMs' | 'catchUpMs'>;
  sendText(text: string): void;
  /**
   * Signs of life, for a connection that goes on for a while after the page is gone. Left out where
   * what the page says is the only sign.
   */
  lastFrom?(): LastFrom;
  /** 480 samples: 20 ms. */
  sendAudio(frame: Int16Array): void;
  /** Bytes that wait for a page that does not read. */
  bufferedBytes(): number;
  /** Closes once what was sent has gone out. */
  close(why: Closing): void;
  /** Closes at once. */
  drop(): void;
}

/** What a connection tells of the page. */
export interface PageEvents {
  /** A message of text. */
  text(text: string): void;
  /** Sound of any length, already of a length that may be. */
  audio(samples: Int16Array): void;
  /** A frame that makes no sense, by the reason it is counted under. */
  malformed(reason: string): void;
  /** A sign of life that says nothing and costs us nothing: an answer to a ping. */
  alive(): void;
  /** Anything else that came and has to be paid for, such as a ping. */
  other(): void;
  /** The connection is gone; once. */
  closed(): void;
}
