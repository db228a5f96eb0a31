import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { throughTelephone } from '../../audio/index.ts';
import { manualClock, silentLog } from '../../lib/index.ts';
import { cannotHear, installed as assets } from '../../testing/installed.ts';
import { earsContract, feed, silence, spokenFile } from './contract.ts';
import { createEars } from './ears.ts';
import { earsRateHz, type Ears, type Recognizer, type RecognizerContext } from './port.ts';

const root = join(import.meta.dirname, '../../..');
const create = (): Promise<Ears> => createEars({ assets, log: silentLog });
const read = (name: string): Int16Array => spokenFile(join(root, 'test', 'voices', `${name}.wav`));

const clinic: RecognizerContext = {
  instructions:
    'You answer for a clinic. Callers book an appointment or have a question about an invoice. ' +
    'Refunds and charges are yours too.',
  tools: [
    {
      name: 'request_refund',
      description: 'Asks for a refund of an invoice, for example one charged twice.',
      parameters: { type: 'object', properties: { invoice_id: { type: 'string' } } },
    },
  ],
};

/** One agent of several: what callers say who are for another has to be heard as well. */
const accounts: RecognizerContext = {
  instructions:
    'You answer for the accounts of a clinic. Ask for the number of the invoice, the name and the ' +
    'date of birth, and say the due date. There is free parking behind the building.',
  tools: [
    {
      name: 'verify_caller',
      description: 'Verify who is calling, by their full name and date of birth.',
      parameters: {
        type: 'object',
        properties: {
          name: { type: 'string', description: "The caller's full name" },
          date_of_birth: { type: 'string', format: 'date', description: 'Their date of birth' },
        },
      },
    },
    {
      name: 'lookup_invoice',
      description: 'Look up an invoice: its amount, its due date and its status.',
      parameters: { type: 'object', properties: { invoice_id: { type: 'string' } } },
    },
    {
      name: 'transfer_to_calendar',
      description: 'Hand the caller over for appointments: to book, find, move or cancel one.',
      parameters: { type: 'object', properties: { reason: { type: 'string' } } },
    },
  ],
};

it('says what is missing when the parts are not installed', async () => {
  const absent = {
    vadModel: null,
    pocketsphinx: null,
    wordVectors: null,
    notes: ['Hearing is off.'],
  };
  await expect(createEars({ assets: absent, log: silentLog })).rejects.toMatchObject({
    code: 'asset_missing',
    message: 'Hearing is off.',
  });
});

describe.skipIf(cannotHear)('installed ears', () => {
  earsContract('Silero and PocketSphinx', { speech: read('awb-second-one'), create });

  it('refuses a damaged model, which would end the process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-ears-test-'));
    try {
      const vadModel = join(folder, 'broken.onnx');
      writeFileSync(vadModel, 'not a model');
      await expect(
        createEars({ assets: { ...assets, vadModel }, log: silentLog }),
      ).rejects.toMatchObject({ code: 'asset_missing' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('with a clinic’s instructions', () => {
    let ears: Ears;
    let recognizer: Recognizer;
    beforeAll(async () => {
      // The audio comes all at once; by this clock no decoder is ever late for it.
      ears = await createEars({ assets, log: silentLog, clock: manualClock() });
      recognizer = await ears.recognizer();
      await recognizer.adapt(clinic);
    }, 60_000);
    afterAll(async () => {
      await recognizer[Symbol.asyncDispose]();
      await ears[Symbol.asyncDispose]();
    });

    const hear = async (
      samples: Int16Array,
      by = recognizer,
    ): Promise<{ text: string; confidence: number }> => {
      const turn = by.begin();
      for (let at = 0; at < samples.length; at += 512) turn.push(samples.subarray(at, at + 512));
      return turn.finish();
    };

    it.each([
      ['awb-invoice-question', 'hi i have a question about an invoice'],
      ['kal16-book-appointment', 'i would like to book an appointment'],
      ['awb-invoice-number', "it's one zero four two"],
      ['kal16-invoice-number', "it's one zero four two"],
      ['awb-ten-thirty-please', 'ten thirty please'],
      ['kal16-second-one', 'the second one'],
      ['awb-meant-friday', 'no sorry i meant friday'],
      ['kal16-refund-invoice', 'i want a refund for an invoice'],
      ['awb-goodbye', "that's all thank you goodbye"],
    ])('understands %s', { timeout: 20_000 }, async (name, text) => {
      const heard = await hear(read(name));
      expect(heard.text).toBe(text);
      expect(heard.confidence).toBeGreaterThan(0.6);
    });

    it.each([
      ['awb-change-booking', 'actually i need to change my booking'],
      ['kal16-change-booking', 'actually i need to change my booking'],
      ['awb-born-fifth-of-may', 'the fifth of may nineteen eighty two'],
      ['kal16-born-october', 'october twenty first nineteen seventy four'],
    ])(
      'understands %s at an agent who verifies callers',
      { timeout: 20_000 },
      async (name, text) => {
        await using other = await ears.recognizer();
        await other.adapt(accounts);
        expect(await hear(read(name), other)).toMatchObject({ text });
      },
    );

    it('knows the words soon after they were said, in the form that finished words have', async () => {
      const speech = read('awb-invoice-number');
      const partials: string[] = [];
      const turn = recognizer.begin({ onPartial: (text) => void partials.push(text) });
      for (let at = 0; at < speech.length; at += 512) turn.push(speech.subarray(at, at + 512));
      turn.push(silence(150));
      await vi.waitFor(() => expect(partials.at(-1)).toBe("it's one zero four two"), 5_000);
      turn.cancel();
    });

    it('listens for answers to what was asked, and hears other things all the same', async () => {
      await using plain = await ears.recognizer();
      await plain.adapt({ instructions: 'You sell tickets for the zoo.', tools: [] });
      const ask = async (name: string, asked: string): Promise<string> => {
        const turn = plain.begin({ asked });
        turn.push(read(name));
        return (await turn.finish()).text;
      };
      expect(await ask('kal-invoice-number', 'What is the number, please?')).toBe(
        "it's one zero four two",
      );
      expect(await ask('awb-yes-please', 'Is that right?')).toBe('yes please');
      expect(await ask('awb-ten-thirty-please', 'Is that right?')).toBe('ten thirty please');
    }, 30_000);

    it.each(['telephone', 'whole'] as const)(
      'hears over a telephone line what it hears beside it (%s band)',
      async (band) => {
        for (const [name, text] of [
          ['awb-born-fifth-of-may', 'the fifth of may nineteen eighty two'],
          ['awb-invoice-number', "it's one zero four two"],
          ['kal16-change-booking', 'actually i need to change my booking'],
        ] as const) {
          await using caller = await ears.recognizer({ line: 'telephone' });
          await caller.adapt(accounts);
          const heard = await hear(
            await throughTelephone(read(name), { rateHz: earsRateHz, band }),
            caller,
          );
          expect(heard).toMatchObject({ text });
        }
      },
      30_000,
    );

    it('notices whoever speaks by telephone after a long silence', async () => {
      const before = await throughTelephone(read('kal16-born-october'), { rateHz: earsRateHz });
      const missed: string[] = [];
      for (const name of ['kal16-goodbye', 'kal-goodbye', 'kal16-yes-please', 'awb-goodbye']) {
        const speech = await throughTelephone(read(name), { rateHz: earsRateHz });
        for (const pauseMs of [6_000, 9_010, 13_023, 17_007]) {
          using detector = ears.detector({ threshold: 0.55, silenceMs: 190 });
          feed(detector, [silence(1_000), before, silence(pauseMs)]);
          const found = feed(detector, [speech, silence(1_000)]);
          if (!found.some(({ type }) => type === 'started')) missed.push(`${name} ${pauseMs}`);
        }
      }
      expect(missed).toEqual([]);
    }, 30_000);

    it.each(['hum', 'noise'])(
      'takes %s for no speech and for no words',
      async (name) => {
        using detector = ears.detector({ threshold: 0.55, silenceMs: 500 });
        expect(feed(detector, [silence(1_000), read(name), silence(1_000)])).toEqual([]);
        const { text, confidence } = await hear(read(name));
        expect(text === '' || confidence < 0.3).toBe(true);
      },
      20_000,
    );
  });
});
