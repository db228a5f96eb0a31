import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

/** Counts answers of HTTP servers in this process whose client went before they were whole. */
export interface HangUps extends Disposable {
  count(): number;
}

/**
 * Watches servers that are not ours from the outside, by Node's own channel for requests.
 *
 * @see https://nodejs.org/api/diagnostics_channel.html#http
 */
export function watchHangUps(): HangUps {
  let count = 0;
  const watch = (message: unknown): void => {
    const { response } = message as { response: ServerResponse }; // as Node documents it
    response.once('close', () => {
      if (!response.writableFinished) count += 1;
    });
  };
  subscribe('http.server.request.start', watch);
  return {
    count: () => count,
    [Symbol.dispose]: () => void unsubscribe('http.server.request.start', watch),
  };
}
