import {
  askAgainSeconds,
  excuseFor,
  type CarrierUrls,
  type NextStep,
} from '../../carrier/index.ts';
import { vonageContentType } from './dialect.ts';

/** One action of a call control object. */
export type NccoAction = Readonly<Record<string, unknown>>;

/**
 * What Vonage is to do, as a call control object. When its actions are done, the call ends.
 *
 * @param call the conversation's id
 * @see https://developer.vonage.com/en/voice/voice-api/ncco-reference
 */
export function ncco(step: NextStep, call: string, urls: CarrierUrls): readonly NccoAction[] {
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
      return [{ action: 'talk', text: excuseFor(step.code) }];
    case 'hang_up':
    case 'announce':
      return [];
  }
}
