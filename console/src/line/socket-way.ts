import type { CallClientMessage } from '../../../src/protocol/api.ts';
import {
  captureFrames,
  openFramePlayer,
  type FrameCapture,
  type FramePlayer,
} from '../audio/frames.ts';
import type { Carriage, CarriageEvents, CarriageRequest } from './carriage.ts';
import { socketUrl } from './server-answers.ts';

/** Four seconds of sound that do not go out: nobody reads at the other end. */
const stuckBytes = 4 * 48_000;
const openWithinMs = 8_000;

/** Opens a call over one WebSocket: sound as frames, where UDP does not pass. */
export function openSocketWay(request: CarriageRequest, events: CarriageEvents): Carriage {
  const { server, desk, back, sound, worklets } = request;
  const socket = new WebSocket(socketUrl(server, '/call'));
  socket.binaryType = 'arraybuffer';
  const controller = new AbortController();
  const { signal } = controller;
  let isOpen = false;
  /** The first message is the answer; no sound goes out before it. */
  let isAnswered = false;
  let capture: FrameCapture | null = null;
  let player: FramePlayer | null = null;
  /** What came before the player was there. */
  const early: ArrayBuffer[] = [];
  const timer = setTimeout(end, openWithinMs);

  function close(): void {
    if (signal.aborted) return;
    controller.abort();
    clearTimeout(timer);
    unfollow();
    capture?.close();
    player?.close();
    socket.close();
  }

  function end(): void {
    if (signal.aborted) return;
    const wasOpen = isOpen;
    close();
    if (wasOpen) events.lost();
    else events.failed();
  }

  function send(message: CallClientMessage): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function hear(frame: ArrayBuffer): void {
    if (!isAnswered || socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > stuckBytes) end();
    else socket.send(frame);
  }

  let following: MediaStreamTrack | null = null;
  async function follow(track: MediaStreamTrack | null): Promise<void> {
    following = track;
    capture?.close();
    capture = null;
    if (!track) return;
    const opened = await captureFrames(track, { worklet: worklets.capture, onFrame: hear });
    if (signal.aborted || following !== track) opened.close();
    else capture = opened;
  }

  async function openPlayer(): Promise<void> {
    const opened = await openFramePlayer(worklets.playback);
    if (signal.aborted) {
      opened.close();
      return;
    }
    player = opened;
    sound.speaker.play(opened.stream);
    for (const frame of early.splice(0)) opened.play(frame);
  }

  const unfollow = sound.microphone.follow((track) => {
    follow(track).catch(end); // without the audio thread's programs there is no way at all
  });
  openPlayer().catch(end);

  const listen = { signal };
  socket.addEventListener(
    'open',
    () => {
      isOpen = true;
      clearTimeout(timer);
      if (back) send({ type: 'resume', ...back });
      else send({ type: 'start', resumable: true, ...(desk === undefined ? {} : { desk }) });
    },
    listen,
  );
  socket.addEventListener(
    'message',
    ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data === 'string') {
        isAnswered = true;
        events.message(data);
      } else if (player) player.play(data);
      else early.push(data);
    },
    listen,
  );
  socket.addEventListener('close', end, listen);
  return {
    way: 'socket',
    send,
    clear() {
      early.length = 0;
      player?.clear();
    },
    close,
  };
}
