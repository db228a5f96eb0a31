/**
 * Every error of ours, by its stable code.
 *
 * The code is the contract (operators alert on it, docs list it); the message may change.
 * `retryable` says whether the same action may succeed later without anyone changing anything.
 */
export const errorCodes = {
  asset_missing: {
    retryable: false,
    meaning: 'A file the engine needs is absent or fails its checksum.',
  },
  busy: { retryable: true, meaning: 'The line already holds as many calls as it may.' },
  call_failed: { retryable: false, meaning: 'A call placed by us did not end cleanly.' },
  config_invalid: {
    retryable: false,
    meaning: 'A setting or command-line argument cannot be used.',
  },
  data_folder_locked: { retryable: true, meaning: 'Another process holds the data folder.' },
  disk_full: { retryable: true, meaning: 'There is no room left on the disk.' },
  download_failed: { retryable: true, meaning: 'A download broke off or could not begin.' },
  download_refused: {
    retryable: false,
    meaning: 'The other side has no such file, or does not hand it out.',
  },
  desk_not_found: { retryable: false, meaning: 'No desk of that name exists.' },
  desk_invalid: { retryable: false, meaning: 'A desk file does not describe a usable desk.' },
  dial_refused: {
    retryable: false,
    meaning: 'A number may not be dialled: it is none, is not allowed, or wants no calls.',
  },
  dialling_off: { retryable: false, meaning: 'This server places no calls.' },
  engine_refused: { retryable: false, meaning: 'The engine rejected the key or the session.' },
  engine_lost: { retryable: true, meaning: 'The connection to the engine ended in mid-call.' },
  engine_unavailable: { retryable: true, meaning: 'The engine cannot be reached.' },
  host_refused: {
    retryable: false,
    meaning: 'A request names a host that this server does not go by.',
  },
  local_only: {
    retryable: false,
    meaning:
      'Something only programs on the server’s own machine may ask for was asked from elsewhere.',
  },
  model_failed: {
    retryable: true,
    meaning: 'A language model did not answer, or not in time.',
  },
  model_invalid: {
    retryable: false,
    meaning: 'An archive or a model is damaged, unsafe, or for something else.',
  },
  model_locked: { retryable: true, meaning: 'Another process is pulling that model.' },
  model_missing: { retryable: false, meaning: 'A model that was asked for is not here.' },
  model_unverified: {
    retryable: false,
    meaning: 'Nothing says what the checksum of a download should be.',
  },
  not_found: { retryable: false, meaning: 'There is nothing at that address.' },
  not_ready: { retryable: true, meaning: 'The server is still starting, or is stopping.' },
  offer_invalid: { retryable: false, meaning: 'A WebRTC offer is not one that can be answered.' },
  origin_refused: { retryable: false, meaning: 'A page of another origin tried to open a call.' },
  port_in_use: { retryable: true, meaning: 'The address to listen on is taken.' },
  resume_refused: {
    retryable: false,
    meaning: 'A call cannot be gone on with: it has ended, or its caller was away too long.',
  },
  server_unreachable: { retryable: true, meaning: 'No Switchboard answers at the given address.' },
  signature_refused: {
    retryable: false,
    meaning: 'A request that must be signed is not, or not by the right key.',
  },
  store_unavailable: { retryable: true, meaning: 'The database cannot be reached.' },
  speech_failed: { retryable: true, meaning: 'A speech component failed on one utterance.' },
  too_many_requests: { retryable: true, meaning: 'Too much was asked for in too short a time.' },
  tool_failed: { retryable: true, meaning: 'A tool of the desk threw.' },
  tool_timeout: { retryable: true, meaning: 'A tool of the desk took longer than allowed.' },
  webrtc_unavailable: { retryable: false, meaning: 'Calls do not come by WebRTC here.' },
  wav_invalid: { retryable: false, meaning: 'A file is not a WAV we can read.' },
} as const satisfies Record<string, { retryable: boolean; meaning: string }>;

/** One of the stable codes in {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** The one error class of the project. `message` is one line that says what to do about it. */
export class SwitchboardError extends Error {
  override readonly name = 'SwitchboardError';
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
    this.retryable = errorCodes[code].retryable;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
