import type twilioPackage from 'twilio';
import type { Twilio } from 'twilio';

/** Who we are at Twilio. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** Where Twilio's REST is reached. @default its own address */
  readonly apiUrl?: string | undefined;
}

/** The package's doors that we use, loaded when first asked for: it is large. */
export async function loadTwilio(): Promise<typeof twilioPackage> {
  const { default: twilio } = await import('twilio');
  return twilio;
}

/** @returns a client of Twilio's REST. Requests fail after ten seconds. */
export async function openTwilioClient(account: TwilioAccount): Promise<Twilio> {
  const twilio = await loadTwilio();
  const client = twilio(account.accountSid, account.authToken, { timeout: 10_000 });
  if (account.apiUrl !== undefined) client.api.baseUrl = account.apiUrl;
  return client;
}
