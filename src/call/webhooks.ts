/** Webhooks of providers: each is kept before anything is done about it, because they come twice and late. */
export interface WebhookStore {
  /**
   * Keeps a webhook. Durable when it resolves.
   *
   * @returns false: it was kept before, and nothing is to be done
   * @throws SwitchboardError store_unavailable
   */
  first(webhook: {
    /** e.g. `openai` */
    readonly source: string;
    /** The sender's own id: the same when it is sent again. */
    readonly webhookId: string;
    readonly type: string;
    /** Epoch milliseconds. */
    readonly atMs: number;
  }): Promise<boolean>;
  /** Writes down what was done about one. @throws SwitchboardError store_unavailable */
  settled(webhook: {
    readonly source: string;
    readonly webhookId: string;
    /** A few words for people. */
    readonly outcome: string;
  }): Promise<void>;
}
