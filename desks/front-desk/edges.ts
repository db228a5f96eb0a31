import { plainPacket, type Handoff } from '../../src/desk/index.ts';
import { invoiceId } from './tools/billing.ts';

/** To billing, with the invoice number when the caller has given it, so that nobody asks for it twice. */
export const toBilling: Handoff<'billing'> = {
  to: 'billing',
  packet: plainPacket.extend({ invoice_id: invoiceId.nullish() }),
};
