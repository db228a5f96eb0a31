import { useEffect, useState } from 'react';
import { desksResponse, type DesksResponse } from '../../../src/protocol/api.ts';

/** What the server offers, or why it is not known yet. */
export type Desks =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly response: DesksResponse }
  | { readonly status: 'failed'; readonly message: string };

const retryMs = 1500;

/** Asks the server which desks it has; asks again while it is starting. */
export function useDesks(): Desks {
  const [desks, setDesks] = useState<Desks>({ status: 'loading' });
  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    const ask = async (): Promise<void> => {
      try {
        const response = await fetch('/api/desks', { signal: controller.signal });
        if (!response.ok) throw new Error(`status ${response.status}`);
        setDesks({ status: 'ready', response: desksResponse.parse(await response.json()) });
      } catch {
        if (controller.signal.aborted) return;
        setDesks({ status: 'failed', message: 'The server does not answer yet. Trying again…' });
        timer = window.setTimeout(() => void ask(), retryMs);
      }
    };
    void ask();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, []);
  return desks;
}
