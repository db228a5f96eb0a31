/** What the carrier is to do with a call now. */
export type NextStep =
  /** Open a stream and show the token. */
  | { readonly do: 'connect'; readonly token: string }
  /** Ask again in a moment: the stream there was is not known to be gone. */
  | { readonly do: 'wait' }
  /** Tell the caller why it does not work, and hang up. `code` is one of our error codes. */
  | { readonly do: 'excuse'; readonly code: string }
  | { readonly do: 'hang_up' }
  /** Nothing is known of it here: announce it. */
  | { readonly do: 'announce' };
