/**
 * Tells what the launcher is doing and how far it is, on standard error so that a command's own
 * output stays clean. On a terminal the line is rewritten, elsewhere a line comes every few seconds.
 *
 * @param {{ stream?: { isTTY?: boolean, write(text: string): unknown }, nowMs?: () => number, everyMs?: number }} [options]
 */
export function createProgress(options = {}) {
  const stream = options.stream ?? process.stderr;
  const nowMs = options.nowMs ?? (() => performance.now());
  const everyMs = options.everyMs ?? (stream.isTTY ? 100 : 5000);

  return {
    /** Prints one line. @param {string} text */
    line(text) {
      stream.write(`${text}\n`);
    },

    /**
     * Starts a step. `update` shows a detail such as "212 of 352"; `done` closes it with its time.
     *
     * @param {string} title
     */
    step(title) {
      const startMs = nowMs();
      let shownMs = startMs;
      const seconds = () => `${((nowMs() - startMs) / 1000).toFixed(0)} s`;
      if (stream.isTTY) stream.write(`  ${title} …`);
      else stream.write(`  ${title} …\n`);
      const finish = (/** @type {string} */ text) =>
        stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}  ${title}: ${text}\n`);
      return {
        /** @param {string} detail */
        update(detail) {
          if (nowMs() - shownMs < everyMs) return;
          shownMs = nowMs();
          const text = `  ${title}: ${detail}, ${seconds()}`;
          stream.write(stream.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
        },
        /** @param {string} [detail] */
        done(detail) {
          finish(`${detail === undefined ? 'done' : detail}, ${seconds()}`);
        },
        /** @param {string} reason */
        failed(reason) {
          finish(`failed after ${seconds()} (${reason})`);
        },
      };
    },
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */
