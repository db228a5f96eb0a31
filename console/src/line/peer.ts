import type { Sound } from '../audio/sound.ts';

/** ICE that brings nothing by then meets a network that lets no UDP through. */
const connectWithinMs = 3_000;
/** A way that is `disconnected` for this long is taken for lost; shorter ones heal by themselves. */
const brokenForMs = 2_000;
/** The server opens WebRTC with its first offer, and may be far away. */
const answerWithinMs = 6_000;

/** A WebRTC connection of sound both ways and one data channel. */
export interface PagePeer {
  /** Dropped while the channel is not open. */
  send(text: string): void;
  close(): void;
}

/** What a connection tells; nothing after `failed`, `lost` or `close`. */
export interface PagePeerEvents {
  /** Sound passes, and the data channel is open. */
  opened(): void;
  message(text: string): void;
  failed(): void;
  lost(): void;
}

/**
 * Opens a connection.
 *
 * No candidates go out with the offer: the server has an address, and we come to it.
 *
 * @param options.exchange posts the offer; resolves with the answer, or with `null` when the server
 *   has refused and said so already. A rejection counts as `failed`.
 */
export function openPeer(options: {
  readonly channel: string;
  readonly sound: Sound;
  readonly exchange: (offerSdp: string, signal: AbortSignal) => Promise<string | null>;
  readonly events: PagePeerEvents;
}): PagePeer {
  const { sound, events } = options;
  const peer = new RTCPeerConnection();
  const channel = peer.createDataChannel(options.channel);
  // Both ways from the start, so that a microphone may come later without another offer.
  const { sender } = peer.addTransceiver('audio', { direction: 'sendrecv' });
  const controller = new AbortController();
  const { signal } = controller;
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const unfollow = sound.microphone.follow((track) => {
    sender.replaceTrack(track).catch(() => undefined); // closed meanwhile
  });

  function close(): void {
    if (signal.aborted) return;
    controller.abort();
    clearTimeout(timer);
    unfollow();
    channel.close();
    peer.close();
  }

  function end(): void {
    if (signal.aborted) return;
    const wasOpen = isOpen;
    close();
    if (wasOpen) events.lost();
    else events.failed();
  }

  const listen = { signal };
  peer.addEventListener(
    'track',
    ({ track, streams }) => sound.speaker.play(streams[0] ?? new MediaStream([track])),
    listen,
  );
  channel.addEventListener(
    'open',
    () => {
      isOpen = true;
      clearTimeout(timer);
      events.opened();
    },
    listen,
  );
  channel.addEventListener('close', end, listen);
  channel.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      if (typeof data === 'string') events.message(data);
    },
    listen,
  );
  peer.addEventListener(
    'connectionstatechange',
    () => {
      const { connectionState } = peer;
      if (connectionState === 'failed') end();
      if (!isOpen) return;
      clearTimeout(timer);
      if (connectionState === 'disconnected') timer = setTimeout(end, brokenForMs);
    },
    listen,
  );

  let hasCandidates = false;
  peer.addEventListener(
    'icecandidate',
    ({ candidate }) => {
      if (candidate?.candidate) hasCandidates = true;
      // Not one address to send from: this browser may not use UDP at all.
      else if (candidate === null && !hasCandidates) end();
    },
    listen,
  );

  async function negotiate(): Promise<void> {
    timer = setTimeout(end, answerWithinMs);
    await peer.setLocalDescription();
    const answer = await options.exchange(peer.localDescription?.sdp ?? '', signal);
    if (signal.aborted) return;
    if (answer === null) {
      close();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(end, connectWithinMs);
    await peer.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  negotiate().catch(end);
  return {
    send(text) {
      if (channel.readyState === 'open') channel.send(text);
    },
    close,
  };
}

/** Whether this browser has WebRTC at all. */
export function hasWebRtc(): boolean {
  return 'RTCPeerConnection' in window;
}
