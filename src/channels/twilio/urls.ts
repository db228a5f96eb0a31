/** Paths that Twilio asks for. */
export const twilioPaths = {
  incoming: '/incoming-call',
  next: '/incoming-call/next',
  consent: '/incoming-call/consent',
  outgoing: '/outgoing-call',
  media: '/media-stream',
  status: '/twilio/status',
  machine: '/twilio/machine',
  whisper: '/twilio/person',
  answer: '/twilio/person/answer',
  personStatus: '/twilio/person/status',
} as const;

/** Addresses under which Twilio reaches this server. */
export interface TwilioUrls {
  /** Any of {@link twilioPaths}, with what it is asked with. */
  at(path: string, query?: Readonly<Record<string, string>>): string;
  /** WebSocket of the media stream. */
  readonly media: string;
  /** What to do with a call that we placed and that was answered. */
  answer(attemptId: string): string;
  status(attemptId?: string): string;
  machine(attemptId: string): string;
}

/** @param publicUrl without a query; may have a path, in front of ours */
export function twilioUrls(publicUrl: string): TwilioUrls {
  const base = publicUrl.replace(/\/+$/, '');
  const at: TwilioUrls['at'] = (path, query = {}) => {
    const search = new URLSearchParams(query).toString();
    return `${base}${path}${search === '' ? '' : `?${search}`}`;
  };
  return {
    at,
    media: at(twilioPaths.media).replace(/^http/, 'ws'),
    answer: (attempt) => at(twilioPaths.outgoing, { attempt }),
    status: (attempt) => at(twilioPaths.status, attempt === undefined ? {} : { attempt }),
    machine: (attempt) => at(twilioPaths.machine, { attempt }),
  };
}
