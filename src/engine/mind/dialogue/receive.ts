import type { Outcome } from '../outcome.ts';
import { participleOf } from '../phrasing/index.ts';
import { fits, isDictated, type Param, type Tool } from '../toolbox.ts';
import { advance, ask, chooseFrom, isLookupFor } from './advance.ts';
import { afterwards } from './afterwards.ts';
import { isTransferName } from './handovers.ts';
import { needed, proven, unproven } from './identity.ts';
import { notHandedOver, peopleIn, withLead } from './people.ts';
import { sharedParam } from './choosing.ts';
import {
  toolNamed,
  type Goal,
  type Listing,
  type PastCall,
  type Plan,
  type Scene,
  type State,
  type Step,
  type Values,
} from './state.ts';

/** A tool answered. */
export function receive(
  scene: Scene,
  before: State,
  about: { readonly call: PastCall; readonly outcome: Outcome },
): Step {
  const { call, outcome } = about;
  const tool = toolNamed(scene, call.name);
  const state: State = {
    ...before,
    sinceCaller: [...before.sinceCaller, call],
    known: { ...learned(before.known, tool, call), ...codesIn(scene, outcome) },
  };
  if (tool?.role === 'end' && outcome.kind !== 'error') return { state, plan: { do: 'silence' } };
  if (outcome.kind === 'handover') {
    // Once a person has had the caller, what was wanted has been talked about.
    const after: State = { ...state, goal: undefined, asked: { about: 'more' } };
    return { state: outcome.person ? after : state, plan: { do: 'silence' } };
  }
  if (outcome.kind === 'verified') return proven(scene, state, { call, name: outcome.name });
  if (outcome.kind === 'error' && (isTransferName(call.name) || isWay(tool)))
    return notHandedOver(scene, state, { tool: call.name, refused: outcome });
  const looked = state.goal;
  if (outcome.kind === 'error') {
    if (outcome.needs !== undefined) {
      const goal =
        tool && looked && isLookupFor(tool, looked) ? looked : goalOf(scene, state, call);
      return needed(scene, { ...state, goal }, outcome);
    }
    if (/^(?:not_matched|locked_out)$/.test(outcome.code))
      return unproven(
        scene,
        { ...state, goal: goalOf(scene, state, call) },
        { call, refused: outcome },
      );
  }
  if (tool && looked && isLookupFor(tool, looked)) {
    // Looked up for the sake of the goal: a refusal is about the goal, the facts are read back.
    if (outcome.kind === 'error')
      return failed(
        scene,
        { ...state, goal: looked },
        {
          call: { name: looked.tool, args: call.args },
          tool: toolNamed(scene, looked.tool),
          sentence: outcome.sentence,
        },
      );
    if (outcome.kind === 'facts')
      return advance(scene, { ...state, goal: { ...looked, readBack: outcome.facts } });
  }
  const goal = goalOf(scene, state, call);
  if (outcome.kind === 'confirm')
    return {
      state: {
        ...state,
        readsBack: true,
        goal: { ...goal, confirmed: true },
        asked: { about: 'confirm', call, sentence: outcome.sentence },
      },
      plan: { do: 'say', sentence: outcome.sentence, again: false },
    };
  if (outcome.kind === 'error' && outcome.code === 'tool_loop')
    return {
      state: { ...state, last: undefined, goal: undefined, asked: { about: 'more' } },
      plan: { do: 'fail', sentence: outcome.sentence },
    };
  if (outcome.kind === 'error')
    return failed(scene, { ...state, goal }, { call, tool, sentence: outcome.sentence });
  if (tool && outcome.kind === 'list')
    return listed(scene, { ...state, goal }, { call, tool, list: outcome });
  if (goal.then && tool && !tool.reads) {
    const step = advance(scene, { ...state, goal: goal.then, asked: { about: 'nothing' } });
    return { state: step.state, plan: withLead(step.plan, wasDone(tool.name)) };
  }
  if (outcome.kind === 'noted' && state.parked?.goal) {
    const { parked, ...rest } = state;
    const noted = `I have noted your ${outcome.what.replaceAll('_', ' ')}.`;
    const step = advance(scene, { ...rest, goal: parked.goal, asked: { about: 'nothing' } });
    return { state: step.state, plan: withLead(step.plan, noted) };
  }
  const listing = tool?.reads ? state.listing : undefined; // what was offered has been taken
  const recent = outcome.kind === 'facts' ? { tool: call.name, facts: outcome.facts } : undefined;
  const done: State = {
    ...state,
    failed: undefined,
    last: goal,
    goal: undefined,
    listing,
    recent: recent ?? state.recent,
    asked: { about: 'more' },
    offered: '',
  };
  return over(scene, done, {
    do: 'report',
    outcome,
    wrote: tool !== undefined && !tool.reads,
    by: call.name,
  });
}

/** A matter is over: its result is told, and what waits for its end goes on. */
function over(scene: Scene, state: State, plan: Extract<Plan, { do: 'report' }>): Step {
  const next = afterwards(scene, state);
  if (!next) return { state: { ...state, later: '' }, plan };
  return { state: next.state, plan: { ...plan, next: next.plan, why: next.why } };
}

const isWay = (tool: Tool | undefined): boolean =>
  tool?.role === 'transfer' || tool?.role === 'back';

/** `send_code` → `The code was sent.` */
function wasDone(name: string): string {
  const thing = name.split('_').slice(1).join(' ');
  const done = participleOf(name);
  return thing === '' || done === '' ? 'Done.' : `The ${thing} was ${done}.`;
}

/** The goal that a call serves; a call nobody planned becomes a goal of its own. */
function goalOf(scene: Scene, { goal }: State, call: PastCall): Goal {
  if (goal) {
    const main = toolNamed(scene, goal.tool);
    if (goal.tool === call.name) return { ...goal, values: { ...goal.values, ...call.args } };
    if (main?.params.some(({ source }) => source === call.name))
      return { ...goal, listValues: call.args };
  }
  return {
    tool: call.name,
    values: call.args,
    listValues: {},
    words: goal?.words ?? [],
    part: '',
    confirmed: false,
  };
}

function learned(known: Values, tool: Tool | undefined, call: PastCall): Values {
  const given =
    tool?.params.filter((param) => isDictated(param) && call.args[param.name] !== undefined) ?? [];
  return { ...known, ...Object.fromEntries(given.map(({ name }) => [name, call.args[name]])) };
}

/** Codes in a result that a tool here takes under the same name: what was just made may be changed. */
function codesIn(scene: Scene, outcome: Outcome): Values {
  if (outcome.kind !== 'facts') return {};
  const { facts } = outcome;
  const params = scene.tools.flatMap((tool) => tool.params);
  return Object.fromEntries(
    Object.entries(facts).filter(([key, value]) =>
      params.some((param) => param.name === key && isDictated(param) && fits(param, value)),
    ),
  );
}

function listed(
  scene: Scene,
  state: State & { readonly goal: Goal },
  about: {
    readonly call: PastCall;
    readonly tool: Tool;
    readonly list: Extract<Outcome, { kind: 'list' }>;
  },
): Step {
  const { call, tool } = about;
  // What was asked for says what the list is about, where the answer does not.
  const list = { ...about.list, common: { ...call.args, ...about.list.common } };
  const listing: Listing = { tool: call.name, args: call.args, list, chosen: undefined };
  if (list.offers.length === 0) {
    const open = tool.params.filter((param) => param.required && !isDictated(param));
    const param = open.find(({ kind }) => /^(?:date|moment|time)$/.test(kind)) ?? open[0];
    if (!param) return finished(scene, state, list);
    const cleared = without(state.goal, call.name, param);
    const asking = ask(
      { ...state, goal: cleared, listing: undefined },
      { tool: tool.name, param: param.name, lead: '' },
    );
    return { state: asking.state, plan: { do: 'report', outcome: list, wrote: false } };
  }
  const serves = state.goal.tool !== call.name;
  if (serves) return advance(scene, { ...state, listing });
  const takers = scene.tools.some(
    (one) =>
      one.params.some(({ source }) => source === call.name) ||
      sharedParam(one, listing, 0) !== undefined,
  );
  return takers
    ? chooseFrom(scene, { ...state, last: state.goal }, { listing, goal: state.goal })
    : finished(scene, { ...state, listing }, list);
}

const finished = (scene: Scene, state: State & { readonly goal: Goal }, outcome: Outcome): Step =>
  over(
    scene,
    { ...state, last: state.goal, goal: undefined, asked: { about: 'more' } },
    { do: 'report', outcome, wrote: false },
  );

/** A refusal is said; then the value that it was about is asked for again, if there is one. */
function failed(
  scene: Scene,
  before: State & { readonly goal: Goal },
  about: { readonly call: PastCall; readonly tool: Tool | undefined; readonly sentence: string },
): Step {
  const { call, tool, sentence } = about;
  const main = toolNamed(scene, before.goal.tool);
  const param = tool?.role === 'own' ? blamed(tool, call, sentence) : undefined;
  const times = (before.failed?.tool === call.name ? before.failed.times : 0) + 1;
  const state = { ...before, failed: { tool: call.name, times } };
  if (param && times >= mostRefusals) return stuck(scene, state, sentence);
  if (tool && param?.kind === 'choice') {
    const goal = { ...without(state.goal, call.name, param), words: [] };
    const step = advance(scene, { ...state, goal, listing: undefined });
    if (step.plan.do === 'call')
      return { state: step.state, plan: { ...step.plan, lead: sentence } };
    return {
      state: step.state,
      plan:
        step.plan.do === 'ask'
          ? { do: 'fail', sentence, ask: step.plan }
          : { do: 'fail', sentence },
    };
  }
  if (tool && param && main) {
    const asking = ask(
      {
        ...state,
        asked: { about: 'nothing' },
        goal: without(state.goal, call.name, param),
        listing: undefined,
      },
      { tool: tool.name, param: param.name, lead: '' },
    );
    return {
      state: { ...asking.state, offered: sentence },
      plan: { do: 'fail', sentence, ask: { tool: tool.name, param: param.name } },
    };
  }
  const after: State = { ...state, last: undefined, goal: undefined, asked: { about: 'more' } };
  const next = afterwards(scene, after);
  if (next) return { state: next.state, plan: withLead(next.plan, sentence) };
  return { state: after, plan: { do: 'fail', sentence } };
}

/** How often a tool may refuse before another way is offered. */
const mostRefusals = 3;

/** It does not go this way: a person may help, or the caller leaves it. */
function stuck(scene: Scene, state: State & { readonly goal: Goal }, sentence: string): Step {
  const notes = scene.tools.filter(({ name }) => /^(?:request_callback|leave_message)$/.test(name));
  const person = peopleIn(scene);
  const ways = person ? [person] : notes;
  const left: State = { ...state, goal: undefined, withdrawn: state.goal, failed: undefined };
  if (ways.length === 0)
    return {
      state: { ...left, asked: { about: 'more' } },
      plan: { do: 'after', sentence, plan: { do: 'more', lead: 'left' } },
    };
  return {
    state: { ...left, asked: { about: 'which', tools: ways.map(({ name }) => name), words: '' } },
    plan: { do: 'offer', sentence, tools: ways },
  };
}

/** The argument an error is about: one it quotes as unknown, one chosen from a list, or a search's own. */
function blamed(tool: Tool, call: PastCall, sentence: string): Param | undefined {
  const given = tool.params.filter(
    ({ name }) => call.args[name] !== undefined && call.args[name] !== null,
  );
  const unknown =
    /\b(?:no (?:such )?\w+(?: \w+){0,3}|not (?:be )?(?:found|known|exist)|unknown|doesn't exist|does not exist|cannot find|can't find|could not find|couldn't find|invalid|not valid)\b/i.test(
      sentence,
    );
  const settled = /\b(?:already|has been|nothing to|not been)\b/i.test(sentence);
  const quoted = given.find(({ name }) => sentence.includes(String(call.args[name])));
  if (quoted && unknown && !settled) return quoted;
  const choice = given.find(({ kind }) => kind === 'choice');
  if (
    choice &&
    /\b(?:taken|gone|time|available|free|passed|choose|another)\b/i.test(sentence) &&
    !(quoted && settled)
  )
    return choice;
  if (quoted || settled) return undefined;
  if (unknown) {
    const identifier = given.find(isDictated);
    if (identifier) return identifier;
  }
  const meant = given.filter(({ kind }) =>
    sayings.some(([kinds, said]) => kinds.test(kind) && said.test(sentence)),
  );
  const [only] = meant;
  if (!tool.reads && only) return only;
  return tool.reads
    ? given.find(({ kind }) => kind === 'date' || kind === 'moment' || kind === 'time')
    : undefined;
}

/** How a refusal speaks of a day or a time that will not do, the day first. */
const sayings: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:date|moment)$/,
    /\b(?:closed|(?:no|not|never|only|nothing|except)\b.*\b(?:on|at|days?|dates?)\b.*\b(?:\w+days?|weekends?|holidays?|date|day)|(?:that|this|another|different|which) (?:day|date)|in the past|fully booked|(?:is|are) full)\b/i,
  ],
  [
    /^(?:time|moment)$/,
    /\b(?:that|this|another|different|which) (?:time|hour)\b|\b(?:between|from|only|not|no) .*\d.*\b(?:and|to|until|till|before|after)\b|\b(?:earlier|later|too (?:early|late))\b/i,
  ],
];

function without(goal: Goal, tool: string, param: Param): Goal {
  const cut = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).filter(([name]) => name !== param.name));
  const { readBack: _stale, ...rest } = goal;
  return goal.tool === tool
    ? { ...rest, values: cut(goal.values), confirmed: false, part: '' }
    : { ...rest, listValues: cut(goal.listValues), part: '' };
}
