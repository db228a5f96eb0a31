import { describe, expect, it } from 'vitest';
import { AudioPiece } from '../../audio/index.ts';
import type { Desk } from '../../desk/index.ts';
import { fakeOperators } from '../../testing/fake-operators.ts';
import { memoryNoteStore, memoryServices } from '../../testing/memory-services.ts';
import type { CallServices } from '../ports.ts';
import {
  harness,
  quiet,
  until,
  type CallHarness,
  type HarnessOptions,
} from '../testing/call-harness.ts';
import type { ScriptedPart } from '../testing/scripted-engine.ts';
import { outputs } from '../testing/tool-call.ts';

/** The test desk, whose triage may bring in people. */
function withTeam(desk: Desk): Desk {
  const { triage } = desk.agents;
  if (!triage) throw new Error('no triage');
  return {
    ...desk,
    agents: { ...desk.agents, triage: { ...triage, handoffs: ['billing', 'team'] } },
    people: { team: { label: 'Practice team', handoffDescription: 'A person.' } },
  };
}

const toTeam: ScriptedPart = {
  call: 'transfer_to_team',
  arguments: '{"reason":"a complaint"}',
  callId: 'c1',
};

/** A call whose agent asks for a person at once. */
const asked = (
  services: Partial<CallServices>,
  options: Pick<HarnessOptions, 'desk' | 'script'> = {},
): Promise<CallHarness> =>
  harness({
    script: options.script ?? [[toTeam], []],
    desk: (desk) => (options.desk ?? ((same) => same))(withTeam(desk)),
    call: { services: memoryServices(services) },
  });

/** A call that an operator has taken. */
async function taken(options: Parameters<typeof asked>[1] = {}) {
  const operators = fakeOperators();
  const h = await asked({ operators }, options);
  await until(() => operators.isAsked(), 'the offer');
  const robin = operators.accept();
  await until(() => outputs(h).length > 0, 'the answer');
  return { h, operators, robin };
}

describe('a caller who waits for a person', () => {
  it('hears so in the agent’s voice, beside the conversation', async () => {
    const operators = fakeOperators();
    await using h = await asked({ operators });
    await until(() => operators.isAsked());
    h.clock.advance(1_200);
    await until(() => h.session.of('response.create').length === 2, 'the hold phrase');
    expect(h.session.of('response.create').at(-1)?.response).toMatchObject({
      conversation: 'none',
      instructions: expect.stringContaining('I am seeing whether somebody is free') as string,
    });
    expect(outputs(h)).toEqual([]);
    operators.decline();
    await until(() => outputs(h).length === 1);
  });
});

describe('a person who takes the caller', () => {
  it('is told who is calling and why; the agent falls silent', async () => {
    const { h, operators } = await taken();
    await using _ = h;
    await quiet(h);
    expect(operators.offers).toMatchObject([
      {
        callId: h.call.id,
        queue: 'team',
        packet: { reason: 'a complaint' },
        briefing: 'Caller: not verified.\nWants: a complaint\nSpoke with: Triage',
        customer: null,
      },
    ]);
    expect(outputs(h)).toEqual([{ assistant: 'Practice team', person: true }]);
    expect(h.session.of('response.create')).toHaveLength(1); // the greeting's
    expect(h.status()).toBe('team listening, caller silent');
    expect((await h.trail()).slice(2)).toMatchObject([
      { type: 'handoff.requested', from: 'triage', to: 'team', packet: { reason: 'a complaint' } },
      { type: 'person.requested', from: 'triage', queue: 'team', functionCallId: 'c1' },
      { type: 'person.accepted', queue: 'team', operator: 'Robin', waitedMs: 0 },
    ]);
  });

  it('hears the caller in place of the engine, and is heard', async () => {
    const { h, robin } = await taken();
    await using _ = h;
    await quiet(h);
    const before = h.session.audioFrameBytes.length;
    h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(2_400).fill(7)));
    robin.say(new Int16Array(4_800));
    await quiet(h);
    expect(robin.heard()).toEqual(new Int16Array(2_400).fill(7));
    expect(h.session.audioFrameBytes).toHaveLength(before);
    expect(h.leg.queuedMs()).toBe(200);
    expect(h.status()).toBe('team speaking, caller silent');
  });

  it('is not spoken over: what the agent says is cut, and what it begins is cancelled', async () => {
    const operators = fakeOperators();
    const speaking: ScriptedPart = { say: 'One moment.', ms: 900, itemId: 'i1', open: true };
    await using h = await asked({ operators }, { script: [[toTeam]] });
    await until(() => operators.isAsked());
    h.session.respond([speaking]);
    await until(() => h.leg.queuedMs() === 900);
    operators.accept();
    await until(() => h.session.of('response.cancel').length === 1);
    expect(h.leg.queuedMs()).toBe(0);
    expect(h.session.of('input_audio_buffer.clear')).toHaveLength(1);
    await quiet(h);
    h.session.respond([{ say: 'And another thing.', ms: 700, itemId: 'i2' }]);
    await until(() => h.session.of('response.cancel').length === 2);
    await quiet(h);
    expect(h.leg.playedItems).toEqual(['i1']);
    expect(await h.types()).not.toContain('audio.interrupted');
  });

  it('does not get what the caller types, nor does the engine', async () => {
    const { h } = await taken();
    await using _ = h;
    await quiet(h);
    const before = h.session.received.length;
    h.call.type('hello?');
    await quiet(h);
    expect(h.session.received).toHaveLength(before);
  });

  it('keeps the caller though the API asks for another agent, who would be spoken over', async () => {
    const { h } = await taken();
    await using _ = h;
    expect(await h.call.handOff('billing', { reason: 'an invoice' })).toMatchObject({
      ok: false,
      code: 'handed_over',
    });
    await quiet(h);
    expect((await h.types()).at(-1)).toBe('person.accepted');
    expect(h.status()).toMatch(/^team /);
  });

  it('hands back to the agent who asked, who goes on by itself', async () => {
    const { h, robin } = await taken();
    await using _ = h;
    robin.leave({ handBack: true });
    await until(() => h.session.of('response.create').length === 2);
    expect(h.session.of('conversation.item.create').at(-1)).toMatchObject({
      item: {
        role: 'system',
        content: [{ text: expect.stringContaining('Practice team has spoken with') as string }],
      },
    });
    await quiet(h);
    expect((await h.trail()).slice(-2)).toMatchObject([
      { type: 'person.left', queue: 'team', operator: 'Robin', to: 'triage' },
      { type: 'agent.started', agent: 'triage' },
    ]);
    const before = h.session.audioFrameBytes.length;
    h.call.hearCaller(AudioPiece.ofSamples(new Int16Array(2_400)));
    await until(() => h.session.audioFrameBytes.length > before, 'the engine to hear again');
    expect(h.status()).toMatch(/^triage /);
  });

  it('ends the call, if they like', async () => {
    const { h, robin } = await taken();
    await using _ = h;
    robin.leave({ handBack: false });
    expect(await h.call.ended).toMatchObject({ reason: 'person_ended' });
    expect((await h.types()).slice(-2)).toEqual(['person.left', 'call.ended']);
  });

  it('is let go when the caller hangs up', async () => {
    const { h, robin } = await taken();
    await using _ = h;
    h.call.hangUp();
    expect(await h.call.ended).toMatchObject({ reason: 'caller_hung_up' });
    expect(robin.isHungUp()).toBe(true);
  });

  it('owes no opening turn for an agent who had said nothing before', async () => {
    const operators = fakeOperators();
    const toBilling: ScriptedPart = {
      call: 'transfer_to_billing',
      arguments: '{"reason":"invoice"}',
      callId: 'c0',
    };
    await using h = await asked(
      { operators },
      {
        script: [[toBilling], [toTeam], [{ say: 'Back with you.', ms: 300, itemId: 'i1' }]],
        desk: (desk) => {
          const { billing } = desk.agents;
          if (!billing) throw new Error('no billing');
          return {
            ...desk,
            agents: { ...desk.agents, billing: { ...billing, handoffs: ['team'] } },
          };
        },
      },
    );
    await until(() => operators.isAsked());
    const robin = operators.accept();
    await until(() => outputs(h).length === 2);
    await quiet(h);
    const before = h.session.received.length;
    h.clock.advance(30_000);
    await quiet(h);
    expect(h.session.received).toHaveLength(before);
    robin.leave({ handBack: true });
    await until(() => h.leg.queuedMs() === 300);
    expect(await h.types()).not.toContain('engine.failed');
    expect(await h.types()).not.toContain('handoff.opened');
    expect(h.status()).toMatch(/^billing /);
  });

  it('counts as a handoff in the hop budget', async () => {
    const { h, robin } = await taken({
      desk: (desk) => ({ ...desk, limits: { ...desk.limits, maxHops: 1 } }),
      script: [[toTeam], [{ ...toTeam, callId: 'c2' }], []],
    });
    await using _ = h;
    robin.leave({ handBack: true });
    await until(() => outputs(h).length === 2);
    expect(outputs(h)[1]).toMatchObject({ code: 'hop_budget', refused: true });
  });
});

describe('when nobody takes the caller', () => {
  it('the agent has them back, says so, and offers what it can', async () => {
    const operators = fakeOperators({ decide: () => 'decline' });
    await using h = await asked({ operators });
    await until(() => h.session.of('response.create').length === 2);
    expect(outputs(h)).toEqual([
      {
        error: 'Nobody can take your call at the moment.',
        code: 'declined',
        offer: ['request_callback', 'leave_message'],
      },
    ]);
    expect((await h.types()).slice(2)).toEqual([
      'handoff.requested',
      'person.requested',
      'person.declined',
    ]);
    expect(h.status()).toMatch(/^triage /);
  });

  it('a callback is stored, once, though the engine delivers the call twice (F6)', async () => {
    const notes = memoryNoteStore();
    const callback: ScriptedPart = {
      call: 'request_callback',
      arguments: '{"phone":"07700 900123","when":"tomorrow morning"}',
      callId: 'c2',
    };
    await using h = await asked({ operators: null, notes }, { script: [[toTeam], [callback], []] });
    await until(() => outputs(h).length === 2);
    h.session.finish();
    h.session.respond([callback]);
    await quiet(h);
    expect(outputs(h)[1]).toMatchObject({ noted: 'callback' });
    expect(notes.left).toMatchObject([
      { kind: 'callback', phone: '07700 900123', queue: 'team', callId: h.call.id },
    ]);
  });
});

describe('A50: "transfer me to +1-900…"', () => {
  it.each([
    ['a number beside the packet', '{"reason":"help","phone":"+19005550100"}'],
    ['a target beside the packet', '{"reason":"help","number":"+19005550100","to":"+19005550100"}'],
  ])('refuses %s, and asks nobody', async (_title, text) => {
    const operators = fakeOperators();
    await using h = await asked({ operators }, { script: [[{ ...toTeam, arguments: text }], []] });
    await until(() => outputs(h).length === 1);
    expect(outputs(h)).toEqual([
      expect.objectContaining({ error: 'I did not get all of that right.' }),
    ]);
    expect(operators.offers).toEqual([]);
    expect(await h.types()).not.toContain('handoff.requested');
  });

  it.each(['transfer_to_19005550100', 'transfer_to_+1-900-555-0100', 'dial'])(
    'has no tool %s',
    async (name) => {
      const operators = fakeOperators();
      await using h = await asked({ operators }, { script: [[{ ...toTeam, call: name }], []] });
      await until(() => outputs(h).length === 1);
      expect(outputs(h)).toEqual([expect.objectContaining({ error: 'I cannot do that here.' })]);
      expect(operators.offers).toEqual([]);
    },
  );

  it('shows no agent a place for a number but the one that is only written down', async () => {
    await using h = await asked({ operators: fakeOperators() });
    const [update] = h.session.of('session.update').slice(-1);
    const tools = (update?.session.tools ?? []) as readonly {
      readonly name: string;
      readonly parameters: { readonly properties?: Readonly<Record<string, unknown>> };
    }[]; // function tools are all we send
    const withNumber = tools.filter(({ parameters }) =>
      Object.keys(parameters.properties ?? {}).some((name) => /phone|number|dial|to$/.test(name)),
    );
    expect(withNumber.map(({ name }) => name)).toEqual(['request_callback']);
  });
});
