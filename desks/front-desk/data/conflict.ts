const uniqueViolation = '23505';

/**
 * The name of the unique constraint that a statement ran into, or `undefined` when it failed of
 * something else. Drizzle wraps what the driver threw, so the SQLSTATE is on the cause.
 */
export function violatedConstraint(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && error.code === uniqueViolation) {
      return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
    }
  }
  return undefined;
}
