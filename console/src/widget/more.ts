import type { Device, DeviceKind } from '../audio/devices.ts';
import type { CallState, SoundState } from '../call/call-state.ts';
import type { Words } from '../words/words.ts';
import { element, say } from './element.ts';

/** The keys of a telephone. */
export interface KeypadView {
  readonly node: HTMLElement;
  render(isShown: boolean, state: CallState): void;
}

/** @param press told of each key */
export function createKeypad(words: Words, press: (key: string) => void): KeypadView {
  const names: Readonly<Record<string, string>> = { '*': words.star, '#': words.hash };
  const note = element('p', { class: 'keys-note', role: 'status' });
  const pressed = element('output', { 'aria-label': words.keysPressed });
  let isSecret = false;

  function hit(key: string): void {
    press(key);
    pressed.textContent = (pressed.textContent + (isSecret ? '•' : key)).slice(-24);
  }

  const keys = '123456789*0#'.split('').map((key) => {
    const button = element('button', { type: 'button', 'aria-label': names[key] ?? key }, key);
    button.addEventListener('click', () => hit(key));
    return button;
  });
  const node = element(
    'div',
    { class: 'more', role: 'group', 'aria-label': words.keypad, hidden: true },
    note,
    pressed,
    element('div', { class: 'keys' }, ...keys),
  );
  node.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (/^[\d*#]$/.test(key) && !ctrlKey && !metaKey && !altKey) hit(key);
  });
  return {
    node,
    render(isShown, { keysWanted, agentLabels }) {
      const isWanted = keysWanted !== null;
      if (!isShown || isSecret !== isWanted) pressed.textContent = '';
      isSecret = isWanted;
      node.hidden = !isShown;
      note.hidden = !keysWanted;
      if (!keysWanted) return;
      const agent = agentLabels[keysWanted.agent] ?? keysWanted.agent;
      say(note, words.asksForKeys(agent, keysWanted.prompt));
    },
  };
}

/** Which microphone hears the caller, and where the desk is heard. */
export interface DevicesView {
  readonly node: HTMLElement;
  render(isShown: boolean, sound: SoundState): void;
}

/** @param choose told of what is chosen */
export function createDevices(
  words: Words,
  choose: (kind: DeviceKind, id: string) => void,
): DevicesView {
  const microphone = choice(words.microphone, words.noMicrophone, (id) => choose('microphone', id));
  const speaker = choice(words.loudspeaker, words.systemsChoice, (id) => choose('speaker', id));
  const node = element(
    'div',
    { class: 'more', role: 'group', 'aria-label': words.sound, hidden: true },
    ...microphone.nodes,
    ...speaker.nodes,
  );
  return {
    node,
    render(isShown, sound) {
      node.hidden = !isShown;
      if (!isShown) return;
      microphone.render(sound.devices.microphones, sound.microphone);
      speaker.render(sound.devices.speakers, sound.speaker);
    },
  };
}

function choice(name: string, none: string, choose: (id: string) => void) {
  // Ids inside a shadow root are its own.
  const select = element('select', { id: name });
  let listed: readonly Device[] | null = null;
  select.addEventListener('change', () => choose(select.value));
  return {
    nodes: [element('label', { for: name }, name), select],
    render(devices: readonly Device[], chosen: string | undefined): void {
      if (listed !== devices) {
        listed = devices;
        const options = devices.map(({ id, label }) => element('option', { value: id }, label));
        select.replaceChildren(...(options.length > 0 ? options : [element('option', {}, none)]));
        select.disabled = options.length === 0;
      }
      if (devices.some(({ id }) => id === chosen)) select.value = chosen ?? '';
    },
  };
}
