import { useCallback, useEffect, useReducer, useRef } from 'react';
import { placeCall, type CallClient, type Levels } from './call-client.ts';
import { idleCall, reduceCall, type CallState } from './call-state.ts';

/** The call as React sees it. */
export interface CallControls {
  readonly state: CallState;
  /** Changes many times a second, so it is read in animation frames instead of causing renders. */
  readonly levels: Readonly<Levels>;
  call(desk: string | undefined): void;
  say(text: string): void;
  hangUp(): void;
}

/** Binds one call at a time to a component; leaving the page ends it. */
export function useCall(): CallControls {
  const [state, dispatch] = useReducer(reduceCall, idleCall);
  const levels = useRef<Levels>({ caller: 0, agent: 0 });
  const client = useRef<CallClient>(undefined);
  const abort = useRef<AbortController>(undefined);

  useEffect(() => () => abort.current?.abort(), []);

  const call = useCallback((desk: string | undefined) => {
    abort.current?.abort();
    const controller = (abort.current = new AbortController());
    placeCall({ desk, levels: levels.current, dispatch, signal: controller.signal }).then(
      (placed) => (client.current = placed),
      () => dispatch({ type: 'connection_lost' }),
    );
  }, []);
  const say = useCallback((text: string) => client.current?.say(text), []);
  const hangUp = useCallback(() => client.current?.hangUp(), []);
  return { state, levels: levels.current, call, say, hangUp };
}
