import { pino, type Logger } from 'pino';

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

/**
 * JSON lines on standard error, one object a line.
 *
 * @param level lowest level written. `pii` fields are dropped unless the level is `debug`.
 */
export function jsonLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Log {
  const root = pino(
    {
      level,
      base: null,
      redact: level === 'debug' ? [] : { paths: ['pii'], remove: true },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: false }),
  );
  return wrap(root);
}

type Target = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

function wrap(target: Target): Log {
  return {
    debug: (message, fields) => target.debug(fields ?? {}, message),
    info: (message, fields) => target.info(fields ?? {}, message),
    warn: (message, fields) => target.warn(fields ?? {}, message),
    error: (message, fields) => target.error(fields ?? {}, message),
    with: (fields) => wrap(target.child(fields)),
  };
}
