/** What a server tells a carrier over the media socket. */
export type MediaCommand =
  | { readonly type: 'audio'; readonly bytes: Uint8Array }
  | { readonly type: 'mark'; readonly name: string }
  | { readonly type: 'clear' };

/** @returns what a text message says; undefined when it is no JSON */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How a carrier writes its end of one media socket: the other side of a channel's dialect. */
export interface MediaWire {
  /** Of the upgrade. */
  readonly headers: Readonly<Record<string, string>>;
  /** What it says first. */
  opened(): readonly string[];
  /** @param atMs since the stream began */
  audio(frame: Uint8Array, atMs: number): string | Uint8Array;
  key(digit: string): string;
  /** Everything before the mark was played. */
  played(mark: string): string;
  /** What waited was dropped, with these marks. */
  cleared(marks: readonly string[]): readonly string[];
  /** Null: the socket closes without a word. */
  hungUp(): string | null;
  /** Null: nothing that is obeyed. */
  read(data: Buffer, isBinary: boolean): MediaCommand | null;
}
