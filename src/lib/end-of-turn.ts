/**
 * Runs `task` once what happens now has happened, with the promises that are settled by then, and
 * before anything else comes in.
 */
export function atEndOfTurn(task: () => void): void {
  // Ticks run before promises, but those that a promise asks for run after all of them.
  queueMicrotask(() => process.nextTick(task));
}
