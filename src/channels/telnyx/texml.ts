import {
  askAgainSeconds,
  excuseFor,
  type CarrierUrls,
  type NextStep,
} from '../../carrier/index.ts';

/**
 * What Telnyx is to do, as TeXML.
 *
 * @see https://developers.telnyx.com/docs/voice/programmable-voice/texml-verbs/stream
 */
export function texml(step: NextStep, urls: CarrierUrls): string {
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
      return response(`<Say>${escaped(excuseFor(step.code))}</Say><Hangup/>`);
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
