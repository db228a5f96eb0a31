import type { DesksResponse } from '../../../src/protocol/api.ts';

/** Name of the line, and what answers behind it. */
export function Header({
  title,
  engine,
}: {
  title: string | undefined;
  engine: DesksResponse['engine'] | undefined;
}) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <div className="flex items-center gap-3">
        <img src="/favicon.svg" alt="" className="size-9" />
        <div>
          <h1 className="text-lg leading-tight font-semibold">{title ?? 'Switchboard'}</h1>
          <p className="text-sm text-(--muted)">One call, many specialists</p>
        </div>
      </div>
      {engine && (
        <p className="rounded-full border border-(--line) px-3 py-1 text-xs text-(--muted)">
          {engine.kind === 'embedded' ? 'Offline engine' : `Engine: ${engine.model}`}
        </p>
      )}
    </header>
  );
}
