import { useCallback, useEffect, useReducer, useRef } from 'react';
import { callServerMessage } from '../../../src/protocol/api.ts';
import captureUrl from '../audio/capture.worklet.ts?worker&url';
import type { DeviceKind } from '../audio/devices.ts';
import playbackUrl from '../audio/playback.worklet.ts?worker&url';
import type { Levels } from '../audio/sound.ts';
import { readKeptCall } from '../line/kept-call.ts';
import { openLine, type Line, type LineOptions } from '../line/line.ts';
import { idleCall, reduceCall, type CallState } from './call-state.ts';

/** The call as React sees it. */
export interface CallControls {
  readonly state: CallState;
  /** Changes many times a second, so it is read in animation frames instead of causing renders. */
  readonly levels: () => Levels;
  call(request: Pick<LineOptions, 'desk' | 'isDirect'>): void;
  say(text: string): void;
  press(keys: string): void;
  mute(isMuted: boolean): void;
  choose(kind: DeviceKind, deviceId: string): void;
  /** Plays what the browser kept silent. */
  unblock(): void;
  hangUp(): void;
}

const silence: Levels = { caller: 0, agent: 0 };

/** Binds one call at a time to a component. A page that is loaded again goes on with its call. */
export function useCall(): CallControls {
  const [state, dispatch] = useReducer(reduceCall, idleCall);
  const line = useRef<Line>(undefined);

  const open = useCallback((request: Pick<LineOptions, 'desk' | 'isDirect' | 'kept'>) => {
    line.current?.close();
    dispatch({ type: 'called' });
    line.current = openLine({
      ...request,
      server: location.origin,
      worklets: { capture: captureUrl, playback: playbackUrl },
      parse(text) {
        const parsed = callServerMessage.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : null;
      },
      events: {
        state: (to) => dispatch({ type: 'line', line: to }),
        received: (message) => dispatch({ type: 'received', message }),
        sound: (news) => dispatch({ type: 'sound', news }),
      },
    });
  }, []);

  useEffect(() => {
    const goOn = (): void => {
      const kept = readKeptCall();
      if (kept) open({ desk: kept.desk, kept });
    };
    /** Back to a page that the browser had put aside, its call let go. */
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) goOn();
    };
    goOn();
    window.addEventListener('pageshow', shown);
    return () => {
      window.removeEventListener('pageshow', shown);
      line.current?.close();
    };
  }, [open]);

  return {
    state,
    levels: useCallback(() => line.current?.levels() ?? silence, []),
    call: open,
    say: useCallback((text: string) => line.current?.say(text), []),
    press: useCallback((keys: string) => line.current?.press(keys), []),
    mute: useCallback((isMuted: boolean) => {
      line.current?.mute(isMuted);
      dispatch({ type: 'muted', isMuted });
    }, []),
    choose: useCallback((kind: DeviceKind, id: string) => line.current?.choose(kind, id), []),
    unblock: useCallback(() => line.current?.unblock(), []),
    hangUp: useCallback(() => line.current?.hangUp(), []),
  };
}
