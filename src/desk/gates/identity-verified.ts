import { allow, refuse, type Gate } from '../gate.ts';

/**
 * Lets through who has proved who they are in this call. The caller's number proves nothing.
 *
 * @param options.say @default a sentence that asks for the proof
 */
export function identityVerified(options: { readonly say?: string } = {}): Gate {
  const say = options.say ?? 'Before I can do that, I need to know who I am speaking with.';
  return {
    name: 'identity_verified',
    needsCustomer: true,
    canHandoff: ({ call }) => (call.customer() === null ? refuse('not_verified', say) : allow),
  };
}
