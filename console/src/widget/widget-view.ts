import type { Levels } from '../audio/sound.ts';
import type { DeviceKind } from '../audio/devices.ts';
import type { CallState } from '../call/call-state.ts';
import { sayOutcome, sayStep, sayWho } from '../words/say.ts';
import { element, icon, paths, say, set } from './element.ts';
import { createMeters } from './meters.ts';
import { createDevices, createKeypad } from './more.ts';
import type { WidgetSettings } from './settings.ts';
import { createTurns } from './turns.ts';

/** What the visitor does. */
export interface WidgetActions {
  call(): void;
  hangUp(): void;
  say(text: string): void;
  press(key: string): void;
  mute(isMuted: boolean): void;
  choose(kind: DeviceKind, id: string): void;
  unblock(): void;
  levels(): Levels;
}

/** The button and the panel behind it, as elements of a shadow root. */
export interface WidgetView {
  readonly nodes: readonly Node[];
  render(state: CallState): void;
}

/** @param options.title of the desk */
export function createView(options: {
  readonly settings: WidgetSettings;
  readonly title: string;
  readonly actions: WidgetActions;
}): WidgetView {
  const { settings, actions } = options;
  const { words } = settings;
  let state: CallState | null = null;
  let isOpen = false;
  let more: 'keypad' | 'devices' | null = null;

  const launcherText = element('span', {}, settings.label);
  const launcher = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-expanded': 'false' },
    icon(paths.phone),
    launcherText,
  );
  const minimise = square(words.minimise, paths.minimise);
  const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
  const who = element('strong');
  const step = element('span', { role: 'status' });
  const meters = createMeters(actions.levels);
  const stateLine = element(
    'div',
    { class: 'state' },
    dot,
    element('span', {}, who, step),
    meters.node,
  );
  const notice = element('div', { class: 'notice', role: 'alert', hidden: true });
  const turn = element('button', { type: 'button' }, words.turnItOn);
  const soundOff = element(
    'div',
    { class: 'notice', role: 'alert', hidden: true },
    words.soundIsOff,
    element('br'),
    turn,
  );
  const turns = createTurns(words);
  const outcome = element('p', { class: 'outcome', role: 'status', hidden: true });
  const keypad = createKeypad(words, actions.press);
  const devices = createDevices(words, actions.choose);
  const input = element('input', {
    'aria-label': words.type,
    placeholder: words.typeHere,
    maxlength: '2000',
    autocomplete: 'off',
  });
  const form = element('form', {}, input, element('button', { type: 'submit' }, words.send));
  const mute = square(words.mute, paths.microphone);
  const keys = square(words.keypad, paths.keypad);
  keys.classList.add('dots');
  const sound = square(words.sound, paths.devices);
  const main = element('button', { type: 'button', class: 'main' });
  const panel = element(
    'section',
    { class: 'panel', role: 'dialog', 'aria-label': options.title, tabindex: '-1', hidden: true },
    element('header', {}, element('h2', {}, options.title), minimise),
    stateLine,
    notice,
    soundOff,
    turns.node,
    outcome,
    keypad.node,
    devices.node,
    form,
    element('div', { class: 'controls' }, mute, keys, sound, main),
  );

  const isOn = (): boolean => state?.phase === 'live' || state?.phase === 'connecting';

  function open(to: boolean): void {
    isOpen = to;
    panel.hidden = !to;
    launcher.hidden = to;
    set(launcher, { 'aria-expanded': String(to) });
    if (to) panel.focus();
    else launcher.focus();
    draw();
  }

  function toggle(panelOf: 'keypad' | 'devices'): void {
    more = more === panelOf ? null : panelOf;
    draw();
  }

  launcher.addEventListener('click', () => {
    open(true);
    if (!isOn()) actions.call();
  });
  minimise.addEventListener('click', () => open(false));
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') open(false);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    actions.say(text);
    input.value = '';
  });
  mute.addEventListener('click', () => actions.mute(!state?.sound.isMuted));
  keys.addEventListener('click', () => toggle('keypad'));
  sound.addEventListener('click', () => toggle('devices'));
  main.addEventListener('click', () => (isOn() ? actions.hangUp() : actions.call()));
  turn.addEventListener('click', actions.unblock);

  function draw(): void {
    if (!state) return;
    const { phase } = state;
    const isLive = phase === 'live';
    const now = sayStep(state.line, words);
    set(dot, { 'data-tone': now?.tone });
    say(who, sayWho(state, state.agentLabels, words) ?? '');
    say(step, now?.text ?? '');
    stateLine.hidden = now === null;
    set(stateLine, { 'data-line': state.line.name, 'data-way': wayOf(state) });
    meters.run(isOpen && isLive);

    const trouble = troubleOf(state);
    notice.hidden = trouble === null;
    say(notice, trouble ?? '');
    soundOff.hidden = !(isLive && state.sound.isBlocked);
    turns.render(state);
    outcome.hidden = state.outcome === null;
    say(outcome, state.outcome ? sayOutcome(state.outcome, words) : '');

    const shown = !isLive ? null : state.keysWanted ? 'keypad' : more;
    keypad.render(shown === 'keypad', state);
    devices.render(shown === 'devices', state.sound);
    form.hidden = !isLive || shown !== null; // a phone has no room for both
    for (const button of [mute, keys, sound]) button.hidden = !isLive;
    const { isMuted } = state.sound;
    press(mute, isMuted, isMuted ? words.unmute : words.mute);
    mute.replaceChildren(icon(isMuted ? paths.muted : paths.microphone));
    mute.disabled = state.sound.refusal !== null;
    press(keys, shown === 'keypad', words.keypad);
    press(sound, shown === 'devices', words.sound);
    const callAgain = phase === 'ended' ? words.callAgain : words.call;
    say(main, isOn() ? (isLive ? words.hangUp : words.cancel) : callAgain);
    set(main, { 'data-role': isOn() ? 'hang-up' : 'call' });
    say(launcherText, isOn() ? words.showCall : settings.label);
  }

  function troubleOf({ sound: { refusal }, deafness }: CallState): string | null {
    if (deafness) return deafness.note ?? words.deaf;
    return refusal && words.refusal[refusal];
  }

  return {
    nodes: [panel, launcher],
    render(next) {
      // A call that is gone on with on another page of the site shows itself.
      const hasBegun = next.phase === 'connecting' && !isOn();
      state = next;
      if (hasBegun && !isOpen) open(true);
      else draw();
    },
  };
}

function wayOf({ line }: CallState): string | undefined {
  return 'way' in line ? line.way : undefined;
}

function square(label: string, path: string): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: 'square', 'aria-label': label, title: label },
    icon(path),
  );
}

function press(button: HTMLButtonElement, isOn: boolean, label: string): void {
  set(button, { 'aria-pressed': String(isOn), 'aria-label': label, title: label });
}
