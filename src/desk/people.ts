/** `09:00`, in the desk's time zone. */
export type ClockTime = `${number}:${number}`;

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Opening times by weekday; a weekday that is not named is closed. Ends are not included. */
export type WeekHours = Readonly<
  Partial<Record<Weekday, readonly { readonly from: ClockTime; readonly to: ClockTime }[]>>
>;

/** Hours in the desk's time zone. */
export interface BusinessHours {
  readonly week: WeekHours;
  /** Days closed all day, `2026-12-25`. */
  readonly closedOn?: readonly string[];
}

/** People who answer calls: the end of an edge like an agent is. */
export interface PeopleQueue {
  /** Shown to people, e.g. `Practice team`. */
  readonly label: string;
  /** When an agent should bring in a person; becomes the description of the transfer. */
  readonly handoffDescription: string;
  /** What callers say who want a person, in their words; follow the description. */
  readonly examples?: readonly string[];
  /** What an operator must be able to do to be asked, e.g. `['billing']`. @default none */
  readonly skills?: readonly string[];
  /**
   * Telephone numbers of the people, such as `+442079460000`: all ring at once, and whoever presses 1
   * first has the caller. No other number is ever dialled for a caller. @default none
   */
  readonly phones?: readonly string[];
  /** @default always */
  readonly hours?: BusinessHours;
  /** How long operators have to accept before the agent has the caller back. @default 25000 */
  readonly acceptWithinMs?: number;
  /** What the caller hears while operators are asked. */
  readonly holdPhrase?: string;
}
