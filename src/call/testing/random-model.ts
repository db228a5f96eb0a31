import type { ActPlan, CallPlan } from './call-plan.ts';
import type { ModelAct, PlayedModel, SessionTool } from './model-engine.ts';
import { agentName } from './random-desk.ts';

/** Does what a plan says, with the names that its session has. */
export interface RandomModel extends PlayedModel {
  resolve(act: ActPlan): ModelAct;
  /** From now on it speaks, and every session is acknowledged. */
  calmDown(): void;
}

/** @returns the model of a call. */
export function randomModel(plan: CallPlan): RandomModel {
  let responses = 0;
  let sessions = 0;
  let calm = false;
  let tools: readonly SessionTool[] = [];
  let payment: { readonly act: ModelAct; readonly read: boolean } | null = null;
  const everybodys = plan.desk.agents.flatMap((_, index) => {
    const name = agentName(index);
    return [`transfer_to_${name}`, `write_${name}`, `pay_${name}`, `go_back`, `end_call`];
  });
  const namesOf = (of: Extract<ActPlan, { act: 'call' }>['of']): readonly string[] => {
    switch (of) {
      case 'current':
        return tools.map(({ name }) => name);
      case 'transfer':
        return namesOf('current').filter((name) => /^(?:transfer_to_|go_back|move_)/.test(name));
      case 'pay':
        return namesOf('current').filter((name) => name.startsWith('pay_'));
      case 'any agent':
        return everybodys;
      case 'nobody':
        return ['transfer_to_nobody', 'run_shell'];
    }
  };
  const resolve = (act: ActPlan): ModelAct => {
    if (act.act === 'pause') return 'pause';
    if (act.act === 'say') return { say: 'Something is said.', ms: act.ms };
    const names = namesOf(act.of);
    const call = names[act.pick % Math.max(1, names.length)] ?? 'transfer_to_nobody';
    const schema = tools.find(({ name }) => name === call)?.parameters;
    return { call, arguments: argumentsOf(schema, act), twice: act.twice };
  };
  /** Says what was read back to it, then calls the tool again. */
  const paying = (): readonly ModelAct[] | null => {
    if (!payment) return null;
    const { act, read } = payment;
    payment = read ? null : { act, read: true };
    return read ? [act] : [{ say: 'Shall I?', ms: 200 }];
  };
  return {
    resolve,
    calmDown: () => void (calm = true),
    acknowledges: () => calm || !plan.unacknowledged.includes(sessions++),
    respond(given) {
      tools = given;
      // The greeting is not the model's to leave out.
      const payingNow = calm ? null : paying();
      if (payingNow) return payingNow;
      const planned = responses === 0 ? undefined : plan.responses[responses - 1];
      responses++;
      if (calm || planned === undefined) return [{ say: 'How can I help?', ms: 200 }];
      const response = planned.map(resolve);
      const pays = response.find(
        (act) => typeof act === 'object' && 'call' in act && act.call.startsWith('pay_'),
      );
      if (plan.readsBack && pays) payment = { act: pays, read: false };
      return response;
    },
  };
}

function argumentsOf(
  schema: SessionTool['parameters'] | undefined,
  act: Extract<ActPlan, { act: 'call' }>,
): string {
  switch (act.arguments) {
    case 'not JSON':
      return '{"reason":';
    case 'empty':
      return '{}';
    case 'bad':
      return JSON.stringify({ reason: 7, what: 'three', topic: 'z' });
    case 'good': {
      const fields = Object.entries(schema?.properties ?? {}).map(([name, field]) => {
        if (field.enum) return [name, field.enum[act.pick % 4 === 0 ? 1 : 0]];
        return [name, field.type === 'string' ? 'because' : act.pick];
      });
      return JSON.stringify(Object.fromEntries(fields));
    }
  }
}
