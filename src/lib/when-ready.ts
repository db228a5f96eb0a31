/** What is there already, or will be. */
export type Eventually<T> = T | Promise<T>;

/**
 * Goes on with a value: at once when it is there, so that what needs no waiting is over before anything
 * else happens. What `next` throws is then thrown at once, too.
 */
export function whenReady<T, R>(
  value: Eventually<T>,
  next: (value: T) => Eventually<R>,
): Eventually<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
