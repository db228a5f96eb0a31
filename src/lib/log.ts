/** Fields of a log line. What a caller said or owns goes under `pii` only, where it can be dropped. */
export type LogFields = Readonly<Record<string, unknown>> & { readonly pii?: unknown };

/** A logger as parts receive it: a static message plus fields. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  with(fields: LogFields): Log;
}

/** Discards everything; for tests that look at outcomes. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
};
