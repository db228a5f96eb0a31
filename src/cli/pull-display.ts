import type { PullStep } from '../engine/models/index.ts';

/** Shows how far a pull is, on standard error. */
export interface PullDisplay {
  show(step: PullStep): void;
  /** Leaves the line. Idempotent. */
  end(): void;
}

const barChars = 24;
/** How often the line is drawn anew; without a terminal a line is written. */
const everyMs = { terminal: 100, file: 5_000 };

/**
 * @param stream where to. @default standard error
 * @param nowMs a clock for the speed. @default the machine's
 */
export function createPullDisplay(
  name: string,
  stream: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr,
  nowMs: () => number = () => performance.now(),
): PullDisplay {
  const isTerminal = stream.isTTY === true;
  const pauseMs = isTerminal ? everyMs.terminal : everyMs.file;
  let shownMs = Number.NEGATIVE_INFINITY;
  let shownStep: PullStep['step'] | null = null;
  let start: { readonly atMs: number; readonly bytes: number } | null = null;

  function lineOf(step: PullStep): string {
    if (step.step === 'unpacking') return `${name}: unpacking ${step.path.split('/').at(-1) ?? ''}`;
    if (step.step === 'waiting') {
      return `${name}: ${step.reason}; trying again in ${step.waitMs / 1_000} s`;
    }
    if (step.step === 'trying') return `${name}: trying it`;
    const { receivedBytes, totalBytes } = step;
    start ??= { atMs: nowMs(), bytes: receivedBytes };
    const seconds = (nowMs() - start.atMs) / 1_000;
    const perSecond = seconds > 0.5 ? (receivedBytes - start.bytes) / seconds : 0;
    const speed = perSecond > 0 ? `, ${megabytes(perSecond)} MB/s` : '';
    if (totalBytes === null) return `${name}: ${megabytes(receivedBytes)} MB${speed}`;
    const share = totalBytes === 0 ? 1 : receivedBytes / totalBytes;
    const filled = Math.round(share * barChars);
    const bar = '█'.repeat(filled) + '░'.repeat(barChars - filled);
    const left = perSecond > 0 ? (totalBytes - receivedBytes) / perSecond : 0;
    const wait = left > 1 ? `, ${Math.ceil(left)} s left` : '';
    const amount = `${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`;
    return `${name}: ${bar} ${Math.floor(share * 100)} %, ${amount}${speed}${wait}`;
  }

  return {
    show(step) {
      const line = lineOf(step);
      if (step.step === shownStep && nowMs() - shownMs < pauseMs) return;
      shownMs = nowMs();
      shownStep = step.step;
      stream.write(isTerminal ? `\r\x1b[2K${line}` : `${line}\n`);
    },
    end() {
      if (isTerminal && shownStep !== null) stream.write('\r\x1b[2K');
      shownStep = null;
    },
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
