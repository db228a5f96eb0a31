import type { CarrierStatus } from './outbound.ts';

/** Which call of a carrier is which of ours, and how far it is: kept, because reports come late and twice. */
export interface CarrierCallStore {
  /** The carrier has announced a call. Again is the same. @throws SwitchboardError store_unavailable */
  announced(call: CarrierCallRef & { readonly desk: string | null }): Promise<void>;
  /** It has become a call of ours. @throws SwitchboardError store_unavailable */
  begun(call: CarrierCallRef & { readonly callId: string }): Promise<void>;
  /**
   * The carrier reports a status.
   *
   * @returns false when it says nothing new: it is late, or came before
   * @throws SwitchboardError store_unavailable
   */
  progressed(call: CarrierCallRef & { readonly status: CarrierStatus }): Promise<boolean>;
  /** @throws SwitchboardError store_unavailable */
  find(call: Pick<CarrierCallRef, 'carrier' | 'carrierCallId'>): Promise<KnownCarrierCall | null>;
}

/** A carrier's call, at a time. */
export interface CarrierCallRef {
  /** e.g. `twilio` */
  readonly carrier: string;
  readonly carrierCallId: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/** What is kept of a carrier's call. */
export interface KnownCarrierCall {
  /** Null: it has not begun. */
  readonly callId: string | null;
  readonly desk: string | null;
  readonly status: CarrierStatus;
}
