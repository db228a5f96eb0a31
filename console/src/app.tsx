import { defaultDesk } from './call/call-state.ts';
import { useCall } from './call/use-call.ts';
import { useDesks } from './call/use-desks.ts';
import { AgentMap } from './view/agent-map.tsx';
import { CallBar } from './view/call-bar.tsx';
import { Header } from './view/header.tsx';
import { Timeline } from './view/timeline.tsx';
import { Warnings } from './view/warnings.tsx';
import { en } from './words/en.ts';

/** The page: who is on the line, what was said, and the buttons to say more. */
export function App() {
  const desks = useDesks();
  const controls = useCall();
  const { state } = controls;
  const desk = desks.status === 'ready' ? defaultDesk(desks.response) : undefined;
  const engine = desks.status === 'ready' ? desks.response.engine : undefined;
  const warnings = [
    ...(desks.status === 'failed' ? [desks.message] : []),
    ...(state.phase === 'idle' && engine && !engine.hearing.available
      ? [engine.hearing.note ?? en.deaf]
      : []),
    ...(state.sound.refusal ? [en.refusal[state.sound.refusal]] : []),
    ...(state.deafness ? [state.deafness.note ?? en.deaf] : []),
  ];
  const people = desk?.people ?? [];
  const labels = Object.fromEntries(
    [...(desk?.agents ?? []), ...people].map(({ name, label }) => [name, label]),
  );

  return (
    <div className="mx-auto flex h-dvh max-w-6xl flex-col gap-4 p-4 sm:p-6">
      <Header title={desk?.title} engine={engine} />
      <Warnings warnings={warnings} />
      <main className="grid min-h-0 flex-1 grid-rows-[auto_minmax(0,1fr)] gap-4 lg:grid-cols-[20rem_minmax(0,1fr)] lg:grid-rows-1">
        <AgentMap
          agents={desk?.agents ?? []}
          people={people}
          active={state.phase === 'live' ? (state.person?.queue ?? state.status.activeAgent) : null}
          lastHandoff={state.phase === 'live' ? state.lastHandoff : null}
          speaking={state.status.agent === 'speaking'}
        />
        <section
          aria-label="Call"
          className="flex min-h-0 flex-col overflow-hidden rounded-2xl border border-(--line) bg-(--surface)"
        >
          <Timeline
            state={state}
            labels={{ ...labels, ...state.agentLabels }}
            agentOrder={desk?.agents.map(({ name }) => name) ?? []}
            suggestions={desk?.suggestions ?? []}
          />
          {state.sound.isBlocked && <SoundOff onClick={controls.unblock} />}
          <CallBar
            controls={controls}
            labels={{ ...labels, ...state.agentLabels }}
            onCall={
              desk && (() => controls.call({ desk: desk.name, isDirect: desk.media === 'direct' }))
            }
          />
        </section>
      </main>
    </div>
  );
}

/** Browsers keep a page silent that nobody has clicked on since it was loaded. */
function SoundOff({ onClick }: { onClick: () => void }) {
  return (
    <p
      role="alert"
      className="flex items-center justify-between gap-4 border-t border-(--line) bg-(--caution-ground) px-4 py-2.5 text-sm text-(--caution)"
    >
      {en.soundIsOff}
      <button type="button" onClick={onClick} className="rounded-lg border px-3 py-1 font-medium">
        {en.turnItOn}
      </button>
    </p>
  );
}
