import type { NextStep } from '../../carrier/index.ts';

/** Paths that Telnyx asks for. */
export const telnyxPaths = {
  telnyxCall: '/telnyx/call',
  telnyxNext: '/telnyx/call/next',
  telnyxStatus: '/telnyx/status',
  /** Whoever knows the door was told it in an answer to a signed request: upgrades are not signed. */
  telnyxMedia: '/telnyx/media/:door',
} as const;

/** Seconds until Telnyx asks again what to do. */
const askAgainSeconds = 1;

/** What callers hear whose call cannot be taken, where nothing else can say it. */
const excuses: Readonly<Record<string, string>> = {
  busy: 'All our lines are taken at the moment. Please call again in a few minutes. Goodbye.',
  other:
    'I am sorry, we cannot take your call right now. Please try again in a little while. Goodbye.',
};

/**
 * What Telnyx is to do, as TeXML.
 *
 * @param urls addresses of ours: `media` of the stream, `next` to be asked when it has ended
 * @see https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs/stream
 */
export function texml(
  step: NextStep,
  urls: { readonly media: string; readonly next: string },
): string {
  const redirect = `<Redirect method="POST">${escaped(urls.next)}</Redirect>`;
  switch (step.do) {
    case 'connect':
      return response(
        `<Connect><Stream url="${escaped(urls.media)}" track="inbound_track" codec="PCMU"` +
          ` bidirectionalMode="rtp" bidirectionalCodec="PCMU">` +
          `<Parameter name="token" value="${escaped(step.token)}"/></Stream></Connect>${redirect}`,
      );
    case 'wait':
      return response(`<Pause length="${askAgainSeconds}"/>${redirect}`);
    case 'excuse':
      return response(
        `<Say>${escaped(excuses[step.code] ?? excuses['other'] ?? '')}</Say><Hangup/>`,
      );
    case 'hang_up':
    case 'announce':
      return response('<Hangup/>');
  }
}

function response(verbs: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? '');
}
