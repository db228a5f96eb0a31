import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { EngineEndpoint } from '../call/ports.ts';
import type { DialPolicy } from '../dialing/index.ts';
import type { EngineChoices } from '../engine/index.ts';
import { SwitchboardError } from '../lib/index.ts';
import { browserEnvironment, browserSettings, type BrowserSettings } from './browser-settings.ts';
import { carrierEnvironment, publicHost } from './carrier-settings.ts';
import { dialEnvironment, dialPolicy } from './dial-settings.ts';
import { limitEnvironment, limitSettings, type LimitSettings } from './limit-settings.ts';
import { httpAddress, listed, wholeNumber } from './setting-values.ts';
import { sipEnvironment, sipSettings, type SipSettings } from './sip-settings.ts';
import type { TextModelEndpoint } from './text-model.ts';
import { telnyxEnvironment, telnyxSettings, type TelnyxSettings } from './telnyx-settings.ts';
import { twilioEnvironment, twilioSettings, type TwilioSettings } from './twilio-settings.ts';
import { vonageEnvironment, vonageSettings, type VonageSettings } from './vonage-settings.ts';

/** The folder this copy of Switchboard lives in. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/** The variables of the server, by name. Exported for the test that holds the reference to them. */
export const environment = z.object({
  /** Address to listen on. Anything but a loopback address lets other machines call. */
  HOST: z.string().default('127.0.0.1'),
  /** TCP port; 0 takes any free one. */
  PORT: wholeNumber(0, 65_535).default(8080),
  /** Key for OpenAI. With it, calls are answered by OpenAI instead of the embedded engine. */
  OPENAI_API_KEY: z.string().optional(),
  /** Any server of the OpenAI Realtime protocol, e.g. `https://api.openai.com/v1`. */
  OPENAI_BASE_URL: z
    .url({ protocol: /^(https?|wss?)$/, error: 'must be an http(s) or ws(s) address' })
    .optional(),
  /** Model to ask a remote engine for. */
  OPENAI_REALTIME_MODEL: z.string().default('gpt-realtime'),
  /** What the embedded engine thinks with, and where consulted agents get their answers: any server of `/v1/chat/completions`. */
  SWITCHBOARD_LLM_URL: httpAddress.optional(),
  /** Model to ask it for. */
  SWITCHBOARD_LLM_MODEL: z.string().optional(),
  /** Key for it, if it asks for one. */
  SWITCHBOARD_LLM_KEY: z.string().optional(),
  /** What answers a caller when that model does not: `offline` (the engine's own mind) or `sentence`. */
  SWITCHBOARD_LLM_FALLBACK: z
    .enum(['offline', 'sentence'], { error: 'must be offline or sentence' })
    .default('sentence'),
  /** How long that model may take until its first token, in milliseconds. */
  SWITCHBOARD_LLM_TIMEOUT_MS: wholeNumber(500, 120_000).default(8_000),
  /** Tokens of a conversation sent to it, instructions and tools included; older turns are left out. */
  SWITCHBOARD_LLM_CONTEXT: wholeNumber(1_024, 1_000_000).default(8_192),
  /** What the embedded engine hears with: `pocketsphinx`, a pulled model's name, or `endpoint`. */
  SWITCHBOARD_EARS: z.string().default('pocketsphinx'),
  /** Any server of `/v1/audio/transcriptions`. */
  SWITCHBOARD_STT_URL: httpAddress.optional(),
  SWITCHBOARD_STT_MODEL: z.string().default('whisper-1'),
  SWITCHBOARD_STT_KEY: z.string().optional(),
  /** Language it is to expect: two letters of ISO 639-1. */
  SWITCHBOARD_STT_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a language of two letters, such as en')
    .default('en'),
  /** What it speaks with: `flite`, a pulled model's name, or `endpoint`. */
  SWITCHBOARD_MOUTH: z.string().default('flite'),
  /** Any server of `/v1/audio/speech`. */
  SWITCHBOARD_TTS_URL: httpAddress.optional(),
  SWITCHBOARD_TTS_MODEL: z.string().default('tts-1'),
  SWITCHBOARD_TTS_KEY: z.string().optional(),
  /** UDP port of the embedded engine for calls over WebRTC; 0 takes any free one. */
  SWITCHBOARD_ENGINE_UDP_PORT: wholeNumber(0, 65_535).default(0),
  /** Sessions of the embedded engine at a time. */
  SWITCHBOARD_ENGINE_MAX_SESSIONS: wholeNumber(1, 1_000).default(64),
  /** Where pulled models are kept. */
  SWITCHBOARD_MODELS_DIR: z.string().default(join(projectRoot, '.switchboard/models')),
  /** Postgres to use instead of the embedded database. */
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must start with postgres://' })
    .optional(),
  /** Where calls and desk data are kept. */
  SWITCHBOARD_DATA_DIR: z.string().default(join(projectRoot, '.switchboard/data')),
  /** Where models and unpacked libraries are kept; may be deleted at any time. */
  SWITCHBOARD_CACHE_DIR: z.string().default(join(projectRoot, '.switchboard/cache')),
  /** Folder whose folders are the desks. */
  SWITCHBOARD_DESKS_DIR: z.string().default(join(projectRoot, 'desks')),
  /** Desk that takes a call which names none: `front-desk`, or the only one there is. */
  SWITCHBOARD_DESK: z.string().optional(),
  /** Calls held at once; one more is refused with `busy`. */
  SWITCHBOARD_MAX_CALLS: wholeNumber(1, 10_000).default(50),
  /**
   * Host names besides loopback ones under which browsers may reach a server that listens on a
   * loopback address, separated by commas: those of a reverse proxy in front of it.
   */
  SWITCHBOARD_PUBLIC_HOSTS: z.string().default(''),
  /** How long a client may take to say what it wants, in milliseconds. */
  SWITCHBOARD_HEADERS_WITHIN_MS: wholeNumber(100, 120_000).default(10_000),
  ...browserEnvironment,
  ...dialEnvironment,
  ...carrierEnvironment,
  ...twilioEnvironment,
  ...telnyxEnvironment,
  ...vonageEnvironment,
  ...sipEnvironment,
  /** Lowest level of the JSON lines on standard error. What callers say appears at `debug` only. */
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('warn'),
  ...limitEnvironment,
});

/** Everything that can be configured from outside, checked. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** `null` means the embedded engine. */
  readonly remoteEngine: EngineEndpoint | null;
  /** `null`: agents are consulted by rules only. */
  readonly textModel: TextModelEndpoint | null;
  /** What the embedded engine is made of. */
  readonly engine: EngineChoices;
  readonly databaseUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly cacheDir: string;
  /** Absolute. */
  readonly desksDir: string;
  readonly defaultDesk: string | undefined;
  readonly maxCalls: number;
  readonly publicHosts: readonly string[];
  /** How long a client may take to say what it wants. */
  readonly headersWithinMs: number;
  /** How calls of pages come in. */
  readonly browser: BrowserSettings;
  /** What may be dialled, when and how often. */
  readonly dial: DialPolicy;
  /** Names that carriers call this server by. */
  readonly carrierHosts: readonly string[];
  /** `null`: no number of a Twilio account rings here. */
  readonly twilio: TwilioSettings | null;
  /** `null`: no number of a Telnyx account rings here. */
  readonly telnyx: TelnyxSettings | null;
  /** `null`: no number of a Vonage application rings here. */
  readonly vonage: VonageSettings | null;
  /** `null`: no telephone calls come by SIP. */
  readonly sip: SipSettings | null;
  /** What callers, pages and carriers may take up. */
  readonly limits: LimitSettings;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/**
 * Reads the environment: the only place that does. An empty variable counts as not set.
 *
 * @throws SwitchboardError config_invalid, naming the variable and what it must be.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SwitchboardError(
      'config_invalid',
      `The environment variable ${String(issue?.path[0])} ${issue?.message ?? 'is not usable'}.`,
    );
  }
  const values = parsed.data;
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    remoteEngine: remoteEngine(values),
    textModel: textModel(values),
    engine: engineChoices(values),
    databaseUrl: values.DATABASE_URL,
    dataDir: resolve(values.SWITCHBOARD_DATA_DIR),
    cacheDir: resolve(values.SWITCHBOARD_CACHE_DIR),
    desksDir: resolve(values.SWITCHBOARD_DESKS_DIR),
    defaultDesk: values.SWITCHBOARD_DESK,
    maxCalls: values.SWITCHBOARD_MAX_CALLS,
    publicHosts: Object.freeze(
      listed(values.SWITCHBOARD_PUBLIC_HOSTS).map((name) => name.toLowerCase()),
    ),
    headersWithinMs: values.SWITCHBOARD_HEADERS_WITHIN_MS,
    browser: browserSettings(values),
    dial: dialPolicy(values),
    carrierHosts: publicHost(values.PUBLIC_URL),
    twilio: twilioSettings(values),
    telnyx: telnyxSettings(values),
    vonage: vonageSettings(values),
    sip: sipSettings(values, remoteEngine(values)),
    limits: limitSettings(values),
    logLevel: values.LOG_LEVEL,
  });
}

function engineChoices(values: z.infer<typeof environment>): EngineChoices {
  const model = textModel(values);
  return Object.freeze<EngineChoices>({
    ears: speechPart(values.SWITCHBOARD_EARS, 'pocketsphinx', {
      url: values.SWITCHBOARD_STT_URL,
      urlName: 'SWITCHBOARD_STT_URL',
      model: values.SWITCHBOARD_STT_MODEL,
      apiKey: values.SWITCHBOARD_STT_KEY ?? '',
      more: { language: values.SWITCHBOARD_STT_LANGUAGE },
    }),
    mind: model
      ? {
          kind: 'endpoint',
          ...model,
          fallback: values.SWITCHBOARD_LLM_FALLBACK,
          timeoutMs: values.SWITCHBOARD_LLM_TIMEOUT_MS,
          contextTokens: values.SWITCHBOARD_LLM_CONTEXT,
        }
      : { kind: 'offline' },
    mouth: speechPart(values.SWITCHBOARD_MOUTH, 'flite', {
      url: values.SWITCHBOARD_TTS_URL,
      urlName: 'SWITCHBOARD_TTS_URL',
      model: values.SWITCHBOARD_TTS_MODEL,
      apiKey: values.SWITCHBOARD_TTS_KEY ?? '',
      more: {},
    }),
    modelsDir: resolve(values.SWITCHBOARD_MODELS_DIR),
    maxSessions: values.SWITCHBOARD_ENGINE_MAX_SESSIONS,
    webrtc: {
      port: values.SWITCHBOARD_ENGINE_UDP_PORT,
      announce: [...browserSettings(values).webrtcAddresses],
    },
  });
}

function speechPart<Own extends string, More extends object>(
  name: string,
  own: Own,
  at: {
    readonly url: string | undefined;
    readonly urlName: string;
    readonly model: string;
    readonly apiKey: string;
    /** What an endpoint of this part is told besides. */
    readonly more: More;
  },
):
  | { kind: Own }
  | { kind: 'model'; name: string }
  | ({ kind: 'endpoint'; url: string; model: string; apiKey: string } & More) {
  if (name === own) return { kind: own };
  if (name !== 'endpoint') return { kind: 'model', name };
  const { url, urlName, model, apiKey, more } = at;
  if (url === undefined) {
    throw new SwitchboardError(
      'config_invalid',
      `The environment variable ${urlName} must be set, because an endpoint is asked for.`,
    );
  }
  return { kind: 'endpoint', url, model, apiKey, ...more };
}

function textModel(values: z.infer<typeof environment>): TextModelEndpoint | null {
  const { SWITCHBOARD_LLM_URL: url, SWITCHBOARD_LLM_MODEL: model } = values;
  if (url === undefined) return null;
  if (model === undefined) {
    const message =
      'The environment variable SWITCHBOARD_LLM_MODEL must name a model, because SWITCHBOARD_LLM_URL is set.';
    throw new SwitchboardError('config_invalid', message);
  }
  return Object.freeze({ url, model, apiKey: values.SWITCHBOARD_LLM_KEY ?? '' });
}

function remoteEngine(values: z.infer<typeof environment>): EngineEndpoint | null {
  if (!values.OPENAI_API_KEY && !values.OPENAI_BASE_URL) return null;
  const url = new URL(values.OPENAI_BASE_URL ?? 'https://api.openai.com/v1');
  const kind = url.hostname === 'api.openai.com' ? 'openai' : 'compatible';
  url.protocol = url.protocol.replace('http', 'ws');
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = path.endsWith('/realtime') ? path : `${path}/realtime`;
  return Object.freeze({
    kind,
    url: url.href,
    apiKey: values.OPENAI_API_KEY ?? '',
    model: values.OPENAI_REALTIME_MODEL,
  });
}
