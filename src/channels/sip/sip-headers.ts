/** A header of the SIP INVITE, as the webhook hands it on. */
export interface SipHeader {
  readonly name: string;
  readonly value: string;
}

/** Who calls and who is called, as far as the network says. Both are hints: anybody can write them. */
export interface SipParties {
  /** E.164 with a plus; undefined: withheld, or no number. */
  readonly caller: string | undefined;
  readonly called: string | undefined;
}

/** Where the number may stand, the more trustworthy first. */
const callerHeaders = ['p-asserted-identity', 'from'];
/** A call that was passed on names in `Diversion` the number that was dialled. */
const calledHeaders = ['to', 'diversion', 'x-called-number'];

/**
 * The numbers in a call's headers.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3261#section-20
 */
export function partiesOf(headers: readonly SipHeader[]): SipParties {
  const first = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      for (const header of headers) {
        const number = header.name.toLowerCase() === name ? numberIn(header.value) : undefined;
        if (number !== undefined) return number;
      }
    }
    return undefined;
  };
  return { caller: first(callerHeaders), called: first(calledHeaders) };
}

/** `"Jane" <sip:+441632960000@carrier.example;user=phone>;tag=1` → `+441632960000` */
function numberIn(value: string): string | undefined {
  const address = /(?:sips?|tel):([^@;>\s]{1,64})/i.exec(value)?.[1] ?? value.trim();
  const digits = address.replace(/^00/, '+').replace(/[\s().-]/g, '');
  return /^\+?[1-9]\d{4,14}$/.test(digits) ? `+${digits.replace('+', '')}` : undefined;
}
