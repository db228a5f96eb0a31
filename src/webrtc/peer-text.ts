import type { DataChannel, PeerConnection } from 'node-datachannel';
import type { Clock, Log } from '../lib/index.ts';
import { createFloodGuard } from './flood.ts';

const maxMessagesPerSecond = 500;
const maxBytesPerSecond = 4 * 1_024 * 1_024;
/** Text that a slow far end has not taken; more, and it is not listening any more. */
const maxWaitingBytes = 8 * 1_024 * 1_024;
/** A page opens one channel. The rest is closed, and too many of them end the peer. */
const maxChannels = 8;

/** The data channel of one peer, whatever its label. */
export interface PeerText extends Disposable {
  readonly isOpen: boolean;
  send(text: string): void;
  readonly bufferedBytes: number;
}

/**
 * Takes the first data channel that the far end opens.
 *
 * @param events.over the channel is closed (`closed`), or the far end does what nobody may (`failed`)
 */
export function openPeerText(
  connection: PeerConnection,
  events: {
    opened(): void;
    text(message: string): void;
    over(reason: 'closed' | 'failed'): void;
  },
  deps: { readonly clock: Clock; readonly log: Log },
): PeerText {
  const { clock, log } = deps;
  const guard = createFloodGuard({ items: maxMessagesPerSecond, bytes: maxBytesPerSecond });
  let channels = 0;
  let channel: DataChannel | undefined;
  let isOpen = false;

  connection.onDataChannel((offered) => {
    channels += 1;
    if (channel) {
      closeChannel(offered);
      if (channels > maxChannels) events.over('failed');
      return;
    }
    channel = offered;
    offered.onClosed(() => {
      isOpen = false;
      events.over('closed');
    });
    offered.onMessage((message) => {
      if (typeof message !== 'string') return; // we speak text only
      const bytes = Buffer.byteLength(message);
      if (guard.take({ bytes }, clock.monotonicMs())) events.text(message);
      else events.over('failed');
    });
    const opened = (): void => {
      if (isOpen) return;
      isOpen = true;
      events.opened();
    };
    offered.onOpen(opened);
    if (offered.isOpen()) opened();
  });

  return {
    get isOpen() {
      return isOpen;
    },
    get bufferedBytes() {
      return channel?.bufferedAmount() ?? 0;
    },
    send(text) {
      if (!channel || !isOpen) return;
      if (channel.bufferedAmount() > maxWaitingBytes) {
        log.warn('a caller does not take what it is sent', { waiting: channel.bufferedAmount() });
        events.over('failed');
        return;
      }
      try {
        channel.sendMessage(text);
      } catch (thrown) {
        // Too long for this far end, or just closing; the call is worth more than the message.
        log.warn('a message could not be sent', { characters: text.length, thrown });
      }
    },
    [Symbol.dispose]() {
      isOpen = false;
      if (channel) closeChannel(channel);
      channel = undefined;
    },
  };
}

/** The library frees a channel only when its end can be told to someone. */
function closeChannel(channel: DataChannel): void {
  channel.onClosed(() => undefined);
  channel.close();
}
