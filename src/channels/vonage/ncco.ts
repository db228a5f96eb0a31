import type { NextStep } from '../../carrier/index.ts';
import { vonageContentType } from './dialect.ts';

/** Paths that Vonage asks for. */
export const vonagePaths = {
  vonageCall: '/vonage/call',
  vonageNext: '/vonage/call/next',
  vonageEvents: '/vonage/events',
  /** Whoever knows the door was told it in an answer to a signed request: upgrades are not signed. */
  vonageMedia: '/vonage/media/:door',
} as const;

/** Seconds until Vonage asks again what to do. */
const askAgainSeconds = 1;

/** What callers hear whose call cannot be taken, where nothing else can say it. */
const excuses: Readonly<Record<string, string>> = {
  busy: 'All our lines are taken at the moment. Please call again in a few minutes. Goodbye.',
  other:
    'I am sorry, we cannot take your call right now. Please try again in a little while. Goodbye.',
};

/** One action of a call control object. */
export type NccoAction = Readonly<Record<string, unknown>>;

/**
 * What Vonage is to do, as a call control object. When its actions are done, the call ends.
 *
 * @param call the conversation's id
 * @param urls addresses of ours: `media` of the socket, `next` to be asked when it has ended
 * @see https://developer.vonage.com/en/voice/voice-api/ncco-reference
 */
export function ncco(
  step: NextStep,
  call: string,
  urls: { readonly media: string; readonly next: string },
): readonly NccoAction[] {
  switch (step.do) {
    case 'connect': {
      const headers = { call, token: step.token };
      const socket = { type: 'websocket', uri: urls.media, 'content-type': vonageContentType };
      return [
        {
          ...{ action: 'connect', eventType: 'synchronous', eventUrl: [urls.next] },
          endpoint: [{ ...socket, headers }],
        },
      ];
    }
    case 'wait':
      return [
        { action: 'wait', timeout: askAgainSeconds },
        { action: 'notify', payload: { status: 'waited' }, eventUrl: [urls.next] },
      ];
    case 'excuse':
      return [{ action: 'talk', text: excuses[step.code] ?? excuses['other'] }];
    case 'hang_up':
    case 'announce':
      return [];
  }
}
