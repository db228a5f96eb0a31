import { pino, type Logger } from 'pino';
import type { Log } from './log.ts';

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
