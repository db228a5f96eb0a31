import type { CallState } from '../call/call-state.ts';
import { askForDesk } from './ask-for-desk.ts';
import { element, set } from './element.ts';
import { readSettings } from './settings.ts';
import { createWidgetCall, type WidgetCall } from './widget-call.ts';
import { createView } from './widget-view.ts';
import css from './widget.css?inline';

/** On the page once, whatever number of tags asks for it. */
const hostAttribute = 'data-switchboard';

/** Puts the call button on the page, once the server has said that there is a desk behind it. */
async function start(script: HTMLScriptElement): Promise<void> {
  if (document.querySelector(`[${hostAttribute}]`)) return;
  const settings = readSettings(script, document.documentElement.lang);
  const { server } = settings;
  const host = element('div', {
    [hostAttribute]: '',
    lang: settings.language,
    'data-side': settings.side,
  });
  // Takes the place before anything is waited for, so that a second tag finds it.
  document.body.append(host);
  try {
    const desk = await askForDesk(server, settings.desk);
    const root = host.attachShadow({ mode: 'open' });
    // A sheet that is made here is none that a site's `style-src` could forbid.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    if (settings.color) {
      host.style.setProperty('--button', settings.color.ground);
      host.style.setProperty('--on-button', settings.color.text);
    }
    const placed: { call: WidgetCall | null } = { call: null };
    const view = createView({
      settings,
      title: desk.title,
      actions: {
        call: () => placed.call?.call(),
        hangUp: () => placed.call?.line?.hangUp(),
        say: (text) => placed.call?.line?.say(text),
        press: (key) => placed.call?.line?.press(key),
        mute: (isMuted) => placed.call?.mute(isMuted),
        choose: (kind, id) => placed.call?.line?.choose(kind, id),
        unblock: () => placed.call?.line?.unblock(),
        levels: () => placed.call?.line?.levels() ?? { caller: 0, agent: 0 },
      },
    });
    root.append(...view.nodes);
    placed.call = createWidgetCall({
      server,
      desk,
      changed: (state: CallState) => {
        set(host, { 'data-phase': state.phase });
        view.render(state);
      },
    });
  } catch (error) {
    host.remove();
    // eslint-disable-next-line no-console -- the site's owner looks there when there is no button
    console.warn(`Switchboard shows no call button: ${String(error)}`);
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const run = (): void => void start(script);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run);
  else run();
}
