/** Things said for one parameter, and what is to be understood. `undefined` where nothing is. */
export interface SpokenValues {
  readonly about: string;
  readonly name: string;
  /** JSON Schema of the parameter. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The value was asked for just now. @default true */
  readonly asked?: boolean;
  readonly rows: readonly (readonly [said: string, value: unknown])[];
}
