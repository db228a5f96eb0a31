/** @returns a sine for tests: `ms` of `hz` at `rateHz` whose loudest sample is `peak`. */
export function tone(options: {
  readonly hz: number;
  readonly ms: number;
  readonly rateHz: number;
  readonly peak: number;
}): Int16Array {
  const { hz, ms, rateHz, peak } = options;
  return Int16Array.from({ length: (rateHz * ms) / 1_000 }, (_, index) =>
    Math.round(peak * Math.sin((2 * Math.PI * hz * index) / rateHz)),
  );
}
