import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

describe('readSettings', () => {
  it('works with nothing set', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 8080, remoteEngine: null });
    expect(settings.dataDir).toMatch(/\.switchboard\/data$/);
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('takes an empty variable as not set', () => {
    expect(readSettings({ PORT: '', OPENAI_API_KEY: ' ' })).toMatchObject({
      port: 8080,
      remoteEngine: null,
    });
  });

  it.each([
    ['PORT', 'eighty', 'The environment variable PORT must be a whole number from 0 to 65535.'],
    ['PORT', '70000', 'The environment variable PORT must be a whole number from 0 to 65535.'],
    ['OPENAI_BASE_URL', 'ftp://x', 'OPENAI_BASE_URL must be an http(s) or ws(s) address'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must start with postgres://'],
    ['SWITCHBOARD_LLM_URL', 'localhost', 'SWITCHBOARD_LLM_URL must be an http or https address'],
    ['SWITCHBOARD_LLM_URL', 'http://127.0.0.1:1/v1', 'SWITCHBOARD_LLM_MODEL must name a model'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be debug, info, warn, error or silent'],
    ['SWITCHBOARD_MAX_BUFFERED_BYTES', '10', 'must be a whole number from 65536 to 67108864.'],
    ['SWITCHBOARD_CARRIER_TOKEN_MS', '1e9', 'must be a whole number from 1000 to 600000.'],
    ['SWITCHBOARD_DIAL_PREFIXES', '44', 'SWITCHBOARD_DIAL_PREFIXES'],
    ['TWILIO_NUMBER', '02079460000', 'must be a number such as +442079460000'],
  ])('names %s=%s in one line', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining(message) as unknown,
      }),
    );
  });

  const twilio = { TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' };
  const telnyx = { TELNYX_PUBLIC_KEY: `${'a'.repeat(43)}=` };
  const vonage = { VONAGE_SIGNATURE_SECRET: 'a secret of theirs' };

  it.each([
    ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID', { ...twilio, TWILIO_AUTH_TOKEN: '' }],
    ['PUBLIC_URL', 'TWILIO_ACCOUNT_SID', twilio],
    ['PUBLIC_URL', 'TELNYX_PUBLIC_KEY', telnyx],
    ['PUBLIC_URL', 'VONAGE_SIGNATURE_SECRET', vonage],
  ])('asks for %s when %s is set', (name, because, set) => {
    expect(() => readSettings(set)).toThrow(`${name} must be set, because ${because} is.`);
  });

  it('opens the carriers that are set up, under one address', () => {
    const none = { twilio: null, telnyx: null, vonage: null, sip: null, carrierHosts: [] };
    expect(readSettings({})).toMatchObject(none);
    const all = readSettings({
      ...{ ...twilio, ...telnyx, ...vonage, PUBLIC_URL: 'https://Line.example.com/calls/' },
      VONAGE_RETURN_WITHIN_MS: '5000',
    });
    const publicUrl = 'https://Line.example.com/calls';
    expect(all).toMatchObject({
      twilio: { publicUrl, number: null, returnWithinMs: 20_000 },
      telnyx: { publicUrl, apiKey: null, returnWithinMs: 20_000 },
      vonage: { publicUrl, returnWithinMs: 5_000 },
      carrierHosts: ['line.example.com'],
    });
  });

  it('goes to OpenAI with a key', () => {
    expect(readSettings({ OPENAI_API_KEY: 'sk-1' }).remoteEngine).toEqual({
      kind: 'openai',
      url: 'wss://api.openai.com/v1/realtime',
      apiKey: 'sk-1',
      model: 'gpt-realtime',
    });
  });

  it('consults no text model unless one is named', () => {
    expect(readSettings({}).textModel).toBeNull();
    const set = {
      SWITCHBOARD_LLM_URL: 'http://127.0.0.1:11434/v1',
      SWITCHBOARD_LLM_MODEL: 'small',
    };
    expect(readSettings(set).textModel).toEqual({
      url: 'http://127.0.0.1:11434/v1',
      model: 'small',
      apiKey: '',
    });
    expect(readSettings({ ...set, SWITCHBOARD_LLM_KEY: 'k' }).textModel).toMatchObject({
      apiKey: 'k',
    });
  });

  it('lets the embedded engine hear with a pulled model or a server', () => {
    const earsOf = (set: Record<string, string>) => readSettings(set).engine.ears;
    expect(earsOf({})).toEqual({ kind: 'pocketsphinx' });
    expect(earsOf({ SWITCHBOARD_EARS: 'moonshine-tiny-en' })).toEqual({
      kind: 'model',
      name: 'moonshine-tiny-en',
    });
    const set = { SWITCHBOARD_EARS: 'endpoint', SWITCHBOARD_STT_URL: 'http://127.0.0.1:1/v1' };
    expect(earsOf({ ...set, SWITCHBOARD_STT_LANGUAGE: 'de' })).toEqual({
      kind: 'endpoint',
      url: 'http://127.0.0.1:1/v1',
      model: 'whisper-1',
      apiKey: '',
      language: 'de',
    });
    expect(() => earsOf({ SWITCHBOARD_EARS: 'endpoint' })).toThrow('SWITCHBOARD_STT_URL');
    expect(() => earsOf({ ...set, SWITCHBOARD_STT_LANGUAGE: 'English' })).toThrow(
      'SWITCHBOARD_STT_LANGUAGE',
    );
  });

  it('bounds the sessions of the embedded engine', () => {
    expect(readSettings({}).engine.maxSessions).toBe(64);
    const set = { SWITCHBOARD_ENGINE_MAX_SESSIONS: '200' };
    expect(readSettings(set).engine.maxSessions).toBe(200);
  });

  it('gives the embedded engine the same model to think with', () => {
    expect(readSettings({}).engine.mind).toEqual({ kind: 'offline' });
    const set = { SWITCHBOARD_LLM_URL: 'http://127.0.0.1:1/v1', SWITCHBOARD_LLM_MODEL: 'small' };
    const mind = { kind: 'endpoint', url: 'http://127.0.0.1:1/v1', model: 'small', apiKey: '' };
    expect(readSettings(set).engine.mind).toEqual({
      ...mind,
      ...{ fallback: 'sentence', timeoutMs: 8_000, contextTokens: 8_192 },
    });
    const more = {
      SWITCHBOARD_LLM_FALLBACK: 'offline',
      SWITCHBOARD_LLM_TIMEOUT_MS: '20000',
      SWITCHBOARD_LLM_CONTEXT: '4096',
    };
    expect(readSettings({ ...set, ...more }).engine.mind).toEqual({
      ...mind,
      ...{ fallback: 'offline', timeoutMs: 20_000, contextTokens: 4_096 },
    });
  });

  it.each([
    ['http://127.0.0.1:9000/v1/', 'ws://127.0.0.1:9000/v1/realtime'],
    ['wss://voice.example/v1/realtime', 'wss://voice.example/v1/realtime'],
  ])('turns %s into a realtime address, key or not', (base, url) => {
    expect(readSettings({ OPENAI_BASE_URL: base }).remoteEngine).toMatchObject({
      kind: 'compatible',
      url,
    });
  });
});
